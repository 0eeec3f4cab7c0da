"""The texts about a dry-run's bundle."""
