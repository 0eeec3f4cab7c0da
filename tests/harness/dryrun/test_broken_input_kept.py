"""Cases with broken input stand in a bundle, and are judged again from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.dryrun import profiles
from harness.suites.broken.as_it_stands import is_broken
from harness.suites.registry import parse
from tests.harness.dryrun.forge import results
from tests.harness.dryrun.small import Door
from tests.paths import SUTS

# The first broken input of a type comes behind the twentieth message.
_PROFILES = (
    "profile,suites,count,kept_one_in,sweep,what_en,what_nl\n"
    'quick,"convert,roundtrip",24,1,no,all,alles\n'
)


@pytest.fixture
def longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The door with a profile of more messages."""
    (tmp_path / "profiles.csv").write_text(_PROFILES, encoding="utf-8")
    monkeypatch.setattr(profiles, "FOLDER", tmp_path)
    monkeypatch.chdir(SUTS)
    profiles.profiles.cache_clear()
    door = Door(tmp_path)
    (tmp_path / "claims.toml").write_text('[sut]\nmessages = ["WMO307"]\n', encoding="utf-8")
    yield door
    profiles.profiles.cache_clear()


def test_what_is_found_in_broken_input_is_found_again_in_the_bundle(longer: Door) -> None:
    bundle = longer.dryrun("broken.zip", "--python=tests.suts.repairs:sorts_periods")
    red = {case["id"] for case in results(bundle)["cases"] if case["verdict"] == "fail"}
    kinds = {parse(name).suite for name in red if is_broken(parse(name))}
    done = longer("verify", bundle)
    assert {"convert", "roundtrip"} <= kinds
    assert done.exit_code == 0, done.output
    assert "the bundle is valid" in done.output
