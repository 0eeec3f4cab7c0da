"""Makes a release of the changes: `python -m tests.package.release 0.2.0`."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.paths import ROOT

UNRELEASED = "## Unreleased\n"
_VERSION = re.compile(r'^version = "([^"]*)"$', re.MULTILINE)


def main() -> int:
    """Date the changes, set the version, and write the notes; returns 2 if that cannot be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="the version to release, such as 0.2.0")
    version = parser.parse_args().version
    try:
        notes = release(ROOT, version, f"{datetime.now(UTC):%Y-%m-%d}")
    except ValueError as error:
        print(f"release: {error}", file=sys.stderr)
        return 2
    print(f"{notes}: what to publish; commit the changes, and tag the commit v{version}")
    return 0


def release(root: Path, version: str, day: str) -> Path:
    """Release the changes of a checkout on a day (EEJJ-MM-DD); returns the path of the notes.

    Raises ValueError if there are no changes, or if the version is not above the last one.
    """
    changelog, project = root / "CHANGELOG.md", root / "pyproject.toml"
    changes, settings = changelog.read_text("utf-8"), project.read_text("utf-8")
    last = _VERSION.findall(settings)[0]
    is_first = f"\n## {last} - " not in changes
    if _order(version) < _order(last) or (_order(version) == _order(last) and not is_first):
        raise ValueError(f"{version} is not above {last}")
    dated = f"## {version} - {day}\n"
    done = changes.replace(UNRELEASED, f"{UNRELEASED}\n{dated}", 1)
    text = section(done, version)
    notes = root / "dist" / "notes.md"
    notes.parent.mkdir(exist_ok=True)
    notes.write_text(f"# ikeur {version} ({day})\n\n{text}\n", "utf-8")
    changelog.write_text(done, "utf-8")
    project.write_text(_VERSION.sub(f'version = "{version}"', settings), "utf-8")
    return notes


def section(changes: str, version: str) -> str:
    """The changes of a version; raises ValueError if there are none."""
    _, _, after = changes.partition(f"\n## {version} - ")
    text = after.partition("\n")[2].partition("\n## ")[0].strip()
    if not text:
        raise ValueError("no changes to release")
    return text


def _order(version: str) -> tuple[int, ...]:
    """The numbers of a version, to compare it by; raises ValueError if it has no three."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version, re.ASCII):
        raise ValueError(f"{version} is not a version such as 0.2.0")
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    sys.exit(main())
