"""`ikeur verify`: everything in a bundle, derived again."""
