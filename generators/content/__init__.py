"""The content of a message, and the parts that it is made of."""
