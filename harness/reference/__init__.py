"""The reference converter, responder and gate: a system under test driven by the tables."""

from harness.reference.converter import convert, respond

__all__ = ["convert", "respond"]
