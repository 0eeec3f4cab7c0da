"""Cuts contents down, to find the smallest message that still fails."""
