"""Fast comparison of an output with the expected message, without reading it."""
