"""What is distributed: built, checked, installed and released."""
