"""Nothing of a message is kept, and nobody has to let go of what is."""

from __future__ import annotations

import ast
import gc
import sys

from generators.content.sides import SOURCE_20
from generators.message import generate
from generators.writing.written import written
from schemas.facts.catalogue import catalogue
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
OTHERS = ("WMO301", "WMO302", "WMO303", "WMO304", "WMO307")


def pass_by_others() -> None:
    for name in OTHERS:
        generate(catalogue().one(name), 1, 0)


def test_the_bytes_do_not_depend_on_what_was_generated_before() -> None:
    message = catalogue().one("WMO305")

    def data() -> list[bytes]:
        return [written(message, generate(message, 1, n), SOURCE_20) for n in (0, 5, 3)]

    warm = data()
    pass_by_others()
    assert data() == warm


def test_the_memory_of_a_run_through_the_types_does_not_grow() -> None:
    def held_after_a_round() -> int:
        for name in (*OTHERS, "WMO305"):
            for index in range(40):
                message = catalogue().one(name)
                written(message, generate(message, 1, index), SOURCE_20)
        gc.collect()
        return sys.getallocatedblocks()

    held_after_a_round()
    once = held_after_a_round()
    # A message is hundreds of objects.
    assert held_after_a_round() - once < 200


def test_nothing_is_forgotten_by_hand() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.FunctionDef) and node.name == "forget")
        or (isinstance(node, ast.Attribute) and node.attr == "cache_clear")
    ]
    assert found == []
