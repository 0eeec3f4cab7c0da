"""Messages built from prefabs, and writers for them."""
