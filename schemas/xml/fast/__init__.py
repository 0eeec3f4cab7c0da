"""A fast yes for valid 2.1 messages, and values picked out of them: for speed alone."""
