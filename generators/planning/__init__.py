"""What to draw for a message type, and what keeps it within the rules."""
