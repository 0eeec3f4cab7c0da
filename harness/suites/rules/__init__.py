"""The suite `rules`: no rule breaks on the way, and nothing that was broken is mended."""
