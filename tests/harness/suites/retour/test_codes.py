"""Return codes of an answer: where 8001 and 8002 are right, and how sure a missing code is."""

from __future__ import annotations

import pytest

from harness.cases.specimen import Specimen
from harness.reference.converter import respond
from harness.suites.retour.defective_input import defective
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.kinds import kinds
from schemas.ei.write import write as write_ei
from schemas.facts.catalogue import catalogue
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.releases.read_write import read, write
from schemas.retour.pair import terms
from tests.schemas.rules.edited import ei, xml

SUFFIX = {"2.0": ei, "2.1": xml}
both = pytest.mark.parametrize("release", ["2.0", "2.1"])


def old_line(name: str, release: str) -> bytes:
    """A declaration of which one line ended more than 5 years ago (TR335)."""
    message = catalogue().one(name)
    return write(message, defective(kinds()["old-line"], release, Specimen(message, 5, 0)), release)


def found(data: bytes, release: str, record: str, *codes: str) -> list[tuple[str, str]]:
    """The findings in the answer of the reference with other codes at its classes of a record."""
    return [(fault.code, fault.actual) for fault in faults(data, release, record, *codes)]


def faults(data: bytes, release: str, record: str, *codes: str) -> list[Fault]:
    heenbericht = read_heenbericht(data, release)
    pair = terms(heenbericht.message.name, release)
    root = read(respond(data, release, release), release).root
    assert isinstance(root, Node)
    slots = pair.slots(record)
    for node in (node for node in root.walk() if node.record == record):
        for place in range(1, len(slots.of(node)) + 1):
            del node.values[slots.key(place)]
        slots.put(node, codes)
    if release == "2.0":
        output = write_ei(pair.retour, root, keeps_numbers=True)
    else:
        output = write(pair.retour, root, release)
    return retour_faults(heenbericht, output)


@both
@pytest.mark.parametrize("name", ["WMO303", "JW303"])
def test_a_declaration_granted_whole_may_say_so_in_the_header(name: str, release: str) -> None:
    clean = SUFFIX[release](name, {})
    assert found(clean, release, "01", "8001") == []
    assert found(clean, release, "01", "8001", "0200") == []
    faulty = old_line(name, release)
    assert found(faulty, release, "01", "0200") == []
    assert found(faulty, release, "01", "8001") == [("RETOUR-CODE", "8001")]


@both
def test_what_is_no_declaration_is_not_granted_whole(release: str) -> None:
    clean = SUFFIX[release]("WMO305", {})
    assert found(clean, release, "01", "0200") == []
    assert found(clean, release, "01", "8001") == [("RETOUR-CODE", "8001")]


@both
def test_a_class_may_be_not_assessed_for_another_and_a_header_may_not(release: str) -> None:
    faulty = old_line("JW303", release)
    assert found(faulty, release, "02", "0233") == []
    assert found(faulty, release, "02", "8002") == []
    assert found(faulty, release, "02", "8002", "0233") == []
    assert found(faulty, release, "02", "8001") == [("RETOUR-CODE", "8001")]
    assert found(faulty, release, "02", "0200", "8002") == [("RETOUR-CODE", "8002")]
    assert found(faulty, release, "01", "8002") == [("RETOUR-CODE", "8002")]


@both
def test_a_code_that_is_less_sure_than_its_rule_only_advises_where_it_is_missing(
    release: str,
) -> None:
    """The end of the line is judged, and 8222 is about its begin."""
    faulty = old_line("JW303", release)
    lost = faults(faulty, release, "04", "0200")
    told = [(one.evidence, one.retour) for one in lost if one.code == "RETOUR-CODE-LOST"]
    assert told == [("D", "8222")]
