"""Registers: what the earlier messages of a set recorded."""
