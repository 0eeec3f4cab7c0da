"""The place of a finding in a layout: its anchor, and the command that shows it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

import pytest

from reports.events.events import Finding
from reports.layout import addresses
from schemas.message.fault import EiAddress, XmlAddress
from tests.paths import ROOT

# Typed from the table of WMO305.
PLACE = EiAddress(3, "07", "BEGINDATUM LEVERING", 72, 79)
PATH = "/Bericht/Clienten/Client[1]/StartProducten/StartProduct[2]/Begindatum"
COMMAND = "ikeur layout WMO305 --release 2.0 --record 07"


@pytest.fixture
def like(make_finding: Callable[..., Finding]) -> Finding:
    return make_finding("c-0", message="WMO305", ei=PLACE)


PLACES = [
    (PLACE, None, COMMAND, "WMO305-2.0-07-BEGINDATUM-LEVERING"),
    (
        PLACE,
        XmlAddress(PATH, 9),
        "ikeur layout WMO305 --record 07",
        "WMO305-2.0-07-BEGINDATUM-LEVERING",
    ),
    (
        None,
        XmlAddress(PATH, 9),
        "ikeur layout WMO305 --release 2.1 --record 07",
        "WMO305-2.1-Clienten/Client/StartProducten/StartProduct/Begindatum",
    ),
    # What the layout does not have leads to what it has around it.
    (
        None,
        XmlAddress("/Bericht/Header/Onbekend"),
        "ikeur layout WMO305 --release 2.1 --record 01",
        "WMO305-2.1-Header",
    ),
    (None, XmlAddress("/Anders"), "ikeur layout WMO305 --release 2.1", "WMO305"),
    (EiAddress(4, "88", "X"), None, "ikeur layout WMO305 --release 2.0", "WMO305"),
    (EiAddress(4), None, "ikeur layout WMO305 --release 2.0", "WMO305"),
    (None, None, "", ""),
]


@pytest.mark.parametrize(("ei", "xml", "command", "anchor"), PLACES)
def test_an_address_leads_to_what_the_layout_has(
    like: Finding, ei: EiAddress | None, xml: XmlAddress | None, command: str, anchor: str
) -> None:
    found = replace(like, ei=ei, xml=xml)
    assert addresses.command_for(found) == command
    assert addresses.link(found) == (anchor if command else "")


def test_a_type_that_stays_ei_has_no_release_to_choose(like: Finding) -> None:
    found = replace(like, message="JW321", ei=None, xml=XmlAddress("/Bericht"))
    assert addresses.command_for(found) == "ikeur layout JW321"
    assert addresses.command_for(replace(found, message="WMO999")) == ""


def test_reserved_columns_are_told_apart(like: Finding) -> None:
    # Two reserved fields of record 02 of WMO302, typed from its table.
    with (ROOT / "schemas/tables/ei20/WMO302.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if (row["record"], row["field"]) == ("02", "RESERVE")
        ]
    assert len(rows) == 2
    found = [
        addresses.link(
            replace(like, message="WMO302", ei=EiAddress(2, "02", "RESERVE", int(row["start"])))
        )
        for row in rows
    ]
    assert found == [f"WMO302-2.0-02-RESERVE-{row['start']}" for row in rows]


def test_a_foreign_path_in_a_finding_stays_within_its_link(like: Finding) -> None:
    hostile = XmlAddress('/Bericht/Header/"><script>alert(1)</script>')
    assert unquote(addresses.link(replace(like, ei=None, xml=hostile))) == "WMO305-2.1-Header"
    assert "script" not in addresses.command_for(replace(like, ei=None, xml=hostile))
