"""Smaller contents, for the smallest message that still fails."""
