"""Records that are alike: two in all, and one for each element that differs in it alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generators.defects.alike import alike_tree
from generators.defects.alike_table import all_alike, slot_of
from schemas.facts.catalogue import catalogue
from schemas.message.node import Node
from schemas.releases.read_write import read, write

INDEX = 20
# The types that together have every kind.
TYPES = ("WMO301", "JW302", "WMO303", "JW304", "WMO305", "JW308", "WMO315")
KINDS = [
    pytest.param(kind, name, id=f"{name}-{kind}")
    for name in TYPES
    for kind in all_alike()
    if slot_of(kind, catalogue().one(name))
]


def records(kind: str, name: str, release: str = "2.1", seed: int = 1) -> list[Node]:
    """The records that are alike: the most siblings of their kind."""
    message = catalogue().one(name)
    slot = slot_of(kind, message)
    assert slot is not None
    root = alike_tree(kind, message, seed, INDEX, release)
    return max((item.of(slot.record) for item in root.walk()), key=len)


def elements(one: Node, other: Node) -> set[str]:
    """The elements in which two records differ; a repeating one counts once."""
    return {key.partition("[")[0] for key, _ in one.copied().items() ^ other.copied().items()}


def texts(node: Node) -> Iterator[tuple[str, dict[str, str]]]:
    for item in node.walk():
        yield item.record, item.copied()


def test_the_types_have_every_kind() -> None:
    assert {kind for kind, _ in (item.values for item in KINDS)} == all_alike().keys()


@pytest.mark.parametrize(("kind", "name"), KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_one_is_the_same_in_all_and_each_other_differs_in_one_element(
    kind: str, name: str, seed: int
) -> None:
    first, twin, *others = records(kind, name, seed=seed)
    unique = set(filter(None, [all_alike()[kind].unique]))
    assert elements(first, twin) == unique
    differ = [elements(first, other) - unique for other in others]
    assert [len(one) for one in differ] == [1] * len(others)
    # No element twice, and hardly one left out.
    differing = set().union(*differ)
    assert len(differing) == len(others)
    held = {key.partition("[")[0] for key in first.copied()} - unique
    assert len(held - differing) <= 3
    below = [[*texts(child)] for child in first.children]
    assert all([[*texts(child)] for child in one.children] == below for one in (twin, *others))


@pytest.mark.parametrize("name", ["WMO305", "WMO303"])
def test_clients_differ_in_each_field_that_tells_people_apart(name: str) -> None:
    first, _, *others = records("clients-alike", name)
    assert set().union(*(elements(first, other) for other in others)) >= {
        "Bsn",
        "Geslacht",
        "Geboortedatum/Datum",
        "Naam/Geslachtsnaam/Naam",
    }


@pytest.mark.parametrize("name", ["WMO303", "JW304"])
def test_lines_differ_in_their_reference_alone_and_the_totals_are_those_of_all(name: str) -> None:
    first, _, *others = records("lines-alike", name)
    assert {"ProductReferentie/ReferentieNummer"} in [elements(first, other) for other in others]
    message = catalogue().one(name)
    for release in ("2.0", "2.1"):
        root = alike_tree("lines-alike", message, 1, INDEX, release)
        # A 2.0 message whose totals do not add up would have EI-TOTAL.
        assert read(write(message, root, release), release).faults == []


def test_relaties_keep_a_number_of_their_own() -> None:
    numbers = [one.copied()["Nummer"] for one in records("relaties-alike", "WMO301")]
    assert len({*numbers}) == len(numbers)


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_both_releases_have_as_many(kind: str, name: str) -> None:
    assert len(records(kind, name, "2.0")) == len(records(kind, name, "2.1"))
