"""The dry-run: evidence packed in a bundle that anyone can check again, offline."""
