"""The reference converter straight from accepted records: for speed alone."""
