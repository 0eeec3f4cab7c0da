"""Twice the size takes every reader, writer, judge and comparer at most 2.3 times as long.

Measured is the time of the processor, of a size and of four times that size in turns, the least
of some rounds: over two doublings what the caches of a machine do weighs less.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pytest

from generators.expected.conversion import conversion
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.cli.shared.compare_messages import compare_messages
from harness.judging.tree_diff import differences, without
from harness.reference import converter as reference
from harness.suites.refuse.flaws import located
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.roundtrip.pair import pair_faults
from harness.sut.protocol import OK, Answer
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import filled_keys
from schemas.message import fast_switch
from schemas.message.node import Node
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.rules.sending_order import in_order, moment
from schemas.xml import read as xml_read
from schemas.xml import validators as xml_schemas
from tests.harness.judged import answered, judged
from tests.harness.large_messages import BSNS, OTHERS, clients, pair
from tests.paths import GOLDEN
from tests.timing import grows_with_its_size

MESSAGE, BACK = catalogue().one("WMO305"), ("2.1", "2.0")
Task = Callable[[], object]


@pytest.fixture(autouse=True)
def uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@dataclass(frozen=True)
class Pair:
    """Two messages in both releases."""

    one: dict[str, bytes]
    other: dict[str, bytes]

    @staticmethod
    @lru_cache(maxsize=16)
    def of(kind: str, name: str, size: int) -> Pair:
        both = pair(kind, name, size)
        return Pair(*({"2.1": xml, "2.0": reference.convert(xml, "2.1", "2.0")} for xml in both))


def _root(data: bytes, release: str) -> Node:
    root = read(data, release).root
    assert root
    return root


def _judged(pair: Pair, source: str, target: str) -> Task:
    trees = {release: _root(data, release) for release, data in pair.one.items()}
    expected = trees | {"2.1": without(trees["2.1"], filled_keys("WMO305"))}
    case = Case("convert", "WMO305", (source, target), 1, 0)

    def judge() -> object:
        specimen = Specimen(MESSAGE, 1, 0)
        specimen.sources, specimen.trees, specimen.expected = pair.one, trees, expected
        return judged(answered(case, specimen, Answer(OK, pair.other[target])))

    return judge


def _compared(pair: Pair, one: str, other: str) -> object:
    return compare_messages(pair.one[one], pair.other[other], "A", "B")


def _rules(data: bytes, release: str) -> object:
    return RuleJudge().faults(read(data, release), release)


def _answered(pair: Pair, release: str) -> Task:
    answer = reference.respond(pair.other[release], release, release)
    return lambda: retour_faults(read_heenbericht(pair.one[release], release), answer)


# By what is done with a pair, each in one release or from one to the other.
TASKS: dict[str, Callable[[Pair], Task]] = {
    "read 2.0": lambda pair: lambda: read(pair.other["2.0"], "2.0").root,
    "read 2.1": lambda pair: lambda: read(pair.other["2.1"], "2.1").root,
    "convert to 2.1": lambda pair: lambda: reference.convert(pair.other["2.0"], "2.0", "2.1"),
    "convert to 2.0": lambda pair: lambda: reference.convert(pair.other["2.1"], "2.1", "2.0"),
    "compare 2.0": lambda pair: lambda: _compared(pair, "2.0", "2.0"),
    "compare 2.1": lambda pair: lambda: _compared(pair, "2.1", "2.1"),
    "compare across": lambda pair: lambda: _compared(pair, "2.0", "2.1"),
    "rules 2.0": lambda pair: lambda: _rules(pair.other["2.0"], "2.0"),
    "rules 2.1": lambda pair: lambda: _rules(pair.other["2.1"], "2.1"),
    "respond": lambda pair: lambda: reference.respond(pair.other["2.1"], "2.1", "2.1"),
    "judge an answer 2.0": lambda pair: _answered(pair, "2.0"),
    "judge an answer 2.1": lambda pair: _answered(pair, "2.1"),
    "judge a conversion to 2.1": lambda pair: _judged(pair, "2.0", "2.1"),
    "judge a conversion to 2.0": lambda pair: _judged(pair, "2.1", "2.0"),
    "judge a pair": lambda pair: lambda: pair_faults(
        [pair.one["2.1"]] * 2, [pair.one["2.0"], pair.other["2.0"]], BACK, xml_schemas.own()
    ),
    "expect": lambda pair: lambda: conversion(
        MESSAGE, _root(pair.other["2.1"], "2.1"), "2.1"
    ),
}  # fmt: skip
# The plain code holds more for each client, so that it is measured beyond the caches.
IS_FAST = fast_switch.IS_ON
SIZES = {"clients": 75 if IS_FAST else 600, "products": 200}
# Of larger messages a processor's caches hold a part, so that what is linear takes up to a quarter
# longer for each; they have limits of their own, beside the time that lxml takes.
WITHIN_CACHES = {"clients": 640 if IS_FAST else 4_800, "products": sys.maxsize}
# Where an algorithm of the second order shows most, for those that hold two trees together.
WORST = {"clients": "half of them in another order", "products": "all changed"}


@pytest.mark.parametrize("kind", ["clients", pytest.param("products", marks=pytest.mark.long)])
@pytest.mark.parametrize("task", TASKS)
def test_twice_the_size_takes_little_more_than_twice_the_time(task: str, kind: str) -> None:
    def make(size: int) -> Task:
        return TASKS[task](Pair.of(kind, WORST[kind], size))

    grows_with_its_size(make, SIZES[kind], most=WITHIN_CACHES[kind])


@pytest.mark.parametrize("other", OTHERS)
def test_what_is_compared_may_differ_in_any_way(other: str) -> None:
    def make(size: int) -> Task:
        return TASKS["compare 2.1"](Pair.of("clients", other, size))

    grows_with_its_size(make, 2 * SIZES["clients"], most=len(BSNS))


def _flat(count: int, named: Callable[[int], str], above: int = 1) -> Node:
    """A tree of very many small records below some others."""
    root = Node("01")
    for part in range(above):
        owner = Node("02", {"name": str(part)})
        owner.children = [Node("07", {"code": named(n)}) for n in range(part, count, above)]
        root.children.append(owner)
    return root


TREES: dict[str, tuple[Callable[[int], Node], Callable[[int], Node]]] = {
    "moved": (lambda n: _flat(n, str, 2), lambda n: _flat(n, lambda at: str(at ^ 1), 2)),
    "lost": (lambda n: _flat(n, str), lambda n: _flat(n // 2, lambda at: str(2 * at))),
    "changed": (lambda n: _flat(n, str), lambda n: _flat(n, lambda at: f"x{at}")),
    "invented": (lambda n: _flat(n // 2, str), lambda n: _flat(n, lambda at: f"x{at}")),
    "turned round": (lambda n: _flat(n, str), lambda n: _flat(n, lambda at: str(n - 1 - at))),
}


@pytest.mark.parametrize("what", TREES)
def test_trees_of_very_many_records_are_compared_in_time(what: str) -> None:
    one, other = TREES[what]

    def make(size: int) -> Task:
        trees = one(size), other(size)
        return lambda: differences(*trees)

    # Of more records, the caches of a busy machine hold a part alone.
    grows_with_its_size(make, 125, most=500)


# Parts of a 2.1 message that are wrong, each of them very often.
WRONG = {
    "clients without anything": ("WMO305", "<wmo305:Clienten>", "<wmo305:Client/>"),
    "lists of return codes": (
        *("WMO306", "<wmo306:RetourCodes>"),
        "<wmo306:RetourCode>0200</wmo306:RetourCode></wmo306:RetourCodes><wmo306:RetourCodes>",
    ),
    "return codes": (
        *("WMO306", "<wmo306:RetourCodes>"),
        "<wmo306:RetourCode>0200</wmo306:RetourCode>",
    ),
    "elements that no schema has": ("WMO305", "<wmo305:Clienten>", "<x/>"),
    "elements within a value": ("WMO305", "<wmo305:Bsn>", "<x/>"),
}


def _wrong(what: str, times: int) -> bytes:
    name, before, part = WRONG[what]
    return _message_with(name, before, part * times)


def _message_with(name: str, before: str, part: str) -> bytes:
    """A message with something put in behind a tag."""
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    assert before in text
    return text.replace(before, before + part, 1).encode()


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_very_often_is_read_in_time(what: str) -> None:
    def make(size: int) -> Task:
        data = _wrong(what, size)
        return lambda: xml_read.read(data).root

    grows_with_its_size(make, 4_000)


def test_comments_are_passed_over_in_time() -> None:
    def make(size: int) -> Task:
        data = _message_with("WMO305", "<wmo305:Clienten>", "<!---->" * size)
        return lambda: xml_read.read(data).root

    # A megabyte of them takes 6 to 11 ms, whatever the size: less than what memory is at hand for.
    grows_with_its_size(make, 250_000, doublings=4)


def test_the_first_faults_are_those_of_the_whole_message() -> None:
    faults = xml_read.read(_wrong("clients without anything", 20_000)).faults
    paths = [fault.xml and fault.xml.path for fault in faults]
    assert paths == [f"/Bericht/Clienten/Client[{place}]" for place in range(1, 501)]
    assert {fault.code for fault in faults} == {"XML-STRUCTURE"}


def test_a_flaw_is_located_in_time() -> None:
    case = Case("refuse", "WMO305", ("2.1",), 1, 0, "unknown-code")

    def make(size: int) -> Task:
        data = clients(size)
        broken = data.having([*data.items[:-1], data.items[-1].replace(">01<", ">zz<")])
        return lambda: located(case, broken, None)

    grows_with_its_size(make, 75, most=len(BSNS))


def test_a_history_of_very_many_messages_is_judged_and_ordered_in_time() -> None:
    def make(size: int) -> Task:
        # Each message of a client, who is started and not withdrawn.
        parts = clients(size)
        readings = [
            read(parts.having([item.replace(">3</", ">1</")]), "2.1") for item in parts.items
        ]
        for reading in readings:
            assert reading.root

        def judge() -> None:
            places = in_order([moment(item, "2.1", str(n)) for n, item in enumerate(readings)])
            judge = RuleJudge()
            for place in places:
                judge.faults(readings[place], "2.1")

        return judge

    grows_with_its_size(make, 75, most=len(BSNS))
