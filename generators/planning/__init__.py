"""What to draw for each message type, compiled from the tables."""
