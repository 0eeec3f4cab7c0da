"""`pairs.json`: the results of a mailbox audit; `pairs.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from reports.pairs.results import FORMAT_VERSION, Audit

NAME = "pairs.json"


def pieces(audit: Audit) -> Iterator[str]:
    """Yield the document in pieces, as it may be long."""
    yield f"{_text(_head(audit), 1)[:-2]},\n"
    yield from _list("partners", map(asdict, audit.partners()))
    yield ",\n"
    yield from _list("problems", map(asdict, audit.problems()))
    yield "\n}\n"


def _head(audit: Audit) -> dict[str, Any]:
    summary = audit.summary
    return {
        "format_version": FORMAT_VERSION,
        "outcome": summary.outcome,
        "exit_code": summary.exit_code,
        **asdict(summary),
        "codes": {
            code: {"blocking": blocking, "notes": notes}
            for code, (blocking, notes) in summary.codes.items()
        },
    }


def _list(name: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f' "{name}": ['
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n  {_text(item, None)}"
    yield "\n ]"


def _text(value: object, indent: int | None) -> str:
    # ASCII only, as a file name need not be valid text.
    return json.dumps(value, indent=indent)
