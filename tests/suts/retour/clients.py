"""Responders that give the wrong clients back, or give them back changed."""

from __future__ import annotations

from tests.suts.retour.tools import Pair, faithful, knows_not, spoilt

loses_clients_with_a_wrong_bsn = knows_not("CS002")
loses_clients_that_are_too_old = knows_not("TR002")


def _sent(pair: Pair) -> list[str]:
    return [client.get(_bsn(pair)) for client in pair.heen.children]


def _bsn(pair: Pair) -> str:
    return "BSN" if pair.release == "2.0" else "Bsn"


@spoilt
def gives_every_client_back(pair: Pair) -> None:
    """Gives clients without a fault back too."""
    back = {client.get(_bsn(pair)): client for client in pair.clients}
    pair.clients[:] = [
        back.get(client.get(_bsn(pair))) or pair.back(client) for client in pair.heen.children
    ]


@spoilt
def gives_nobody_back(pair: Pair) -> None:
    """Gives no client back."""
    pair.clients.clear()


@spoilt
def gives_the_first_client_back_only(pair: Pair) -> None:
    """Gives the first client with a fault back, and no other."""
    del pair.clients[1:]


@spoilt
def gives_another_client_back(pair: Pair) -> None:
    """Gives a client without a fault back in place of one with."""
    back = [client.get(_bsn(pair)) for client in pair.clients]
    other = next((c for c in pair.heen.children if c.get(_bsn(pair)) not in back), None)
    if len(back) == 1 and other:
        pair.clients[:] = [pair.back(other)]


@spoilt
def gives_a_client_back_twice(pair: Pair) -> None:
    """Gives the last client with a fault back twice."""
    if pair.release == "2.1":
        pair.clients.extend(pair.clients[-1:])


@spoilt
def gives_clients_back_beside_a_header_with_a_fault(pair: Pair) -> None:
    """Gives the clients back although the header is rejected."""
    if pair.codes(pair.retour) not in ([], ["0200"]) and pair.release == "2.1":
        client = pair.back(pair.heen.children[0])
        for line in client.children:
            for kind in ("GemeenteBerekendBedrag", "ToegekendBedrag"):
                line.values[f"ToegekendeBedragPrestatie/{kind}/Bedrag"] = "0"
                line.values[f"ToegekendeBedragPrestatie/{kind}/DebetCredit"] = "D"
            pair.put_codes(line, "0233")
        pair.clients.append(client)


@spoilt
def gives_products_with_a_fault_back_only(pair: Pair) -> None:
    """Leaves out the products of a client that have no fault."""
    for client in pair.clients:
        faulty = [item for item in client.children if pair.codes(item) not in (["0200"], ["0233"])]
        client.children[:] = faulty or client.children


@spoilt
def reverses_products(pair: Pair) -> None:
    """Gives the products of a client back in another order."""
    if pair.release == "2.1":
        for client in pair.clients:
            client.children.reverse()


@spoilt
def mends_the_fault(pair: Pair) -> None:
    """Gives a product back with the end that it should have had."""
    for node in pair.details:
        if node.record == "06" and "9018" in pair.codes(node):
            pair.put(node, "EINDDATUM", pair.get(node, "BEGINDATUM LEVERING"))


@spoilt
def loses_initials(pair: Pair) -> None:
    """Gives clients back without their initials."""
    for client in pair.clients:
        pair.drop(client, "VOORLETTERS")


@spoilt
def loses_comments(pair: Pair) -> None:
    """Gives clients back without the comments on them."""
    text = "VRIJE TEKST" if pair.release == "2.0" else "Commentaar"
    for client in pair.clients:
        client.values.pop(text, None)


@spoilt
def writes_names_in_capitals(pair: Pair) -> None:
    """Gives names back in capitals."""
    for client in pair.clients:
        pair.put(client, "NAAM", pair.get(client, "NAAM").upper())


@spoilt
def adds_a_product(pair: Pair) -> None:
    """Gives the last product of a client back twice."""
    if pair.release == "2.1":
        for client in pair.clients:
            client.children.append(client.children[-1])


def numbers_records_from_1(data: bytes, source: str, target: str) -> bytes:
    """Numbers the records of the answer anew."""
    from schemas.ei import write as ei_write

    answer = faithful(data, source, target)
    pair = Pair(data, answer, source)
    return ei_write.write(pair.terms.retour, pair.retour) if source == "2.0" else answer


def counts_the_records_of_the_message(data: bytes, source: str, target: str) -> bytes:
    """Copies the counts of the last record with the rest of it."""
    answer = faithful(data, source, target)
    if source != "2.0":
        return answer
    last = answer.split(b"\r\n")[-2]
    sent = data.split(b"\r\n")[-2]
    return answer.replace(last, sent[:8] + last[8:])
