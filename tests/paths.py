"""Where the checkout and the parts of it that tests look at stand."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GOLDEN = ROOT / "tests" / "golden"
SUTS = ROOT / "tests" / "suts"
