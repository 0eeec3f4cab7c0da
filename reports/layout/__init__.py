"""What a message looks like: its records, fields and elements, and the mapping between them."""
