"""The test suites: the cases of each, the questions they ask, and how answers are judged."""
