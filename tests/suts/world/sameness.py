"""Faults that show where clients, relaties or addresses are alike."""

from __future__ import annotations

from copy import deepcopy

from tests.suts.spoiling import Element, drop, every
from tests.suts.world.tools import PRODUCTS, content, in_content, keep_once, lists, name, text_at

_NAME, _PREFIX, _INITIALS = (
    "Naam/Geslachtsnaam/Naam",
    "Naam/Geslachtsnaam/Voorvoegsel",
    "Naam/Voorletters",
)
_BSN, _BIRTH, _SEX = "Bsn", "Geboortedatum/Datum", "Geslacht"
_PERSON = (_BSN, _BIRTH, _SEX, _NAME, _PREFIX, _INITIALS)


def _merge_clients(root: Element, *parts: str) -> None:
    """Give the products of a client to the one before it that has the same parts."""
    known: dict[tuple[str, ...], Element] = {}
    for client in every(root, "Clienten/Client"):
        first = known.setdefault(tuple(text_at(client, part) for part in parts), client)
        if first is client:
            continue
        for holder in lists(client, *PRODUCTS):
            lists(first, name(holder))[0].extend(list(holder))
        drop(client)


def _but(part: str) -> tuple[str, ...]:
    return tuple(item for item in _PERSON if item != part)


@in_content
def takes_clients_of_one_bsn_for_one(root: Element) -> None:
    _merge_clients(root, _BSN)


@in_content
def takes_twins_for_one(root: Element) -> None:
    _merge_clients(root, _NAME, _BIRTH)


@in_content
def tells_clients_apart_without_their_bsn(root: Element) -> None:
    _merge_clients(root, *_but(_BSN))


@in_content
def tells_clients_apart_without_their_birth(root: Element) -> None:
    _merge_clients(root, *_but(_BIRTH))


@in_content
def tells_clients_apart_without_their_sex(root: Element) -> None:
    _merge_clients(root, *_but(_SEX))


@in_content
def tells_clients_apart_without_their_name(root: Element) -> None:
    _merge_clients(root, *_but(_NAME))


@in_content
def tells_clients_apart_without_their_prefix(root: Element) -> None:
    _merge_clients(root, *_but(_PREFIX))


@in_content
def tells_clients_apart_without_their_initials(root: Element) -> None:
    _merge_clients(root, *_but(_INITIALS))


@in_content
def writes_equal_clients_once(root: Element) -> None:
    for holder in lists(root, "Clienten"):
        keep_once(holder, content)


@in_content
def looks_names_up_by_bsn(root: Element) -> None:
    names: dict[str, Element] = {}
    for client in every(root, "Clienten/Client"):
        own = client.findall("{*}Naam")[0]
        first = names.setdefault(text_at(client, _BSN), own)
        if first is not own:
            client.replace(own, deepcopy(first))


@in_content
def writes_equal_addresses_once(root: Element) -> None:
    for holder in lists(root, "Contactgegevens"):
        keep_once(holder, lambda contact: content(contact, "Soort"))


@in_content
def keeps_one_address_of_a_kind(root: Element) -> None:
    for holder in lists(root, "Contactgegevens"):
        keep_once(holder, lambda contact: text_at(contact, "Soort"))


@in_content
def tells_addresses_apart_without_their_addition(root: Element) -> None:
    for holder in lists(root, "Contactgegevens"):
        keep_once(holder, lambda item: content(item, "Huisletter", "HuisnummerToevoeging", "Soort"))


@in_content
def finds_addresses_of_relaties_by_name(root: Element) -> None:
    for relaties in lists(root, "Relaties"):
        by_name = {text_at(item, _NAME): item.findall("{*}Contact")[0] for item in relaties}
        for item in relaties:
            own = item.findall("{*}Contact")[0]
            item.replace(own, deepcopy(by_name[text_at(item, _NAME)]))
