"""Each file of a bundle is held to its JSON Schema, as strictly as that can be read."""

from __future__ import annotations

import copy
import json
import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen, Shape, parsed
from tests.harness.dryrun.forge import members
from tests.paths import ROOT

DRYRUN, REPORTS = ROOT / "harness" / "dryrun", ROOT / "reports"
FILES = [*sorted(DRYRUN.glob("*.schema.json")), REPORTS / "results.schema.json"]
_STRANGE: list[Any] = [
    None, True, 0, -1, 1.5, 1.0, 10**30, 1e300, math.nan, math.inf, "", "x", "１", "\n", "\ud800",
    "\x1b[31m", "\u202e", [], [None], {}, {"a": 1},
]  # fmt: skip


def _schema(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_bytes()))


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, (dict, list)):
            yield from _nodes(item)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_unknown_and_nothing_unbounded_is_let_in(path: Path) -> None:
    schema = _schema(path)
    Draft202012Validator.check_schema(schema)
    for node in _nodes(schema):
        if node.get("type") == "object":
            assert "additionalProperties" in node
            others = node["additionalProperties"]
            # By names that are of no table; what stands there has a shape all the same.
            assert others is False or "type" in others or "$ref" in others
        if node.get("type") in ("integer", "number"):
            assert {"minimum", "maximum"} <= node.keys()
        if "pattern" in node:
            assert re.fullmatch(r"\^.*\$", node["pattern"])
            assert "\\d" not in node["pattern"]


def _parts(bundle: Path) -> Iterator[tuple[Shape, Any, Any]]:
    """Each shape with its schema and a value of a bundle that has it."""
    found = members(bundle)
    told = json.loads(found["results.json"])
    results = _schema(REPORTS / "results.schema.json")
    defs = {"$defs": results["$defs"]}
    failing = next(item for item in told["cases"] if item["findings"])
    line = found["answers/WMO305.jsonl"].splitlines()[0]
    rows = [line.split(",") for line in found["verdicts.csv"].decode().splitlines()]
    row = dict(zip(rows[0], next(row for row in rows if row[1] == "fail"), strict=True))
    whole = [json.loads(found["manifest.json"]), json.loads(line), row]
    for name, value in zip(("manifest", "answers", "verdicts"), whole, strict=True):
        yield getattr(shapes, name)(), _schema(DRYRUN / f"{name}.schema.json"), value
    for name, value in (("case", failing), ("end", told["end"])):
        yield shapes.results(name), {**defs, "$ref": f"#/$defs/{name}"}, value
    head = {key: value for key, value in told.items() if key not in ("cases", "end")}
    asked = {key: value for key, value in results["properties"].items() if key in head}
    yield shapes.results("head"), {**results, "properties": asked, "required": [*head]}, head


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], (dict, list)):
            yield from _places(value[key])


def test_the_checks_say_what_a_validator_of_json_schema_says_or_more(red: Path) -> None:
    chance, refused = random.Random(3), 0
    for shape, schema, value in _parts(red):
        shape.hold(value)
        validator = Draft202012Validator(schema)
        assert validator.is_valid(value)
        for _ in range(150):
            other = copy.deepcopy(value)
            holder, key = chance.choice(list(_places(other)))
            if isinstance(holder, dict) and chance.random() < 0.2:
                holder.pop(key)
            elif isinstance(holder, dict) and chance.random() < 0.2:
                holder[chance.choice(["more", "\x1b[31m"])] = chance.choice(_STRANGE)
            else:
                holder[key] = chance.choice(_STRANGE)
            if shape.check(other) is not None:
                refused += 1
            else:
                assert validator.is_valid(other), (key, holder)
    assert refused > 400


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"type": "integer", "minimum": 0, "maximum": 9}, [0, 9], [True, 1.0, 10, -1, "1", None]),
        (
            {"type": "number", "minimum": 0, "maximum": 9},
            [0, 1.5],
            [True, math.nan, math.inf, 1e300, -0.5],
        ),
        ({"type": "boolean"}, [True, False], [0, 1, None, "true"]),
        ({"type": "string"}, ["", "é\n\U0001f600"], ["\ud800", "a\udcff", None, 1]),
        ({"type": "string", "pattern": "^[0-9]+$"}, ["12"], ["12\n", "１", "1a", "", "\n"]),
        ({"enum": [1, "a"]}, [1, "a"], [True, 1.0, "b", [], {}]),
        ({"const": 1}, [1], [True, 1.0]),
        ({"oneOf": [{"type": "null"}, {"type": "boolean"}]}, [None, True], [0, "", []]),
        ({"type": "array", "items": {"type": "null"}, "maxItems": 1}, [[], [None]], [[1], {}, ""]),
    ],
)
def test_what_json_schema_leaves_open_is_closed(
    schema: dict[str, Any], right: list[Any], wrong: list[Any]
) -> None:
    shape = Shape(schema)
    assert [shape.check(value) for value in right] == [None] * len(right)
    assert [value for value in wrong if shape.check(value) is None] == []


def test_a_word_of_a_schema_that_is_not_understood_is_not_passed_over() -> None:
    for schema in ({"type": "boolean", "not": {}}, {"type": "string", "format": "date"}):
        with pytest.raises(ValueError, match="not understood"):
            Shape(schema)


@pytest.mark.parametrize(
    "data",
    [
        b"NaN", b"[Infinity]", b"-Infinity", b"\xff", b"[" * 200_000, b'{"a":' * 100_000, b"",
        b"1" * 5000, "[1]".encode("utf-16"), b"[" + b"[]," * 3_000_000 + b"[]]",
    ],
    ids=lambda data: repr(data[:9]),
)  # fmt: skip
def test_a_text_that_is_no_json_or_not_worth_its_memory_is_misshapen(data: bytes) -> None:
    with pytest.raises(Misshapen):
        parsed(data)


def test_a_long_answer_is_worth_its_memory() -> None:
    text = '\\",[{' * 3_000_000
    assert parsed(json.dumps([text]).encode()) == [text]


def test_the_place_is_told(red: Path) -> None:
    manifest = json.loads(members(red)["manifest.json"])
    manifest["about"]["digests"]["tables"] = 1
    with pytest.raises(Misshapen) as error:
        shapes.manifest().hold(manifest)
    assert error.value.where == "about/digests/tables"
