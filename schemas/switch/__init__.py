"""The switch between releases: its moments, its rules, and deadlines moved by agreement."""
