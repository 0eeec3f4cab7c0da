"""The ways to reach the software under test; none of them trusts it."""
