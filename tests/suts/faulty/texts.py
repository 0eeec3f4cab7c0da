"""Faults in letters, spaces and comments."""

from __future__ import annotations

import unicodedata

from tests.suts.spoiling import (
    Element,
    Records,
    every,
    faithful,
    in_bytes,
    in_ei,
    in_xml,
    input_21,
    rewrite,
    swap,
)


@in_xml
def writes_names_in_capitals(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", str.upper)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@in_xml
def loses_accents(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", _without_accents)


@in_ei
def writes_question_marks_for_accents(records: Records) -> None:
    for place in records.of("02"):
        name = records.get(place, "NAAM")
        records.put(place, "NAAM", name.encode("ascii", "replace").decode())


@in_xml
def doubles_apostrophes(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", lambda name: name.replace("'", "''"))


@in_xml
def leaves_spaces_behind_names(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", lambda name: name.ljust(25))


@in_bytes("2.1")
def writes_ampersands_bare(output: bytes) -> bytes:
    return output.replace(b"&amp;", b"&")


@in_xml
def escapes_twice(root: Element) -> None:
    rewrite(root, "Contact/Organisatie", lambda text: text.replace("&", "&amp;"))


def _lines(text: str) -> list[str]:
    return [text[start : start + 140] for start in range(0, len(text), 140)]


@in_xml
def joins_comment_lines_with_a_space(root: Element) -> None:
    rewrite(root, "Client/Commentaar", lambda text: " ".join(_lines(text)))


@in_xml
def strips_comment_lines(root: Element) -> None:
    rewrite(root, "Client/Commentaar", lambda text: "".join(map(str.strip, _lines(text))))


@in_xml
def keeps_first_comment_line(root: Element) -> None:
    rewrite(root, "Client/Commentaar", lambda text: _lines(text)[0].rstrip())


@in_xml
def exchanges_comments_of_client_and_decision(root: Element) -> None:
    for client in every(root, "Clienten/Client"):
        own = client.findall("{*}Commentaar")
        of_decision = client.findall("{*}Beschikking/{*}Commentaar")
        if own and of_decision:
            swap(own[0], of_decision[0])


@in_ei
def numbers_comment_lines_from_0(records: Records) -> None:
    for place in records.of("98"):
        number = int(records.get(place, "REGELNUMMER VRIJE TEKST"))
        records.put(place, "REGELNUMMER VRIJE TEKST", str(number - 1))


@in_ei
def puts_every_comment_on_record_1(records: Records) -> None:
    for place in records.of("98"):
        records.put(place, "IDENTIFICATIE DETAILRECORD", "1")


@in_ei
def moves_comments_to_the_end(records: Records) -> None:
    comments = [line for line in records.lines if line[:2] == "98"]
    others = [line for line in records.lines if line[:2] != "98"]
    records.lines = [*others[:-1], *comments, others[-1]]


@in_ei
def pads_names_by_bytes(records: Records) -> None:
    for place in records.of("02"):
        name = records.get(place, "NAAM").rstrip().encode()[:25]
        records.put(place, "NAAM", name.decode("iso-8859-1"))


@in_bytes("2.0")
def writes_utf8_in_ei(output: bytes) -> bytes:
    return output.decode("iso-8859-1").encode("utf-8")


def _with_full_names(data: bytes, output: bytes) -> Records:
    """The records, each client with the whole of a name that is longer than its field."""
    records = Records(output)
    names = every(input_21(data), "Client/Naam/Geslachtsnaam/Naam")
    for place, name in zip(records.of("02"), names, strict=True):
        if len(name.text or "") > 25:
            records.put(place, "NAAM", name.text or "")
    return records


def writes_overlong_names(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    return output if target != "2.0" else _with_full_names(data, output).write()


def shifts_behind_overlong_names(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target != "2.0":
        return output
    records = _with_full_names(data, output)
    length = records.message.record_length
    records.lines = [line[:length] for line in records.lines]
    return records.write()


@in_xml
def writes_accents_apart(root: Element) -> None:
    rewrite(root, "Client/Naam/Geslachtsnaam/Naam", lambda name: unicodedata.normalize("NFD", name))


@in_ei
def writes_names_to_the_right(records: Records) -> None:
    for place in records.of("02"):
        records.put(place, "NAAM", records.get(place, "NAAM").rstrip().rjust(25))


@in_ei
def writes_tabs_for_spaces(records: Records) -> None:
    for place in records.of("02"):
        records.put(place, "NAAM", records.get(place, "NAAM").rstrip().replace(" ", "\t"))
