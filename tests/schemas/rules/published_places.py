"""Where the official rules of iWmo 3.2 stand, and where ours are judged, in the same words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from schemas.rules.rule_rows import FOLDER

Row = dict[str, str]
# A rule, the message of 3.2, the class, and the element (empty for the class as a whole).
Place = tuple[str, str, str, str]
# The messages of 2.x by their number, and what each is called in 3.2, where 303 became 323.
MESSAGES = {
    "301": "WMO301",
    "303": "WMO323",
    "304": "WMO325",
    "305": "WMO305",
    "307": "WMO307",
    "315": "WMO315",
}
# The classes that are called otherwise in 3.2; `Bericht` is the header and what follows from it.
CLASSES = {
    ("315", "Product"): ("AangevraagdProduct",),
    ("303", "Bericht"): ("Header", "Declaratie"),
    ("304", "Bericht"): ("Header", "DeclaratieAntwoord", ""),
    ("301", "Bericht"): ("Header",),
    ("305", "Bericht"): ("Header",),
    ("307", "Bericht"): ("Header",),
    ("315", "Bericht"): ("Header",),
}
# The elements that are called otherwise in 3.2.
ELEMENTS = {
    "DeclarantFactuurNummer": "DeclaratieNummer",
    "DeclaratieFactuurTotaalBedrag": "TotaalIngediendBedrag",
    "ToegekendTotaalBedrag": "TotaalToegekendBedrag",
    "BerekendBedrag": "IngediendBedrag",
    "DeclaratieFactuurBedrag": "IngediendBedrag",
    "Gemeente": "Ontvanger",
}


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published_places(folder: Path) -> set[Place]:
    """The places of the rules in 3.2."""
    return {
        (row["rule"], row["message"], row["class"], row["element"].partition("\\")[0])
        for row in table(folder / "rule_places_32.csv")
    }


def judged_places() -> Iterator[tuple[Place, tuple[str, ...], set[str]]]:
    """Each row of judgements.csv by message number: its place here, its classes and words in 3.2.

    The words are the elements on the path to what is judged, as 3.2 calls them.
    """
    for row in table(FOLDER / "judgements.csv"):
        for name in row["messages"].split():
            number, at = name[-3:], row["at"]
            if number in MESSAGES:
                classes = CLASSES.get((number, at), (at,))
                words = {ELEMENTS.get(word, word) for word in row["element"].split("/")}
                yield (row["rule"], number, at, row["element"]), classes, words
