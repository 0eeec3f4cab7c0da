"""Rehearses a switch: a synthetic region exchanges messages by a virtual clock."""
