"""The event stream of a run, and its journal."""
