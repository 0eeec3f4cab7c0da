"""Contents of ready-made parts, and how they are written."""
