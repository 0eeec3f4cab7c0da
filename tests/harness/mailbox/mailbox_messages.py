"""Messages of every type in either release, of which the header can be filled in anew.

The columns and elements are typed from the published layouts, not read from the tables that the
code under test goes by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generators.content.sides import SOURCE
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue

HEENS = ("301", "303", "305", "307", "315")
RETOUR = {"301": "302", "303": "304", "305": "306", "307": "308", "315": "316", "321": "322"}
LENGTH = {"301": 310, "303": 310, "305": 180, "307": 140, "315": 180, "321": 310}
DECLARES = ("303", "321")
_VARIANTS = 3
# First column and length of each value in the first record of a heenbericht.
_SHORT = {"gemeente": (10, 4), "aanbieder": (14, 8), "id": (22, 12), "date": (34, 8)}
_LONG = {"gemeente": (27, 4), "aanbieder": (39, 8), "id": (65, 12), "date": (77, 8)}
_GGZ = {"gemeente": (27, 4), "aanbieder": (55, 8), "id": (81, 12), "date": (93, 8)}
_PLACES = {"303": _LONG, "321": _GGZ}
_ELEMENTS = {
    "gemeente": {"301": "Afzender", "303": "Gemeente"},
    "aanbieder": {"301": "Ontvanger", "303": "Aanbieder"},
    "id": {"303": "DeclarantFactuurNummer"},
    "date": {"303": "FactuurDagtekening"},
    "own id": {"303": "GemeenteReferentieNummer"},
    "own date": {"303": "RetourDagtekening"},
}
_OTHERS = {
    "gemeente": "Ontvanger",
    "aanbieder": "Afzender",
    "id": "Identificatie",
    "date": "Dagtekening",
    "own id": "IdentificatieRetour",
    "own date": "DagtekeningRetour",
}


@dataclass(frozen=True)
class Template:
    """The bytes of a message and where the values of its header stand in them."""

    release: str
    data: bytes
    spans: dict[str, tuple[int, int]]

    def filled(self, values: dict[str, str]) -> bytes:
        """The message with other values; dates are given as EEJJ-MM-DD."""
        pieces, done = [], 0
        for role, (start, end) in self.spans.items():
            pieces += [self.data[done:start], self._written(role, values[role], end - start)]
            done = end
        return b"".join([*pieces, self.data[done:]])

    def _written(self, role: str, value: str, width: int) -> bytes:
        if self.release == "2.1":
            return value.encode()
        return value.replace("-", "").encode() if "date" in role else value.ljust(width).encode()


@cache
def template(name: str, release: str, variant: int) -> Template:
    """One of a few messages of a type."""
    message = catalogue().one(name)
    content = generate(message, 1, variant, "both" if message.root else "2.0")
    data = written(message, content, SOURCE[release])
    heen = next(h for h, r in {**RETOUR, "": ""}.items() if name[-3:] in (h, r))
    found = (_ei if release == "2.0" else _xml)(data, heen, name[-3:] != heen)
    return Template(release, data, dict(sorted(found.items(), key=lambda item: item[1])))


def _ei(_: bytes, heen: str, is_retour: bool) -> dict[str, tuple[int, int]]:
    places = dict(_PLACES.get(heen, _SHORT))
    if is_retour:
        width = 24 if heen in DECLARES else 12
        places["own id"] = (LENGTH[heen] + 1, width)
        places["own date"] = (LENGTH[heen] + 1 + width, 8)
    return {role: (start - 1, start - 1 + length) for role, (start, length) in places.items()}


def _xml(data: bytes, heen: str, is_retour: bool) -> dict[str, tuple[int, int]]:
    found = {}
    for role, names in _ELEMENTS.items():
        if is_retour or not role.startswith("own"):
            name = names.get(heen) or _OTHERS[role]
            match = re.search(rb"<(?:\w+:)?%s>([^<]*)<" % name.encode(), data)
            assert match, (heen, role)
            found[role] = match.span(1)
    return found


def message(name: str, release: str, variant: int = 0, /, **values: str) -> bytes:
    """A message of a type; own_id and own_date are what a return message alone has."""
    known = {role.replace("_", " "): value for role, value in values.items()}
    return template(name, release, variant % _VARIANTS).filled(known)
