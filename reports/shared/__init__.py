"""Shared by all reports: texts in both languages, and safe display of values."""
