"""How messages are compared, and what a difference is worth."""
