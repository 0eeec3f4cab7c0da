"""Fast path that accepts valid 2.1 messages and extracts values; it exists for speed alone."""
