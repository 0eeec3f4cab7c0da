"""The business rules: what must hold in a message that the layout and the schema cannot say."""
