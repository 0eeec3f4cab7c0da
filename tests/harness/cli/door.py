"""What the tests of the command line share: what a command answered, and what a folder holds."""

from __future__ import annotations

import json
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.paths import ROOT

PROGRAM = Path(sysconfig.get_path("scripts")) / "ikeur"
HELPERS = Path(__file__).parent / "helpers"
XSDS = ROOT / "schemas" / "xsd"
PASS, RED, USAGE, BROKEN = 0, 1, 2, 3
# Typed by hand: the message types that are converted, and the two that stay EI.
CONVERTED = [
    f"{standard}{number}"
    for standard in ("WMO", "JW")
    for number in (301, 302, 303, 304, 305, 306, 307, 308, 315, 316)
]
STAYS_EI = ["JW321", "JW322"]


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: bytes
    err: bytes

    @property
    def said(self) -> str:
        """What it said on stdout."""
        return self.out.decode()

    @property
    def told(self) -> str:
        """What it said on stderr."""
        return self.err.decode()

    @property
    def json(self) -> Any:
        """What it said on stdout, as JSON."""
        return json.loads(self.out)


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that stands in a folder: the bytes of each file, None for a folder."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }


def results(folder: Path) -> Any:
    """The results of a run, as its reports tell them."""
    return json.loads((folder / "results.json").read_text(encoding="utf-8"))
