"""A run: its workers, its order, and what is kept of its cases."""
