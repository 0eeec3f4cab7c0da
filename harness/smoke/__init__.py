"""`ikeur smoke`: whether the software is wired right."""
