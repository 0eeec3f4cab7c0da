"""Messages of 2.1 (XML): read, validated and written by the tables."""
