"""Inputs that must be refused, made from messages that are in order."""
