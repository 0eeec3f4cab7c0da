"""The stream of events of a run, and its journal."""
