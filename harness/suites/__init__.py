"""The suites: which cases each has, what is asked in them, and how answers are judged."""
