"""The suites that convert generated messages along a route."""
