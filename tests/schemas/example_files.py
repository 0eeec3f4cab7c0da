"""The published 2.0 examples beside the checkout, read without the code under test."""

from __future__ import annotations

from pathlib import Path

from tests.schemas.tables_edit import rows

# Each example and its message type; those with a twin have the same content as (2.0) XML.
TWINS = {
    "CasusA-01-WMO315_verzoek": "WMO315",
    "CasusA-02-WMO301_toewijzing": "WMO301",
    "CasusA-04-WMO301_intrekking": "WMO301",
    "CasusB-01-WMO301_toewijzing": "WMO301",
    "CasusB-02-WMO305_start": "WMO305",
    "CasusB-04-WMO307_stop": "WMO307",
}
EXAMPLES = {f"{stem}.ei": name for stem, name in TWINS.items()} | {
    "WMO301_voorbeeld.txt": "WMO301",
    "WMO305_voorbeeld.txt": "WMO305",
}
Row = dict[str, str]


def data(examples: Path, file: str) -> bytes:
    return (examples / "ei20" / file).read_bytes()


def lines(content: bytes) -> list[str]:
    return content.decode("iso-8859-1").splitlines()


def fields(name: str) -> dict[str, list[Row]]:
    """The rows of the fields of a message type, by record."""
    found: dict[str, list[Row]] = {}
    for row in rows(f"ei20/{name}"):
        found.setdefault(row["record"], []).append(row)
    return found


def cut(line: str, row: Row) -> str:
    """What a record holds in the columns of a field."""
    return line[int(row["start"]) - 1 : int(row["end"])]
