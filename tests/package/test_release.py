"""A release dates the changes, sets the version, and makes its notes of both."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.package.release import UNRELEASED, release, section
from tests.paths import ROOT

DAY = "2026-12-24"
CHANGES = """\
# Changes

## Unreleased

### Added: a door
- It opens.

## 0.1.0 - 2026-11-30

- The first.
"""
PROJECT = '[project]\nname = "ikeur"\nversion = "0.1.0"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "CHANGELOG.md").write_text(CHANGES, "utf-8")
    (tmp_path / "pyproject.toml").write_text(PROJECT, "utf-8")
    return tmp_path


def test_the_changes_get_a_date_and_become_the_notes(checkout: Path) -> None:
    notes = release(checkout, "0.2.0", DAY)
    assert notes.read_text("utf-8") == (
        "# ikeur 0.2.0 (2026-12-24)\n\n### Added: a door\n- It opens.\n"
    )
    changes = (checkout / "CHANGELOG.md").read_text("utf-8")
    assert [line for line in changes.splitlines() if line.startswith("## ")] == [
        "## Unreleased", "## 0.2.0 - 2026-12-24", "## 0.1.0 - 2026-11-30",
    ]  # fmt: skip
    assert 'version = "0.2.0"\n' in (checkout / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "0.2", "v0.2.0", "0.2.0rc1"])
def test_a_version_that_is_none_or_not_above_the_last_is_refused(
    checkout: Path, version: str
) -> None:
    with pytest.raises(ValueError, match=version):
        release(checkout, version, DAY)
    assert (checkout / "CHANGELOG.md").read_text("utf-8") == CHANGES
    assert (checkout / "pyproject.toml").read_text("utf-8") == PROJECT


def test_nothing_is_released_twice(checkout: Path) -> None:
    release(checkout, "0.2.0", DAY)
    with pytest.raises(ValueError, match="no changes"):
        release(checkout, "0.3.0", DAY)


def test_a_first_release_may_have_the_version_that_stands(checkout: Path) -> None:
    first = CHANGES.partition("\n## 0.1.0")[0]
    (checkout / "CHANGELOG.md").write_text(first, "utf-8")
    assert "It opens." in release(checkout, "0.1.0", DAY).read_text("utf-8")


def test_this_checkout_can_be_released(checkout: Path) -> None:
    for name in ("CHANGELOG.md", "pyproject.toml"):
        (checkout / name).write_bytes((ROOT / name).read_bytes())
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert changes.count(UNRELEASED) == 1
    # Right behind a release there is nothing yet; the next change is the first of the next one.
    nothing = f"{UNRELEASED}\n## "
    filled = changes.replace(nothing, f"{UNRELEASED}\n- The next change.\n\n## ", 1)
    (checkout / "CHANGELOG.md").write_text(filled, "utf-8")
    told = release(checkout, "999.0.0", DAY).read_text("utf-8")
    first = filled.partition(UNRELEASED)[2].strip().partition("\n")[0]
    assert first in told


def test_the_version_of_this_checkout_has_its_dated_changes() -> None:
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)} - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE)
    assert section(changes, version).startswith("### ")
