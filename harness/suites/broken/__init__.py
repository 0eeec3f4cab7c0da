"""Inputs that break a business rule, which a converter must leave as they are."""
