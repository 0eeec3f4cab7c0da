"""Faults that show where clients, addresses and codes stand in no order."""

from __future__ import annotations

from bisect import bisect_left
from copy import deepcopy

from tests.suts.spoiling import Element, every
from tests.suts.world.tools import in_content, sort_all, text_at

_NAME, _BSN = "Naam/Geslachtsnaam/Naam", "Bsn"


@in_content
def finds_names_by_halving(root: Element) -> None:
    clients = every(root, "Clienten/Client")
    numbers = [text_at(client, _BSN) for client in clients]
    names = [client.findall("{*}Naam")[0] for client in clients]
    copies = [deepcopy(item) for item in names]
    for number, own in zip(numbers, names, strict=True):
        found = min(bisect_left(numbers, number), len(numbers) - 1)
        parent = own.getparent()
        assert parent is not None
        parent.replace(own, deepcopy(copies[found]))


@in_content
def sorts_clients_by_bsn(root: Element) -> None:
    sort_all(root, lambda client: text_at(client, _BSN), "Clienten")


@in_content
def sorts_clients_by_name(root: Element) -> None:
    sort_all(root, lambda client: text_at(client, _NAME), "Clienten")


@in_content
def sorts_return_codes(root: Element) -> None:
    sort_all(root, lambda code: code.text or "", "RetourCodes")


@in_content
def sorts_addresses_by_kind(root: Element) -> None:
    sort_all(root, lambda contact: text_at(contact, "Soort"), "Contactgegevens")


@in_content
def sorts_relaties_by_rank(root: Element) -> None:
    sort_all(root, lambda relatie: text_at(relatie, "Volgorde").zfill(2), "Relaties")


@in_content
def sorts_limitations_by_category(root: Element) -> None:
    sort_all(root, lambda limitation: text_at(limitation, "Beperking"), "Beperkingen")
