"""Business rules: constraints on messages that neither the layout nor the schema can express."""
