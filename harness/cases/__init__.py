"""What is asked: cases with a stable id, and the messages that they are about."""
