"""Where official XSDs and the project's own differ, each difference is named, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.xml import xsd_diff
from tests.schemas.ei_edit import cases
from tests.schemas.xml.spec_packs import CHANGES, make, rewrite


def _differences(pack: Path) -> list[tuple[str, str, str, str, str]]:
    return [(d.kind, d.message, d.path, d.ours, d.theirs) for d in xsd_diff.diff(pack)]


MOVED = "the elements behind it are reported to stand in another order"
KNOWN = {"an element that is added": MOVED, "an element that is taken away": MOVED}


@pytest.mark.parametrize("what", cases(CHANGES, KNOWN))
def test_a_change_in_the_official_schema_is_the_one_difference(tmp_path: Path, what: str) -> None:
    file, old, new, expected = CHANGES[what]
    pack = make(tmp_path)
    rewrite(pack / file, old, new)
    assert _differences(pack) == expected


def test_a_change_in_a_shared_type_is_named_in_every_message_that_uses_it(tmp_path: Path) -> None:
    pack = make(tmp_path, "basisschema.xsd", "wmo305.xsd", "wmo307.xsd", "wmo301.xsd")
    rewrite(pack / "basisschema.xsd", '<xs:maxLength value="10"/>', '<xs:maxLength value="12"/>')
    found = _differences(pack)
    assert {difference[0] for difference in found} == {"facet max_length"}
    # The client's name has one surname in 305 and 307; in 301 it has a partner's too, and
    # relaties have both.
    named = [(message, path.rpartition("/Naam/")[2]) for _, message, path, *_ in found]
    assert sorted(named) == [
        ("WMO301", "Geslachtsnaam/Voorvoegsel"),
        ("WMO301", "Geslachtsnaam/Voorvoegsel"),
        ("WMO301", "Partnernaam/Voorvoegsel"),
        ("WMO301", "Partnernaam/Voorvoegsel"),
        ("WMO305", "Geslachtsnaam/Voorvoegsel"),
        ("WMO307", "Geslachtsnaam/Voorvoegsel"),
    ]


def test_the_same_schemas_have_no_difference(tmp_path: Path) -> None:
    pack = make(tmp_path, "basisschema.xsd", "wmo303.xsd", "wmo305.xsd", "wmo316.xsd")
    assert _differences(pack) == []
