"""Reads `[[deviation]]` in `ikeur.toml`: known faults, with a reason and an expiry date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from harness.configuration.toml_file import bad, typed
from reports.events.deviations import EXPIRED, GONE, Deviation
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes

_KEYS = {"codes": list, "messages": list, "fields": list, "reason": str, "expires": date}
_NEEDED = ("codes", "reason", "expires")


def declared(path: Path, tables: list[Any]) -> tuple[Deviation, ...]:
    """Read the declared deviations; raises UsageError, with its number, for an invalid one."""
    return tuple(_deviation(path, number, table) for number, table in enumerate(tables, 1))


def _deviation(path: Path, number: int, table: Any) -> Deviation:
    where = f"[[deviation]] {number}"
    if not isinstance(table, Mapping):
        raise bad(path, f"{where} is no table")
    typed(path, table, _KEYS, where)
    for key in _NEEDED:
        if key not in table:
            raise bad(path, f"{where} has no {key!r}", f"needed are {', '.join(_NEEDED)}")
    if isinstance(table["expires"], datetime):
        raise bad(path, f"'expires' in {where} is of the wrong type", "write a day: 2017-06-12")
    if not table["reason"].strip():
        raise bad(path, f"'reason' in {where} is empty", "say why this is not mended yet")
    return Deviation(
        number=number,
        codes=_known(path, table, "codes", where, _codes()),
        messages=_known(path, table, "messages", where, catalogue().messages),
        fields=_texts(path, table, "fields", where),
        reason=table["reason"].strip(),
        expires=table["expires"].isoformat(),
    )


def _codes() -> list[str]:
    """The codes that can be declared: all but those about declarations."""
    return [code for code in finding_codes() if code not in (GONE, EXPIRED)]


def _known(
    path: Path, table: Mapping[str, Any], key: str, where: str, known: Any
) -> tuple[str, ...]:
    names = tuple(name.upper() for name in _texts(path, table, key, where))
    for name in names:
        if name not in known:
            raise bad(path, f"unknown {name!r} in {key!r} of {where}", "copy it from a report")
    return names


def _texts(path: Path, table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    texts = table.get(key)
    if texts is None:
        return ()
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise bad(path, f"{key!r} in {where} is a list of texts, with at least one")
    return tuple(texts)
