"""Two heenberichten between the same parties, whose answers need identifications of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from generators.values.draw import Draw
from harness.cases.question import AskedCase, Question
from harness.cases.specimen import Specimen
from harness.suites.retour.addresses import FaultLocator
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.kinds import FOLDER
from harness.suites.retour.own_values import identification, used_before
from harness.sut.protocol import RESPOND, Request
from schemas.facts import table_rows as tables
from schemas.header.locations import DAGTEKENING, IDENTIFICATIE, places
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from schemas.xml.validators import SchemaSet

# The step to the index of the second message, which keeps clear of the run's own messages.
_STEP = 1_000_000_007
# The length of an identification of a message.
_LENGTH = 12


@dataclass(frozen=True)
class Twins:
    """Two messages whose identifications differ in the character at a `place` alone."""

    kind: str
    place: int
    what: dict[str, str]


@cache
def twins() -> dict[str, Twins]:
    """All kinds of twins by name."""
    return {
        row["kind"]: Twins(row["kind"], row.number("place"), row.in_languages("what"))
        for row in tables.rows("twins", FOLDER)
    }


def twin_question(kind: Twins, specimen: Specimen, release: str) -> Question:
    """Ask for the answers to two messages of other content: same parties, same day."""
    name = specimen.message.name
    trees = [specimen.at(specimen.index + n * _STEP).trees[release] for n in range(2)]
    digits = Draw(specimen.seed, f"{name}/{release}/{kind.kind}", specimen.index).digits(_LENGTH)
    for number, tree in enumerate(trees):
        text = [*digits]
        text[kind.place] = "AB"[number]
        _address(name, release, tree, trees, "".join(text))
    data = [write(specimen.message, tree, release) for tree in trees]
    return Question(tuple(Request(name, release, release, one, RESPOND) for one in data))


def _address(name: str, release: str, tree: Node, trees: list[Node], own: str) -> None:
    """Write the identification of a message, the parties of the first, and the latest day."""
    for item in places(name, release):
        if item.role == IDENTIFICATIE:
            tree.values[item.key] = own
        elif item.role == DAGTEKENING:
            tree.values[item.key] = max(one.get(item.key) for one in trees)
        else:
            tree.values[item.key] = trees[0].get(item.key)


def twin_faults(asked: AskedCase, schemas: SchemaSet) -> Iterator[Fault]:
    """The faults of two return messages, and that of the second with the first's identification."""
    release, seen = asked.case.route[0], set[str]()
    for data, answer in zip(asked.question.inputs, asked.answers, strict=True):
        about = read_heenbericht(data, release)
        yield from retour_faults(about, answer.output, schemas, answer.day)
        reading = read(answer.output, release)
        if reading.message is not about.terms.retour or reading.root is None:
            continue
        locator = FaultLocator(reading.message, release, reading.root, reading)
        own = identification(about, locator)
        if own and own in seen:
            yield used_before(about, locator)
        seen.add(own)
