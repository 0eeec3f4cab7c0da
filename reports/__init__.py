"""Findings and verdicts: the event stream, and the writer of each report."""
