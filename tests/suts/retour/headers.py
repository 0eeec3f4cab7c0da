"""Responders that answer in the wrong release, with the wrong type, or with a wrong header."""

from __future__ import annotations

import re

from tests.suts.retour.tools import Pair, convert, day_before, faithful, spoilt, spoilt_bytes

_OWN, _SENT = "IDENTIFICATIE RETOURBERICHT", "IDENTIFICATIE BERICHT"
_OWN_DAY, _SENT_DAY = "DAGTEKENING RETOURBERICHT", "DAGTEKENING HEENBERICHT"


def answers_in_the_other_release(data: bytes, source: str, target: str) -> bytes:
    """Answers 2.0 in 2.1 and 2.1 in 2.0."""
    return convert(faithful(data, source, target), source, "2.0" if source == "2.1" else "2.1")


def answers_in_21_only(data: bytes, source: str, target: str) -> bytes:
    """Answers everything in 2.1, as after the switch."""
    answer = faithful(data, source, target)
    return answer if source == "2.1" else convert(answer, source, "2.1")


def answers_in_20_only(data: bytes, source: str, target: str) -> bytes:
    """Answers everything in 2.0, as before the switch."""
    answer = faithful(data, source, target)
    return answer if source == "2.0" else convert(answer, source, "2.0")


@spoilt_bytes("2.0")
def writes_the_version_of_21_in_records(answer: bytes) -> bytes:
    """Writes version 2.1 in the records of 2.0."""
    return answer[:5] + b"0201" + answer[9:]


def gives_back_what_it_got(data: bytes, source: str, target: str) -> bytes:
    """Answers with the message itself."""
    return data


@spoilt_bytes("2.1")
def writes_the_code_of_the_heen(answer: bytes) -> bytes:
    """Copies the message code with the rest of the header."""
    return re.sub(rb"(BerichtCode>)419<", rb"\g<1>418<", answer)


@spoilt
def answers_invoices_as_declarations(pair: Pair) -> None:
    """Writes the code of the answer to a declaration for the answer to an invoice."""
    code = pair.get(pair.retour, "CODE EXTERNE-INTEGRATIEBERICHT")
    codes = {"449": "417", "451": "433"}
    pair.put(pair.retour, "CODE EXTERNE-INTEGRATIEBERICHT", codes.get(code, code))


@spoilt_bytes("2.1")
def swaps_sender_and_receiver(answer: bytes) -> bytes:
    """Swaps sender and receiver, as the answer goes the other way."""
    found = re.search(rb"Afzender>(\d+)<.*?Ontvanger>(\d+)<", answer, re.DOTALL)
    assert found
    sender, receiver = found.groups()
    answer = answer.replace(b"Afzender>" + sender, b"Afzender>" + receiver)
    return answer.replace(b"Ontvanger>" + receiver, b"Ontvanger>" + sender)


@spoilt
def writes_its_own_identification_twice(pair: Pair) -> None:
    """Writes its own identification where that of the message belongs."""
    pair.put(pair.retour, _SENT, pair.get(pair.retour, _OWN))


@spoilt
def swaps_identifications(pair: Pair) -> None:
    """Swaps its own identification and that of the message."""
    own, sent = pair.get(pair.retour, _OWN), pair.get(pair.retour, _SENT)
    pair.put(pair.retour, _OWN, sent)
    pair.put(pair.retour, _SENT, own)


@spoilt
def writes_its_own_day_for_that_of_the_message(pair: Pair) -> None:
    """Writes the day of the answer, the first of a month, as that of the message."""
    day = "2017-07-01" if pair.release == "2.1" else "20170701"
    pair.put(pair.retour, _SENT_DAY, day)
    pair.put(pair.retour, _OWN_DAY, day)


@spoilt
def dates_the_answer_before_the_message(pair: Pair) -> None:
    """Is a day early."""
    pair.put(pair.retour, _OWN_DAY, day_before(pair.get(pair.retour, _OWN_DAY)))


@spoilt
def loses_the_service_bureau(pair: Pair) -> None:
    """Does not repeat the service bureau."""
    pair.drop(pair.retour, "CODE SERVICEBUREAU")


@spoilt
def writes_its_own_number_for_that_of_the_declaration(pair: Pair) -> None:
    """Writes a number of its own where that of the declaration belongs."""
    pair.put(pair.retour, "FACTUURNUMMER DECLARANT", "ANTWOORD1")


def refuses_what_has_a_fault(data: bytes, source: str, target: str) -> bytes:
    """Refuses a message that breaks a rule, in place of answering it."""
    from schemas.errors import Refused

    answer = faithful(data, source, target)
    if Pair(data, answer, source).clients:
        raise Refused("RETOUR", "a client has a fault")
    return answer


def fails_on_what_has_a_fault(data: bytes, source: str, target: str) -> bytes:
    """Raises an error on a message that breaks a rule."""
    answer = faithful(data, source, target)
    if Pair(data, answer, source).clients:
        raise ValueError("a client has a fault")
    return answer


def gives_nothing(data: bytes, source: str, target: str) -> bytes:
    """Says that it answered and gives nothing."""
    return b""
