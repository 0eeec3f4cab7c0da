"""Variations: content as the world sends it, planned over the messages of a type."""
