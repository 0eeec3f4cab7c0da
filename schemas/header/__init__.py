"""The header of a message, in either release."""
