"""Small dry-runs, which stand for the large ones: their bundles are made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from harness.dryrun import keys
from reports.layout import build, html
from reports.run import layout as layout_report
from reports.shared.texts import Texts, texts
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from tests.harness.dryrun.small import Door, small_profiles
from tests.paths import SUTS


@pytest.fixture(scope="package", autouse=True)
def _beside_the_software(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Small profiles, and the software in the current folder, for these tests and no others."""
    folder = tmp_path_factory.mktemp("profiles")
    with pytest.MonkeyPatch.context() as patch, small_profiles(folder):
        patch.chdir(SUTS)
        yield


@cache
def _page(names: tuple[str, ...], version: str, lang: str) -> list[str]:
    t = texts(lang)
    items = [build.layout(catalogue().one(name), build.Wanted(), t) for name in names]
    return ["".join(html.page(items, version, t))]


@pytest.fixture(scope="package", autouse=True)
def _layouts_made_once() -> Iterator[None]:
    """`layout.html` depends on the types, the version and the language alone: one page for each."""

    def named(message: MessageType, wanted: build.Wanted, t: Texts) -> str:
        return message.name

    def page(names: Sequence[str], version: str, t: Texts) -> list[str]:
        return _page(tuple(names), version, t.lang)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layout_report, "layout", named)
        patch.setattr(layout_report, "page", page)
        yield


@pytest.fixture(scope="package")
def door(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """The door, in a folder in which the bundles of all tests lie."""
    return Door(tmp_path_factory.mktemp("dryrun"))


@pytest.fixture(scope="package")
def key(door: Door) -> Path:
    """A private key, with the public one beside it."""
    path = door.folder / "vendor.pem"
    keys.make(path)
    return path


@pytest.fixture(scope="package")
def good(door: Door) -> Path:
    """An unsigned bundle of software that is right."""
    return door.dryrun("good.zip")


@pytest.fixture(scope="package")
def red(door: Door) -> Path:
    """An unsigned bundle of software that loses initials."""
    return door.dryrun("red.zip", "--python=tests.suts.faulty:loses_initials")


@pytest.fixture(scope="package")
def signed(door: Door, key: Path) -> Path:
    """A signed bundle of software that loses initials."""
    return door.dryrun("signed.zip", "--python=tests.suts.faulty:loses_initials", "--key", key)


@pytest.fixture(scope="package")
def sampled(door: Door) -> Path:
    """A bundle of a profile that keeps some of what passes."""
    words = ("--python=tests.suts.faulty:loses_initials", "--profile=certification")
    return door.dryrun("sampled.zip", *words)
