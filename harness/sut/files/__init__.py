"""Folders and files that the software can reach, and their removal."""
