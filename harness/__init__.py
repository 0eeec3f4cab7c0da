"""Runs and judges cases: suites, ways to reach software, verdicts, and the command line."""
