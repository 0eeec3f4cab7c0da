"""The configuration of the software under test, and how it is reached."""
