"""How the file of a message ends, by its release."""

from __future__ import annotations

SUFFIX = {"2.0": ".ei", "2.1": ".xml"}
