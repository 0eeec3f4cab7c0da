"""Where messages come from: synthetic people and care, in one release or in both."""
