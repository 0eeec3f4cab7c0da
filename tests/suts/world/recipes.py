"""The table of the faults of the world, `world_faults.toml`, and the inputs that show them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.suts.spoiling import Element, Records, drop, every, faithful
from tests.suts.world.tools import parsed, written

HERE = Path(__file__).parent
GOLDEN = HERE.parents[1] / "golden"
KINDS = ("size", "sameness", "texts", "dates", "amounts", "codes", "state")
Recipe = Mapping[str, Any]


@dataclass(frozen=True)
class WorldFault:
    """A converter with one fault, where it must show, and the smallest input that shows it.

    `except_to` has by message type the release to which it cannot show: the other cannot say it.
    """

    name: str
    what: str
    kind: str
    to: tuple[str, ...]
    messages: str
    shows: Recipe
    spares: str
    way: str = "python"
    accepts: bool = False
    except_to: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> list[tuple[str, str]]:
        """The message types and releases in which it must show."""
        pairs = [(message, to) for message in self.messages.split(",") for to in self.to]
        return [(message, to) for message, to in pairs if self.except_to.get(message) != to]

    def before(self, release: str) -> list[bytes]:
        """What the same process is asked first."""
        if "before" not in self.shows:
            return []
        return [made({"message": self.shows["message"], **self.shows["before"]}, release)]

    @property
    def had(self) -> int:
        """How many messages the process had before that."""
        return int(self.shows.get("had", 0))


def world_faults() -> dict[str, WorldFault]:
    """The faults by name."""
    rows = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))
    return {name: WorldFault(name, **{**row, "to": tuple(row["to"])}) for name, row in rows.items()}


def golden(message: str, release: str) -> bytes:
    """A message that was typed by hand."""
    return (GOLDEN / f"{message}.{'ei' if release == '2.0' else 'xml'}").read_bytes()


def made(recipe: Recipe, release: str) -> bytes:
    """The input of a recipe, in a release."""
    if release == "2.0" and "puts" in recipe:
        return _with_puts(recipe)
    root = parsed(golden(recipe["message"], "2.1"))
    for place, path, count in recipe.get("copies", ()):
        _copy(every(root, path)[place], count)
    for place, path, text in recipe.get("edits", ()):
        found = every(root, path)
        for element in found if place == "every" else [found[place]]:
            _edit(element, text)
    _lengthen(root, recipe)
    data = written(root)
    return data if release == "2.1" else faithful(data, "2.1", "2.0")


def _copy(element: Element, count: int) -> None:
    """Write an element again, so that there are so many of its name."""
    parent = element.getparent()
    assert parent is not None
    for _ in range(count - len(parent.findall(str(element.tag)))):
        element.addnext(deepcopy(element))


def _edit(element: Element, text: str) -> None:
    if text:
        element.text = text
    else:
        drop(element)


def _lengthen(root: Element, recipe: Recipe) -> None:
    """Write the first comment so often that it has its length, or far below its first part."""
    comment = every(root, "Commentaar")[:1]
    if "longer" in recipe:
        length, text = recipe["longer"], comment[0].text or ""
        comment[0].text = (text * length)[: length - 1] + "."
    if "blank" in recipe:
        comment[0].text = f"{comment[0].text}".ljust(recipe["blank"]) + "Onder"


def _with_puts(recipe: Recipe) -> bytes:
    records = Records(golden(recipe["message"], "2.0"))
    for kind, name, value in recipe["puts"]:
        records.put(records.of(kind)[0], name, value)
    return records.write()
