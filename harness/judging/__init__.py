"""Compares messages, locates differences, and turns them into findings."""
