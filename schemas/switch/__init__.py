"""The switch of releases: its moments, its rules, and what was agreed otherwise."""
