"""What single values look like, and the source of chance that draws them."""
