"""Test cases with stable ids, the questions they ask, and the messages they ask about."""
