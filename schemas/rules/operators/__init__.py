"""The operators of rule expressions."""
