"""Conversion of values between the releases."""
