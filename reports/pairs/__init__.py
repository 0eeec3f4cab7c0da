"""The reports of `ikeur pairs`."""
