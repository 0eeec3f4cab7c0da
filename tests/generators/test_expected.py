"""What a message must become is derived from it as it stands, and mends nothing.

The golden pairs were typed by hand; the drawn contents know what they must become by another way;
the reference converter shares no code with either.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest

import generators
from generators.content.sides import EXPECTED, SOURCE
from generators.defects.injection import inject
from generators.defects.table import own_defects
from generators.expected.conversion import conversion
from generators.message import generate
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import differences, without
from harness.reference import converter as reference
from harness.reference.responder import respond
from harness.suites.retour.defective_input import defective
from harness.suites.retour.kinds import kinds_for_pairs
from harness.suites.rules.kinds import kinds_of
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.fills import filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from tests.paths import GOLDEN
from tests.sampling import sampled

SUFFIX = {"2.0": ".ei", "2.1": ".xml"}
OTHER = {"2.0": "2.1", "2.1": "2.0"}
CONVERTED = [name for name, message in catalogue().messages.items() if message.root]
HEEN = [name for name in CONVERTED if catalogue().one(name).role == "heen"]
STRIKES = 3


def expected(message: MessageType, root: Node, source: str) -> Node:
    return conversion(message, root, source).node(EXPECTED[OTHER[source]])


def without_free(message: MessageType, root: Node, release: str) -> Node:
    return without(root, filled_keys(message.name)) if release == "2.1" else root


def root_of(data: bytes, release: str) -> Node:
    reading = read(data, release)
    assert reading.root is not None
    assert not reading.faults
    return reading.root


@pytest.mark.parametrize("source", ["2.0", "2.1"])
@pytest.mark.parametrize("name", CONVERTED)
def test_a_golden_message_must_become_the_other_one_of_its_pair(name: str, source: str) -> None:
    message, target = catalogue().one(name), OTHER[source]
    one, other = (
        root_of((GOLDEN / f"{name}{SUFFIX[release]}").read_bytes(), release)
        for release in (source, target)
    )
    assert differences(without_free(message, other, target), expected(message, one, source)) == []


@pytest.mark.parametrize("name", CONVERTED)
def test_what_was_drawn_must_become_what_its_content_knows(name: str) -> None:
    message = catalogue().one(name)
    for seed, index in ((seed, index) for seed in (1, -7, 2017) for index in range(12)):
        content = generate(message, seed, index)
        for source, target in OTHER.items():
            made = conversion(message, content.node(SOURCE[source]), source)
            known = content.node(EXPECTED[target])
            assert differences(known, made.node(EXPECTED[target])) == [], (seed, index, source)
            if target == "2.0":
                cut = (sum(item.values.cut for item in whole.walk()) for whole in (content, made))
                assert len({*cut}) == 1


def _broken(message: MessageType, kind: str, source: str) -> Iterator[Node]:
    for index in islice(count(), 400):
        root = generate(message, 3, index).node(SOURCE[source])
        for item in inject(own_defects()[kind], message, source, root, lambda *_: ()):
            yield item.root


@pytest.mark.parametrize("source", ["2.0", "2.1"])
@pytest.mark.parametrize("name", sampled(CONVERTED, 3))
def test_a_broken_rule_is_converted_by_the_reference_as_the_oracle_says(
    name: str, source: str
) -> None:
    message, target = catalogue().one(name), OTHER[source]
    assert kinds_of(name)
    for kind in kinds_of(name):
        for root in islice(_broken(message, kind, source), STRIKES):
            try:
                data = write(message, root, source)
            except Refused:
                continue
            made = _converted(message, data, source)
            if made is None:
                with pytest.raises(Refused):
                    expected(message, root, source)
                continue
            actual = without_free(message, root_of(made, target), target)
            assert differences(expected(message, root, source), actual) == [], kind


def _converted(message: MessageType, data: bytes, source: str) -> bytes | None:
    try:
        return reference.convert(data, source, OTHER[source])
    except Refused:
        return None


@pytest.mark.parametrize("source", ["2.0", "2.1"])
@pytest.mark.parametrize("name", HEEN)
def test_a_pair_is_converted_by_the_reference_as_the_oracle_says(name: str, source: str) -> None:
    heen, target = catalogue().one(name), OTHER[source]
    for index, kind in enumerate(kinds_for_pairs(name) * 2):
        data = write(heen, defective(kind, source, Specimen(heen, 5, index)), source)
        answer = respond(data, source, source)
        for message, sent in ((heen, data), (catalogue().one(heen.pair), answer)):
            made = reference.convert(sent, source, target)
            actual = without_free(message, root_of(made, target), target)
            assert differences(expected(message, root_of(sent, source), source), actual) == []


@pytest.mark.examples
def test_a_published_message_is_converted_by_the_reference_as_the_oracle_says(
    examples: Path,
) -> None:
    files = sorted(path for path in (examples / "ei20").iterdir() if path.is_file())
    assert files
    for path in files:
        data = re.sub(rb"\r?\n", b"\r\n", path.read_bytes())
        reading = read(data, "2.0")
        assert reading.message
        assert reading.root
        made = reference.convert(data, "2.0", "2.1")
        actual = without_free(reading.message, root_of(made, "2.1"), "2.1")
        assert differences(expected(reading.message, reading.root, "2.0"), actual) == []


@pytest.mark.parametrize(
    ("name", "source", "values"),
    [
        ("WMO305", "2.0", {"02/GEBOORTEDATUM": "18900101"}),
        ("WMO307", "2.0", {"06/BEGINDATUM LEVERING": "20170502", "06/EINDDATUM": "20170501"}),
        ("WMO303", "2.0", {"02/BSN": "999999999", "04/BEREKEND BEDRAG": "00004711"}),
    ],
)
def test_what_is_wrong_in_a_message_is_expected_as_it_stands(
    name: str, source: str, values: dict[str, str]
) -> None:
    message = catalogue().one(name)
    root = generate(message, 1, 0).node(SOURCE[source])
    told = {
        "GEBOORTEDATUM": ("Geboortedatum/Datum", "1890-01-01"),
        "BEGINDATUM LEVERING": ("Begindatum", "2017-05-02"),
        "EINDDATUM": ("Einddatum", "2017-05-01"),
        "BSN": ("Bsn", "999999999"),
        "BEREKEND BEDRAG": ("IngediendeBedragPrestatie/BerekendBedrag/Bedrag", "4711"),
    }
    for place, value in values.items():
        record, field = place.split("/")
        node = next(item for item in root.walk() if item.record == record)
        node.values[field] = value
        if field == "BEREKEND BEDRAG":
            node.values["INDICATIE DEBET/CREDIT (01)"] = "D"
    made = expected(message, root, source)
    for place in values:
        record, field = place.split("/")
        key, value = told[field]
        assert next(item for item in made.walk() if item.record == record).get(key) == value


@pytest.mark.parametrize(
    ("name", "source", "record", "values"),
    [
        ("WMO301", "2.0", "02", {"JURIDISCHE STATUS": "99"}),
        ("WMO301", "2.1", "02", {"Geboortedatum/Datum": "2017-02-30x"}),
        ("WMO302", "2.1", "02", {f"RetourCodes/RetourCode[{n}]": "0200" for n in (1, 2, 3, 4)}),
        ("WMO301", "2.1", "04", {"Telefoon/Telefoon01/Telefoonnummer": ""}),
        ("WMO303", "2.1", "04", {"IngediendeBedragPrestatie/GeleverdVolume": "10000"}),
        ("WMO301", "2.1", "02", {"Naam/Voorletters": " AB"}),
    ],
)
def test_what_the_other_release_cannot_hold_is_refused(
    name: str, source: str, record: str, values: dict[str, str]
) -> None:
    message = catalogue().one(name)
    roots = (generate(message, 1, index).node(SOURCE[source]) for index in count())
    root, node = next((r, n) for r in roots for n in r.walk() if _fits(n, record, values))
    for key, value in values.items():
        node.values.pop(key, None)
        if value:
            node.values[key] = value
    with pytest.raises(Refused):
        conversion(message, root, source)


def _fits(node: Node, record: str, values: dict[str, str]) -> bool:
    """Whether a class is of a record; one that loses a value has it now."""
    return node.record == record and all(value or node.get(key) for key, value in values.items())


def test_the_oracle_loads_rows_and_nothing_that_converts_reads_or_writes() -> None:
    loaded = "import generators.content.derive, generators.expected.conversion, sys"
    said = subprocess.run(
        [sys.executable, "-c", f"{loaded}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    names = said.stdout.split()
    assert {"generators.content.derive", "generators.expected.from_20"} <= {*names}
    deciding = ("harness", "schemas.ei", "schemas.reading")
    assert not [name for name in names if name.startswith(deciding)]


# What the facts themselves decide, for the code that reads and writes by them.
DECIDED = {"absent_with", "must_be_filled", "zero_is_value"}
CALLED = {"code_20", "code_21"}


def test_the_generators_decide_for_themselves_when_a_field_says_nothing() -> None:
    (folder,) = generators.__path__
    for path in Path(folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in DECIDED, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in CALLED, path
