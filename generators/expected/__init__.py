"""What a conversion must keep of a given message, defects included."""
