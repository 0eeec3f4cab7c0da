"""The reports of `ikeur bench`."""
