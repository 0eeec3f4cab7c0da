"""Fast path that accepts valid 2.0 messages; it exists for speed alone."""
