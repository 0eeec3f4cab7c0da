"""Messages that keep the rules, and published ones, are told nothing of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generators.content.sides import SOURCE
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.rules.rulebook import default_rulebook
from schemas.xml import read as xml_read
from schemas.xml.fast.accept import accepted
from tests.paths import GOLDEN
from tests.sampling import sampled

ALL = list(catalogue().messages.values())
CONVERTED = [message for message in ALL if message.root]
SEEDS, SAMPLE = (1, 2, 3), 12


def generated(message: MessageType, seed: int, kind: str) -> Iterator[tuple[str, bytes]]:
    """Some messages, each with its release."""
    for index in range(SAMPLE):
        content = generate(message, seed, index, kind)
        for release in ("2.0", "2.1"):
            if kind in ("both", release) and (release == "2.0" or message.root):
                yield release, written(message, content, SOURCE[release])


@pytest.mark.parametrize("kind", ["both", "2.0", "2.1"])
@pytest.mark.parametrize("message", sampled(ALL, 3), ids=lambda message: message.name)
def test_generated_messages_keep_every_rule(message: MessageType, kind: str) -> None:
    if message.root is None and kind == "2.1":
        return
    for seed in SEEDS:
        judge = RuleJudge()
        for release, data in generated(message, seed, kind):
            assert judge.faults(read(data, release), release) == []


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.[ex]*")), ids=lambda path: path.name)
def test_each_golden_message_keeps_every_rule(path: Path) -> None:
    release = "2.0" if path.suffix == ".ei" else "2.1"
    assert RuleJudge().faults(read(path.read_bytes(), release), release) == []


def told(judge: RuleJudge, data: bytes) -> list[Fault] | None:
    return judge.faults(read(data, "2.0"), "2.0")


@pytest.mark.examples
def test_each_published_example_keeps_every_rule(examples: Path) -> None:
    # Their BSN is 123456782, which passes the 11-test; the requests tell number and date of the
    # decision; every product with a code has a size; every relatie has a postcode and a house.
    files = sorted((examples / "ei20").iterdir())
    assert len(files) == 8
    for file in files:
        assert told(RuleJudge(), file.read_bytes()) == []


@pytest.mark.examples
def test_the_published_cases_keep_every_rule_one_after_the_other(examples: Path) -> None:
    # Case A: a request, its assignment, and the assignment ended (REDEN INTREKKING 4), all of one
    # client and product. Case B: an assignment, its start and its stop with the same key.
    for case in "AB":
        judge = RuleJudge()
        files = sorted((examples / "ei20").glob(f"Casus{case}-*.ei"))
        assert len(files) == 3
        assert [told(judge, file.read_bytes()) for file in files] == [[], [], []]


def said(node: Node, wanted: dict[str, set[str]]) -> list[object]:
    """A tree with no more than the values that are asked for."""
    keys = wanted.get(node.record, set())
    values = {key: value for key, value in node.values.items() if key in keys}
    return [node.record, values, *(said(child, wanted) for child in node.children)]


def accepted_reading(data: bytes) -> Reading:
    """A message as the fast path reads it."""
    message = accepted(data)
    assert message is not None
    return Reading(message, make=xml_read.tree, unparsed=data)


@pytest.mark.parametrize("message", CONVERTED, ids=lambda message: message.name)
def test_what_is_picked_is_what_the_parsed_message_says(message: MessageType) -> None:
    wanted = default_rulebook().wanted.get(message.name, {})
    data = [xml for release, xml in generated(message, 4, "2.1") if release == "2.1"]
    # What the fast path does not accept, such as spaces at the start of a line, is always parsed.
    data = [item for item in data if accepted(item)]
    assert len(data) > SAMPLE // 2
    data.append((GOLDEN / f"{message.name}.xml").read_bytes())
    for item in data:
        reading = accepted_reading(item)
        picked = default_rulebook().tree(reading)
        assert picked is not None
        assert reading.root is not None
        assert said(picked, wanted) == said(reading.root, wanted)


@pytest.mark.parametrize("blanks", ["", "\r\n\t "])
@pytest.mark.parametrize("name", ["WMO301", "WMO303", "JW308"])
def test_other_prefixes_and_blanks_make_no_difference(name: str, blanks: str) -> None:
    text = (GOLDEN / f"{name}.xml").read_text(encoding="utf-8")
    law = "ijw" if name.startswith("JW") else "iwmo"
    text = re.sub(rf"(</?|xmlns:){law}:", r"\1b:", text.replace(f"xmlns:{law}=", "xmlns:b="))
    text = text.replace(f"{name.lower()}:", "m9:").replace(f"xmlns:{name.lower()}=", "xmlns:m9=")
    reading = accepted_reading(re.sub(r"([^?]>)\s+<", rf"\1{blanks}<", text).encode())
    wanted = default_rulebook().wanted.get(name, {})
    picked, root = default_rulebook().tree(reading), reading.root
    assert picked is not None
    assert root is not None
    assert said(picked, wanted) == said(root, wanted)


def test_a_message_that_is_not_valid_is_not_judged() -> None:
    data = (GOLDEN / "WMO307.ei").read_bytes().replace(b"999939853 ", b"99993985X ", 1)
    assert (
        told(RuleJudge(), data.replace(b"0000000000019999398530", b"00000000000199993985X0"))
        is None
    )
    assert told(RuleJudge(), b"") is None
    assert RuleJudge().faults(read(b"<a/>", "2.1"), "2.1") is None


def test_a_message_that_miscounts_is_judged_all_the_same() -> None:
    data = (GOLDEN / "WMO307.ei").read_bytes()
    miscounted = data.replace(b"\r\n99000002", b"\r\n99000003").replace(b"20170430", b"20160229")
    reading = read(miscounted, "2.0")
    assert [fault.code for fault in reading.faults] == ["EI-COUNT"]
    assert [fault.rule for fault in RuleJudge().faults(reading, "2.0") or []] == ["TR018"]


def test_each_release_has_a_history_of_its_own() -> None:
    judge = RuleJudge()
    for suffix, release in ((".ei", "2.0"), (".xml", "2.1")):
        data = (GOLDEN / f"WMO301{suffix}").read_bytes()
        assert judge.faults(read(data, release), release) == []
        again = judge.faults(read(data, release), release)
        assert [fault.rule for fault in again or []] == ["TR056"]
