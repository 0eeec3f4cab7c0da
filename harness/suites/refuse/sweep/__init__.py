"""The sweep: every layout and schema fault at every field, each of which must be refused."""
