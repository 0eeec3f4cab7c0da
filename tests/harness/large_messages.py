"""Messages with very much of the same, in pairs that differ in one way, of any size."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.paths import GOLDEN

# BSNs of the range that nobody is issued, which pass the 11-test.
BSNS = [
    str(number)
    for number in range(999900006, 999999991)
    if (sum((9 - at) * int(str(number)[at]) for at in range(8)) - int(str(number)[8])) % 11 == 0
]
_BSN, _NUMBER = re.compile("(Bsn>)[0-9]+"), re.compile("(BeschikkingNummer>)[0-9]+")


@dataclass(frozen=True)
class Parts:
    """A 2.1 message in three: what repeats in it stands between a start and an end."""

    start: str
    items: list[str]
    end: str

    def having(self, items: list[str]) -> bytes:
        """The message with other items."""
        return "".join([self.start, *items, self.end]).encode()


def clients(count: int) -> Parts:
    """A message with so many clients of one product, each with its own numbers.

    There are no more than BSNS: with a BSN that came back a larger message would break a rule that
    a smaller one keeps, and take other work.
    """
    assert count <= len(BSNS)
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    start, end = text.index("<wmo305:Client>"), text.index("</wmo305:Clienten>")
    last = text.rindex("<wmo305:Client>")
    made = [
        _NUMBER.sub(rf"\g<1>{place + 1}", _BSN.sub(rf"\g<1>{BSNS[place]}", item))
        for place, item in enumerate([text[last:end]] * count)
    ]
    return Parts(text[:start], made, text[end:])


def products(count: int) -> Parts:
    """A message with so many products of one client, each with its own number."""
    text = (GOLDEN / "WMO305.xml").read_text(encoding="utf-8")
    tag = "wmo305:StartProduct>"
    start, end = text.index(f"<{tag}"), text.index(f"</{tag}") + len(f"</{tag}")
    made = [_NUMBER.sub(rf"\g<1>{place + 1}", text[start:end]) for place in range(count)]
    return Parts(text[:start], made, text[end:])


def _changed(item: str) -> str:
    return (
        item.replace("01</iwmo:Eenheid>", "82</iwmo:Eenheid>")
        .replace(">90<", ">91<")
        .replace(">22500<", ">22501<")
    )


def _shuffled(items: list[str]) -> list[str]:
    return random.Random(1).sample(items, len(items))


# What the second message of a pair has, where the first has all items as they are.
OTHERS: dict[str, Callable[[list[str]], list[str]]] = {
    "all changed": lambda items: [*map(_changed, items)],
    "all in another order": lambda items: items[::-1],
    "every other one lost": lambda items: items[::2],
    "all twice": lambda items: items * 2,
    "half of them in another order": lambda items: _shuffled(items)[::2],
    "all the same one": lambda items: items[:1] * len(items),
}
PARTS = {"clients": clients, "products": products}


def pair(kind: str, other: str, count: int) -> tuple[bytes, bytes]:
    """A message with so many items, and the one to hold it against."""
    parts = PARTS[kind](count)
    return parts.having(parts.items), parts.having(OTHERS[other](parts.items))
