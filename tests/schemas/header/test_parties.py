"""The parties of a message stand in its header, in each release; read from golden messages."""

from __future__ import annotations

import pytest

from schemas.facts.catalogue import catalogue
from schemas.header.parties import parties
from schemas.releases.read_write import read
from tests.paths import GOLDEN

# Typed from the golden messages.
PARTIES = {
    "WMO301": ["0384", "98025566"],
    "WMO302": ["0384", "98025566"],
    "WMO303": ["0150", "98765432"],
    "WMO304": ["0150", "98765432"],
    "JW305": ["0014", "98765432"],
    "JW321": ["0599", "06290712"],
    "JW322": ["0599", "06290712"],
}


@pytest.mark.parametrize("name", PARTIES)
@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_the_gemeente_and_the_aanbieder_are_found(name: str, release: str) -> None:
    path = GOLDEN / f"{name}.{'ei' if release == '2.0' else 'xml'}"
    if not path.exists():
        assert catalogue().one(name).root is None
        return
    reading = read(path.read_bytes(), release)
    assert reading.message is not None
    assert reading.root is not None
    assert sorted(parties(reading.message, release, reading.root)) == sorted(PARTIES[name])
