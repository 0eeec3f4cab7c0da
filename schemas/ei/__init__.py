"""Messages of 2.0 (EI): reading, checking and writing, driven by the tables."""
