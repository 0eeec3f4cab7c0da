"""Fast paths that accept and write valid 2.0 messages; they exist for speed alone."""
