"""Return codes with their official texts, which are in Dutch alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from schemas.facts import table_rows as tables


@dataclass(frozen=True)
class ReturnCode:
    """A return code: its official text (empty if none was published), and the releases with it.

    `about` says in our words what a code without an official text is of.
    """

    code: str
    text: str
    about: str
    releases: tuple[str, ...]
    evidence: str


@cache
def return_codes() -> dict[str, ReturnCode]:
    """Return all return codes, by code. Those of the list of 2.0 have a text."""
    return {row["code"]: _return_code(row) for row in tables.rows("codelists/RetourCode")}


def _return_code(row: tables.Row) -> ReturnCode:
    in_20, in_21 = row.flag("in_20"), row.flag("in_21")
    releases = tuple(name for name, known in (("2.0", in_20), ("2.1", in_21)) if known)
    text, about = (row["label"], "") if in_20 else ("", row["label"])
    return ReturnCode(row["code"], text, about, releases, row.evidence)


def with_texts(codes: str) -> Iterator[tuple[str, str]]:
    """Yield each code of `8207|8021` that has an official text, with that text."""
    for code in filter(None, codes.split("|")):
        known = return_codes().get(code)
        if known and known.text:
            yield code, known.text
