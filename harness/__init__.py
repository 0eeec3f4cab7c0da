"""What is done: cases, suites, the ways to reach a system under test, and the command line."""
