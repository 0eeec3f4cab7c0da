"""The golden pairs, in the place of generated messages."""

from __future__ import annotations

from pathlib import Path

from harness.cases.exchange import Exchange
from harness.judging.tree_diff import without
from schemas.ei import read as ei_read
from schemas.facts.fills import filled_keys
from schemas.facts.message_types import catalogue
from schemas.xml import read as xml_read

GOLDEN = Path(__file__).parents[1] / "golden"


def exchange_of(name: str) -> Exchange:
    """The golden pair in the place of a generated message."""
    message = catalogue().one(name)
    exchange = Exchange(message, 1, 0)
    ei, xml = ((GOLDEN / f"{name}{suffix}").read_bytes() for suffix in (".ei", ".xml"))
    trees = {"2.0": ei_read.read(ei).root, "2.1": xml_read.read(xml).root}
    exchange.sources = {"2.0": ei, "2.1": xml}
    exchange.trees = trees
    exchange.expected = trees | {"2.1": without(trees["2.1"], filled_keys(message.name))}
    return exchange
