"""The file suffix of a message, by release."""

from __future__ import annotations

SUFFIX = {"2.0": ".ei", "2.1": ".xml"}
