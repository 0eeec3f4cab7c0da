"""What two runs found, without the times: the results and every file that was kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_TIMES = ("seconds", "started_at")


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _timeless(item) for name, item in value.items() if name not in _TIMES}
    return [_timeless(item) for item in value] if isinstance(value, list) else value


def results(folder: Path) -> dict[str, Any]:
    """`results.json` of a run, without its times."""
    data = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return dict(_timeless(data))


def files(folder: Path) -> dict[str, bytes]:
    """What was kept of red cases, by path."""
    kept = folder / "cases"
    paths = [path for path in sorted(kept.rglob("*")) if path.is_file()]
    return {path.relative_to(kept).as_posix(): path.read_bytes() for path in paths}


def assert_same(one: Path, other: Path) -> None:
    """Both runs found the same, case by case and in the same order, and kept the same."""
    first, second = results(one), results(other)
    for name in first:
        assert second[name] == first[name], name
    assert files(other) == files(one)
