"""The reference converter, responder and gate: one more system under test, driven by the tables."""

from harness.reference.converter import convert, respond

__all__ = ["convert", "respond"]
