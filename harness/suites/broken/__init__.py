"""Inputs that break a business rule, or are odd, and that a converter must leave as they are."""
