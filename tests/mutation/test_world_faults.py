"""Each fault of the world changes the smallest input that shows it, and nothing in an ordinary one.

The converters stand in `tests/suts/world`; `make mutation` tells which of them a run finds.
"""

from __future__ import annotations

import ast
import importlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lxml import etree

from generators.variation.covering_plan import COVERED
from harness.cases.specimen import Specimen
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from tests.suts.spoiling import Convert, faithful
from tests.suts.world.recipes import HERE, KINDS, WorldFault, golden, made, world_faults

FAULTS = world_faults()
EACH = [
    pytest.param(fault, release, id=f"{fault.name}-{release}")
    for fault in FAULTS.values()
    for release in fault.to
]
ALL = [pytest.param(fault, id=fault.name) for fault in FAULTS.values()]
ONE_WAY = [pytest.param(fault, id=fault.name) for fault in FAULTS.values() if len(fault.to) == 1]
_NO_FAULTS = ("tools.py", "recipes.py", "__init__.py")


def _fresh(fault: WorldFault, had: int = 0) -> Convert:
    """The converter as in a process that has just started, or has had so many messages."""
    state: Any = importlib.reload(importlib.import_module("tests.suts.world.state"))
    world = importlib.reload(importlib.import_module("tests.suts.world"))
    state.asked = had
    return getattr(world, fault.name)  # type: ignore[no-any-return]


def _source(target: str) -> str:
    return "2.1" if target == "2.0" else "2.0"


def _made_of(convert: Convert, data: bytes, target: str) -> bytes:
    """What a converter makes of an input, without layout; or that it refuses it."""
    try:
        output = convert(data, _source(target), target)
    except Refused:
        return b"refused"
    if target == "2.0" or not output.startswith(b"<"):
        return output
    plain = etree.fromstring(output, etree.XMLParser(remove_blank_text=True))
    return etree.tostring(plain, method="c14n")


@pytest.mark.parametrize(("fault", "target"), EACH)
def test_a_fault_changes_the_input_that_shows_it(
    monkeypatch: pytest.MonkeyPatch, fault: WorldFault, target: str
) -> None:
    monkeypatch.setattr("tests.suts.world.load.pause", 1)
    convert, data = _fresh(fault, fault.had), made(fault.shows, _source(target))
    for earlier in fault.before(_source(target)):
        convert(earlier, _source(target), target)
    others = fault.shows.get("at_once", 1) - 1

    assert _beside(others, convert, data, target) != _made_of(faithful, data, target), fault.what


def _beside(others: int, convert: Convert, data: bytes, target: str) -> bytes:
    """What a converter makes of an input while it is asked for so many others."""
    if not others:
        return _made_of(convert, data, target)
    other = golden("JW305", _source(target))
    with ThreadPoolExecutor(others + 1) as pool:
        for _ in range(others - 1):
            pool.submit(convert, other, _source(target), target)
        asked = pool.submit(_made_of, convert, data, target)
        pool.submit(convert, other, _source(target), target)
        return asked.result()


@pytest.mark.parametrize("fault", ALL)
@pytest.mark.parametrize("target", ["2.0", "2.1"])
def test_a_fault_spares_an_ordinary_message(fault: WorldFault, target: str) -> None:
    convert, data = _fresh(fault), golden(fault.spares, _source(target))

    assert _made_of(convert, data, target) == _made_of(faithful, data, target)


@pytest.mark.parametrize("fault", ONE_WAY)
def test_a_fault_in_one_direction_spares_the_other(fault: WorldFault) -> None:
    (target,) = {"2.0", "2.1"} - set(fault.to)
    convert = _fresh(fault)
    for data in _readable(fault, _source(target)):
        assert _made_of(convert, data, target) == _made_of(faithful, data, target)


def _readable(fault: WorldFault, release: str) -> list[bytes]:
    """The input that shows it, where the release can say it."""
    try:
        return [made(fault.shows, release)]
    except Refused:
        return []


@pytest.mark.parametrize("fault", [fault for fault in FAULTS.values() if fault.except_to])
def test_a_fault_that_a_type_cannot_show_to_a_release_changes_nothing_there(
    fault: WorldFault,
) -> None:
    """Nor does any of the messages that show all variations and all that is drawn of the type."""
    for name, target in fault.except_to.items():
        convert, source = _fresh(fault), _source(target)
        for index in range(COVERED):
            data = Specimen(catalogue().one(name), 1, index).plain[source]
            assert convert(data, source, target) == faithful(data, source, target)


@pytest.mark.parametrize("data", [b"", b"<message/>", b"a letter"])
@pytest.mark.parametrize("target", ["2.0", "2.1"])
def test_each_fault_refuses_what_is_no_message(data: bytes, target: str) -> None:
    world = importlib.import_module("tests.suts.world")
    for name in FAULTS:
        with pytest.raises(Refused):
            getattr(world, name)(data, _source(target), target)


def test_the_table_has_every_fault_of_the_modules() -> None:
    found = []
    for path in HERE.glob("*.py"):
        if path.name not in _NO_FAULTS:
            found += _public(ast.parse(path.read_text(encoding="utf-8")))

    assert sorted(found) == sorted(FAULTS)


def _public(module: ast.Module) -> list[str]:
    names = [node.name for node in module.body if isinstance(node, ast.FunctionDef)]
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            names += [item.id for item in node.targets if isinstance(item, ast.Name)]
    return [name for name in names if not name.startswith("_") and name != "main"]


def test_there_are_at_least_sixty_faults_and_some_of_each_kind() -> None:
    assert len(FAULTS) >= 60
    assert {fault.kind for fault in FAULTS.values()} == set(KINDS)
