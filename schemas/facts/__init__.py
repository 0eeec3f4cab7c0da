"""The tables of facts, loaded and held against each other."""
