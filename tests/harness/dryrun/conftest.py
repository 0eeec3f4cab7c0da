"""Small dry-runs, which stand for the large ones: their bundles are made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.dryrun import keys, profiles
from tests.harness.dryrun.small import Door, small_profiles
from tests.paths import SUTS


@pytest.fixture(scope="session")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """The door, in a folder in which the bundles of all tests lie."""
    with pytest.MonkeyPatch.context() as patch:
        small_profiles(tmp_path_factory.mktemp("profiles"), patch)
        patch.chdir(SUTS)
        yield Door(tmp_path_factory.mktemp("dryrun"))
    profiles.profiles.cache_clear()


@pytest.fixture(scope="session")
def key(door: Door) -> Path:
    """A private key, with the public one beside it."""
    path = door.folder / "vendor.pem"
    keys.make(path)
    return path


@pytest.fixture(scope="session")
def good(door: Door) -> Path:
    """An unsigned bundle of software that is right."""
    return door.dryrun("good.zip")


@pytest.fixture(scope="session")
def red(door: Door) -> Path:
    """An unsigned bundle of software that loses initials."""
    return door.dryrun("red.zip", "--python=tests.suts.faulty:loses_initials")


@pytest.fixture(scope="session")
def signed(door: Door, key: Path) -> Path:
    """A signed bundle of software that loses initials."""
    return door.dryrun("signed.zip", "--python=tests.suts.faulty:loses_initials", "--key", key)


@pytest.fixture(scope="session")
def sampled(door: Door) -> Path:
    """A bundle of a profile that keeps some of what passes."""
    words = ("--python=tests.suts.faulty:loses_initials", "--profile=certification")
    return door.dryrun("sampled.zip", *words)
