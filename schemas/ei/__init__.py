"""Messages of 2.0 (EI): read, checked and written by the tables."""
