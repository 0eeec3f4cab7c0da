"""Investigates a failing case: retries it, and reduces its message."""
