"""The reports of `ikeur run`."""
