"""A converter of every type that knows nothing but what `ikeur layout MESSAGE --json` says."""
