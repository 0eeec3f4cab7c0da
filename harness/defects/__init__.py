"""Messages with one named defect, each held against the layout, the schema and the rules."""
