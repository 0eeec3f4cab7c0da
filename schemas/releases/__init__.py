"""Messages of whichever release: which one it is, and how it is read and written."""
