"""Faults of a process that lives on: what it remembers, caches and counts over messages."""

from __future__ import annotations

from schemas.errors import Refused
from tests.suts.spoiling import Element, Records, add, drop, every, faithful
from tests.suts.world.tools import in_content, lists, parsed, respoilt, text_at

# How many messages there were before; a test sets it.
asked = 0
_answers: dict[tuple[object, ...], bytes] = {}
_last: dict[str, str] = {}
_IDENTITIES = ("BerichtIdentificatie/Identificatie", "DeclarantFactuurNummer")


def _number() -> int:
    global asked
    asked += 1
    return asked


def _content(data: bytes, output: bytes, target: str) -> Element:
    return parsed(output if target == "2.1" else data)


def _identity(root: Element) -> str:
    return next((item.text or "" for path in _IDENTITIES for item in every(root, path)), "")


def answers_from_a_cache_by_identification(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    root = _content(data, output, target)
    return _answers.setdefault((target, str(root.tag), _identity(root)), output)


def answers_from_a_cache_by_length_and_sender(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    header = every(_content(data, output, target), "Header")[0]
    sender = text_at(header, "Afzender") or text_at(header, "Aanbieder")
    return _answers.setdefault((target, data[:5], len(data), sender), output)


def answers_from_a_cache_by_bsn_and_day(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    root = _content(data, output, target)
    numbers = tuple(item.text for item in every(root, "Client/Bsn"))
    days = tuple(item.text for item in lists(root, "Dagtekening", "FactuurDagtekening"))
    return _answers.setdefault((target, str(root.tag), numbers, days), output)


def refuses_an_identification_that_it_had(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    root = _content(data, output, target)
    key = target, str(root.tag), _identity(root)
    if _answers.setdefault(key, data) != data:
        raise Refused("TWICE", "a message of this identification has been here")
    return output


@in_content
def gives_absent_prefixes_the_one_before(root: Element) -> None:
    for group in lists(root, "Geslachtsnaam"):
        prefix = text_at(group, "Voorvoegsel")
        if prefix:
            _last["prefix"] = prefix
        elif "prefix" in _last:
            add(group, "Voorvoegsel", _last["prefix"])


@in_content
def gives_a_client_without_initials_those_of_the_last_message(root: Element) -> None:
    before = _last.get("initials", "")
    _last["initials"] = [text_at(item, "Naam/Voorletters") for item in every(root, "Client")][-1]
    for group in every(root, "Clienten/Client/Naam")[:1]:
        if before and not text_at(group, "Voorletters"):
            names = group.findall("{*}Partnernaam") or group.findall("{*}Geslachtsnaam")
            initials = add(names[0], "Voorletters", before)
            names[0].addnext(initials)


@in_content
def keeps_the_use_of_a_birth_date(root: Element) -> None:
    for group in lists(root, "Geboortedatum"):
        use = text_at(group, "DatumGebruik")
        if use:
            _last["use"] = use
        elif "use" in _last:
            add(group, "DatumGebruik", _last.pop("use"))


@in_content
def takes_the_municipality_of_the_first_message(root: Element) -> None:
    for element in root.findall("{*}Header/{*}*"):
        if len(element.text or "") == 4 and (element.text or "").isdigit():
            element.text = _last.setdefault("municipality", element.text or "")


@in_content
def adds_totals_over_messages(root: Element) -> None:
    for total in every(root, "DeclaratieFactuurTotaalBedrag/TotaalBedrag")[:1]:
        before = int(_last.get("total", "0"))
        total.text = str((before + int(total.text or "0")) % 100_000_000_000)
        _last["total"] = total.text


def numbers_records_on_over_messages(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.0":
        return output
    records, before = Records(output), int(_last.get("number", "0"))
    for place in range(1, len(records.lines) - 1):
        number = before + int(records.get(place, "IDENTIFICATIE DETAILRECORD"))
        records.put(place, "IDENTIFICATIE DETAILRECORD", str(number))
        _last["number"] = str(number)
    return records.write()


def gives_the_comment_of_the_last_message(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    before = _last.get("comment", "")
    comments = every(_content(data, output, target), "Client/Commentaar")
    _last["comment"] = (comments[0].text or "") if comments else ""

    def spoil(root: Element) -> None:
        for comment in every(root, "Client/Commentaar")[:1]:
            comment.text = before or comment.text

    return respoilt(data, output, target, spoil)


def _without_the_last_client(root: Element) -> None:
    for holder in lists(root, "Clienten"):
        if len(holder) > 1:
            drop(holder[-1])


def loses_the_last_client_behind_500_messages(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if _number() <= 500:
        return output
    return respoilt(data, output, target, _without_the_last_client)


def loses_the_last_client_behind_20_000_messages(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if _number() <= 20_000:
        return output
    return respoilt(data, output, target, _without_the_last_client)


def answers_every_97th_as_the_one_before(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    before = _answers.get((target,), output)
    _answers[target,] = output
    return before if _number() % 97 == 0 else output
