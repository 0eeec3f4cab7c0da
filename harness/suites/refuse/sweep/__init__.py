"""The sweep: every fault of layout and schema at every field, each of which must be refused."""
