"""Messages with one known defect, verified against the layout, the schema and the rules."""
