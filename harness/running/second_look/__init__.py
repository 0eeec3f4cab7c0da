"""What is done with a case that fails: tried again, and made smaller."""
