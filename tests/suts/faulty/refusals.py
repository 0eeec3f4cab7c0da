"""Faults in what is refused and what is not."""

from __future__ import annotations

from lxml import etree

from schemas.errors import Refused
from tests.suts.spoiling import Records, every, faithful, input_21


class NoReason(Refused):
    """A refusal that says nothing."""

    def __str__(self) -> str:
        return ""


def converts_jw321(data: bytes, source: str, target: str) -> bytes:
    if data[2:5] in (b"434", b"435"):
        return b'<?xml version="1.0" encoding="UTF-8"?>\n<Bericht/>\n'
    return faithful(data, source, target)


def _is_whole(data: bytes) -> bool:
    """Whether a message has its end, in either release."""
    start = data.rstrip().rpartition(b"\n")[2]
    return start.startswith(b"99") or start.endswith(b":Bericht>")


def accepts_unknown_codes(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code == "EI-CODE" or "enumeration" in error.what:
            return data
        raise


def accepts_truncated_files(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused:
        if data.startswith((b"01", b"<?xml")) and not _is_whole(data):
            return data
        raise


def passes_on_the_other_release(data: bytes, source: str, target: str) -> bytes:
    if data.startswith(b"01" if target == "2.0" else b"<?xml"):
        return data
    return faithful(data, source, target)


def accepts_what_is_no_message(data: bytes, source: str, target: str) -> bytes:
    if not data.startswith((b"01", b"<?xml")):
        return data + b"\r\n"
    return faithful(data, source, target)


def refuses_without_a_reason(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        raise NoReason(error.code, error.what) from None


def fails_on_what_it_must_refuse(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        raise ValueError(error.what) from None


def gives_nothing_for_what_it_must_refuse(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused:
        return b""


def refuses_more_than_one_client(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    records = Records(data if source == "2.0" else output)
    if len(records.of("02")) > 1:
        raise Refused("TOO-MANY", "more than one client")
    return output


def gives_nothing(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    return b"" if target == "2.1" else output


def gives_a_text(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    return output.decode() if target == "2.1" else output  # type: ignore[return-value]


def answers_with_the_input(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    return data if target == "2.0" else output


def writes_question_marks_for_other_letters(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code != "OUT-CHARACTER":
            raise
    known = data.decode("utf-8").encode("iso-8859-1", "replace")
    return faithful(known.decode("iso-8859-1").encode("utf-8"), source, target)


def loses_fourth_return_code(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code != "OUT-REPEATED":
            raise
    root = input_21(data)
    for codes in root.findall(".//{*}RetourCodes"):
        del codes[3:]
    return faithful(etree.tostring(root), source, target)


def cuts_volumes_to_four_digits(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code != "OUT-VALUE" or target != "2.0":
            raise
    root = input_21(data)
    for volume in every(root, "IngediendeBedragPrestatie/GeleverdVolume"):
        volume.text = str(int(volume.text or "0") % 10_000)
    return faithful(etree.tostring(root), source, target)


def accepts_document_types(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code != "XML-DOCTYPE":
            raise
    return b"99\r\n"


def accepts_what_the_schema_does_not(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code not in ("XML-STRUCTURE", "XML-ATTRIBUTE"):
            raise
    return b"99\r\n"


def accepts_wrong_counts(data: bytes, source: str, target: str) -> bytes:
    try:
        return faithful(data, source, target)
    except Refused as error:
        if error.code != "EI-COUNT":
            raise
    records = Records(data)
    records.count_again()
    return faithful(records.write(), source, target)
