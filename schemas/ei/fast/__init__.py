"""Fast paths that accept, read and write valid 2.0 messages; they exist for speed alone."""
