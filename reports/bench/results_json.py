"""`bench.json`: all measurements, for programs; `bench.schema.json` describes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from reports.bench.results import BenchResults
from reports.shared.whole_file import whole

NAME = "bench.json"


def write(results: BenchResults, folder: Path) -> None:
    """Write `bench.json` to a folder."""
    with whole(folder / NAME) as file:
        json.dump(results.to_json(), file, ensure_ascii=False, indent=1)
        file.write("\n")


def short(results: BenchResults, folder: Path) -> dict[str, Any]:
    """A short result, for programs."""
    full = results.to_json()
    findings = [
        {name: item[name] for name in ("code", "blocking", "message", "direction", "size", "count")}
        for item in full["findings"]
    ]
    return {
        "outcome": results.outcome,
        "exit_code": results.exit_code,
        "sizes": full["sizes"],
        "usage": full["usage"],
        "answers": full["answers"],
        "findings": findings,
        "results": str(folder / NAME),
    }
