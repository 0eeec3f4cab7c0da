"""The ways to reach software under test, none of which trusts it."""
