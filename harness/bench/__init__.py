"""How fast software is, and whether it stays right under that load."""
