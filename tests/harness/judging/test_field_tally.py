"""How each field fared is counted for each message type, suite and direction."""

from __future__ import annotations

from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.field_tally import FieldTally, label
from harness.judging.tree_diff import Difference
from reports.events.events import FieldsCounted
from schemas.facts.catalogue import catalogue

NAME = "02 NAAM"


def tallied(route: tuple[str, str], *differences: Difference) -> tuple[FieldsCounted, int]:
    specimen = Specimen(catalogue().one("WMO305"), 1, 0)
    tally = FieldTally()
    tally.add(Case("convert", "WMO305", route, 1, 0), specimen, list(differences))
    (event,) = tally.events()
    clients = sum(node.record == "02" for node in specimen.content.walk())
    return event, clients


def test_a_field_is_called_by_its_record_and_name_in_2_0_in_both_directions() -> None:
    assert label("WMO305", "02", "NAAM") == NAME
    assert label("WMO305", "02", "Naam/Geslachtsnaam/Naam") == NAME


def test_an_element_that_2_0_lacks_is_called_by_its_path() -> None:
    assert label("WMO305", "02", "Naam/Voornamen") == "02 Naam/Voornamen (2.1)"


def test_each_client_keeps_a_name_when_nothing_differs() -> None:
    event, clients = tallied(("2.0", "2.1"))
    assert event.fields[NAME] == {"kept": clients}


def test_a_changed_name_is_no_longer_kept() -> None:
    chain = (("02", 0),)
    key = "Naam/Geslachtsnaam/Naam"
    changed = Difference("FIELD-CHANGED", "02", key, "Bos", "Bus", chain, chain)
    event, clients = tallied(("2.0", "2.1"), changed)
    assert event.fields[NAME].get("kept", 0) == clients - 1
    assert event.fields[NAME]["changed"] == 1


def test_what_only_2_0_has_is_lost_by_mapping_on_the_way_to_2_1() -> None:
    event, clients = tallied(("2.0", "2.1"))
    assert event.fields["02 NAAMCODE"] == {"lost_by_mapping": clients}


def test_counts_are_forgotten_once_they_are_told() -> None:
    tally = FieldTally()
    assert list(tally.events()) == []
