"""Folders and files that software can reach, and their removal."""
