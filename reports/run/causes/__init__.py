"""Findings grouped by cause: what follows from something else is told with it, under a title."""
