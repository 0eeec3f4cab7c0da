"""What all reports share: texts in both languages, and values made fit to be shown."""
