"""`ikeur smoke`: checks whether the software is connected correctly."""
