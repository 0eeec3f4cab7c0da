"""What a conversion must keep of a message as it stands, with all that is wrong in it."""
