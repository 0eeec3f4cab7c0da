"""Detects the release of a message, and reads and writes messages of either release."""
