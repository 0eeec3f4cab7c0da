"""What the user says of the software under test, and how it is reached."""
