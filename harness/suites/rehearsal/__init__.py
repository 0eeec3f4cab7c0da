"""The rehearsal of a switch: a synthetic region whose messages flow by a virtual clock."""
