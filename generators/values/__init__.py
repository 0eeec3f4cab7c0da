"""Draws single values."""
