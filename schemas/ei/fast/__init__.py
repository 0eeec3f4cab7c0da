"""A fast yes for valid 2.0 messages: for speed alone."""
