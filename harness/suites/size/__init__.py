"""The suite `size`."""
