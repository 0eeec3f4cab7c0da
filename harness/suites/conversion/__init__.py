"""The suites that ask about generated messages on a route."""
