"""What `--accept-current` writes is read back as it was found, whatever the software wrote."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from harness.configuration.accept_current import document, tables
from harness.configuration.ikeur_toml import load
from reports.events.events import Finding
from reports.run.causes.causes import Cause

FINDING = Finding("FIELD-CUT", "c", "convert", "WMO305", "2.0-2.1", "", "", "B", True, "")


def cause(code: str, message: str, place: str, kind: str = "blocking") -> Cause:
    return Cause(kind, code, message, place, 1, FINDING, "", {})


def written(*causes: Cause) -> list[dict[str, object]]:
    data = document(tables(causes, "2026-11-24"))
    found: list[dict[str, object]] = tomllib.loads(data.decode("utf-8"))["deviation"]
    return found


def test_each_code_and_field_has_a_table_with_all_its_message_types() -> None:
    found = written(
        cause("FIELD-CUT", "WMO305", "02 NAAM"),
        cause("EI-LENGTH", "JW301", "02"),
        cause("FIELD-CUT", "WMO301", "02 NAAM"),
        cause("FIELD-CUT", "WMO301", "03 NAAM"),
        cause("SUT-CRASH", "WMO301", ""),
        cause("FIELD-CHANGED", "WMO301", "02 NAAM", "advisory"),
        cause("FIELD-LOST", "WMO301", "02 NAAM", "declared"),
    )
    assert [(item["codes"], item["messages"], item.get("fields")) for item in found] == [
        (["EI-LENGTH"], ["JW301"], ["02"]),
        (["FIELD-CUT"], ["WMO301", "WMO305"], ["02 NAAM"]),
        (["FIELD-CUT"], ["WMO301"], ["03 NAAM"]),
        (["SUT-CRASH"], ["WMO301"], ["/"]),
    ]
    assert {item["reason"] for item in found} == {""}
    assert {item["expires"] for item in found} == {date(2027, 2, 23)}


@pytest.mark.parametrize(
    "place",
    ['0" ]\nreason = "x', "\\", "/Bericht/é/日本", "\x00\x7f\x1b", "\u202e", "  leading", "👩‍⚕️"],
    ids=ascii,
)
def test_a_place_is_read_back_as_it_was(tmp_path: Path, place: str) -> None:
    (table,) = written(cause("XML-STRUCTURE", "WMO305", place))
    assert table["fields"] == [place]
    path = tmp_path / "ikeur.toml"
    data = document(tables([cause("XML-STRUCTURE", "WMO305", place)], "2026-11-24"))
    path.write_bytes(data.replace(b'reason = ""', b'reason = "known"'))
    (deviation,) = load(path).deviations
    assert deviation.fields == (place,)
