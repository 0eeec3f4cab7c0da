"""What earlier messages of a set said."""
