"""The notations in which a message is handed over: other bytes, and the same content."""
