"""Shared by both releases: the message tree, faults, and the XML parser."""
