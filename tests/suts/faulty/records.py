"""Faults in what belongs together: records and classes lost, doubled, moved, in another order."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

from tests.suts.spoiling import Element, Records, drop, every, in_both, in_ei, in_xml


@in_xml
def loses_last_client(root: Element) -> None:
    clients = every(root, "Clienten/Client")
    if len(clients) > 1:
        drop(clients[-1])


@in_xml
def keeps_first_client(root: Element) -> None:
    for client in every(root, "Clienten/Client")[1:]:
        drop(client)


@in_xml
def doubles_last_client(root: Element) -> None:
    client = every(root, "Clienten/Client")[-1]
    client.addnext(deepcopy(client))


@in_xml
def doubles_first_of_more_clients(root: Element) -> None:
    clients = every(root, "Clienten/Client")
    if len(clients) > 1:
        clients[0].addnext(deepcopy(clients[0]))


@in_xml
def puts_last_client_first(root: Element) -> None:
    clients = every(root, "Clienten/Client")
    if len(clients) > 1:
        clients[0].addprevious(clients[-1])


def _lose_last_product(records: Records) -> None:
    places = records.of("07")
    if len(places) > 1 and records.lines[places[-1] - 1][:2] == "07":
        del records.lines[places[-1]]
        records.count_again()


@in_both(_lose_last_product)
def loses_last_product(root: Element) -> None:
    for products in every(root, "Client/StartProducten"):
        if len(products) > 1:
            drop(products[-1])


@in_ei
def doubles_last_product_back(records: Records) -> None:
    last = records.of("07")[-1]
    records.lines.insert(last, records.lines[last])
    records.count_again()


@in_xml
def gives_product_to_next_client(root: Element) -> None:
    holders = every(root, "Client/StartProducten")
    for holder, following in pairwise(holders):
        if len(holder) > 1:
            following.append(holder[-1])
            return


@in_xml
def gives_address_of_client_to_next_client(root: Element) -> None:
    holders = every(root, "Client/Contactgegevens")
    for holder, following in pairwise(holders):
        if len(holder) > 1:
            following.append(holder[-1])
            return


@in_xml
def exchanges_addresses_of_clients(root: Element) -> None:
    holders = every(root, "Client/Contactgegevens")
    if len(holders) > 1:
        one, other = list(holders[0]), list(holders[1])
        holders[0][:], holders[1][:] = other, one


@in_xml
def gives_address_of_relatie_to_client(root: Element) -> None:
    for contact in every(root, "Relatie/Contact"):
        client = next(contact.iterancestors("{*}Client"))
        client.findall("{*}Contactgegevens")[0].append(contact)


@in_ei
def gives_every_address_to_the_client(records: Records) -> None:
    for place in records.of("04"):
        records.put(place, "RELATIENUMMER", "")


@in_ei
def strips_relatie_number_of_addresses(records: Records) -> None:
    for place in records.of("04"):
        number = records.get(place, "RELATIENUMMER").strip()
        records.put(place, "RELATIENUMMER", number.lstrip("0"))


@in_xml
def loses_relaties(root: Element) -> None:
    for relaties in every(root, "Client/Relaties"):
        drop(relaties)


@in_xml
def puts_scores_at_first_limitation(root: Element) -> None:
    for limitations in every(root, "Beschikking/Beperkingen"):
        kept = limitations.findall("{*}Beperking/{*}BeperkingScores")
        for scores in kept[1:]:
            kept[0].extend(list(scores))
            drop(scores)


@in_xml
def doubles_initials(root: Element) -> None:
    for element in every(root, "Client/Naam/Voorletters"):
        element.addnext(deepcopy(element))
