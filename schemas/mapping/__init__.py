"""Values of one release as those of the other."""
