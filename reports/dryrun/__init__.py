"""The texts about the bundle of a dry-run."""
