"""What messages of both releases share: the tree, the faults, the one XML parser."""
