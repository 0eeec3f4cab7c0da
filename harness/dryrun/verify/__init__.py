"""`ikeur verify`: derives everything in a bundle again."""
