"""Operators of rule expressions."""
