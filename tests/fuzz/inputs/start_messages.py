"""Valid messages to start from: the golden ones, and generated ones."""

from __future__ import annotations

from functools import cache

from generators.message import generate
from schemas.ei import write as ei_write
from schemas.facts.catalogue import catalogue
from schemas.xml import write as xml_write
from tests.paths import GOLDEN

TYPES = list(catalogue().messages)
CONVERTED = [name for name, kind in catalogue().messages.items() if kind.root]
_EACH = 8
# The longest of a type are left out: a wound in a short message is as good, and quicker.
_KEPT = 6


@cache
def eis(name: str) -> list[bytes]:
    """2.0 messages of a type."""
    message = catalogue().one(name)
    trees = [generate(message, 1, n, ("both", "2.0")[n % 2]).source_20 for n in range(_EACH)]
    made = sorted((ei_write.write(message, tree) for tree in trees), key=len)
    return [(GOLDEN / f"{name}.ei").read_bytes(), *made[:_KEPT]]


@cache
def xmls(name: str) -> list[bytes]:
    """2.1 messages of a type."""
    message = catalogue().one(name)
    trees = [generate(message, 1, n, ("both", "2.1")[n % 2]).source_21 for n in range(_EACH)]
    made = sorted((xml_write.write(message, tree) for tree in trees), key=len)
    return [(GOLDEN / f"{name}.xml").read_bytes(), *made[:_KEPT]]
