"""Measures how much of what messages can contain was generated."""
