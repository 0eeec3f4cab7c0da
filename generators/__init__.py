"""Generates messages: synthetic people and care, in one release or in both."""
