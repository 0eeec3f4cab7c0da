"""Converters that read some notation wrongly; `notation_faults.toml` tells of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps

from lxml import etree

from harness.reference.converter import convert as faithful
from schemas.errors import Refused

Convert = Callable[[bytes, str, str], bytes]
Read = Callable[[bytes], bytes]
_PREFIXES = re.compile(rb"<([\w.-]+):Bericht")
_LEAF = re.compile(rb"<([\w:]+)>[^<]+</\1>")


def reads_21(misread: Read) -> Convert:
    """A converter that is faithful to what it took a 2.1 message for."""

    @wraps(misread)
    def convert(data: bytes, source: str, target: str) -> bytes:
        return faithful(misread(data) if source == "2.1" else data, source, target)

    return convert


def reads_20(misread: Read) -> Convert:
    """A converter that is faithful to what it took a 2.0 message for."""

    @wraps(misread)
    def convert(data: bytes, source: str, target: str) -> bytes:
        return faithful(misread(data) if source == "2.0" else data, source, target)

    return convert


def _refuse(why: str) -> Refused:
    return Refused("NO-MESSAGE", why)


@reads_21
def finds_elements_by_usual_prefix(data: bytes) -> bytes:
    """Looks for `wmo305:Bericht` and `iwmo:`, whatever these prefixes stand for."""
    found = _PREFIXES.search(data)
    usual = found and re.fullmatch(rb"(wmo|jw)3\d\d", found[1])
    if not usual or not re.search(rb"<(iwmo|ijw):", data):
        raise _refuse("no Bericht")
    return data


@reads_21
def takes_namespaces_of_the_root_alone(data: bytes) -> bytes:
    """Knows no namespace that is declared on an element below the root."""
    if data.count(b" xmlns") > data[: data.index(b">", data.index(b"Bericht"))].count(b" xmlns"):
        raise _refuse("an undeclared namespace")
    return data


@reads_21
def expects_a_prefix_for_the_base_schema(data: bytes) -> bytes:
    """Looks up the prefix of the base schema, and stops where it is the default."""
    if re.search(rb' xmlns="[^"]*basisschema', data):
        raise _refuse("the base schema has no prefix")
    return data


@reads_21
def knows_one_prefix_per_namespace(data: bytes) -> bytes:
    """Keeps the last prefix of a namespace only."""
    root = data[data.index(b"<", data.index(b"?>") if b"?>" in data else 0) :].partition(b">")[0]
    spaces = re.findall(rb' xmlns:?\w*="([^"]*)"', root)
    if len(spaces) > len({*spaces}):
        raise _refuse("an element with an unknown prefix")
    return data


@reads_21
def reads_one_element_per_line(data: bytes) -> bytes:
    """Reads line by line, and of each line one value."""
    if any(len(_LEAF.findall(line)) > 1 for line in data.splitlines()):
        raise _refuse("a line that is too long")
    return data


@reads_21
def finds_tags_by_a_plain_pattern(data: bytes) -> bytes:
    """Finds only tags that have nothing but a name."""
    if re.search(rb"</?[\w:]+\s+>", data):
        raise _refuse("a tag that is not closed")
    return data


@reads_21
def ignores_cdata(data: bytes) -> bytes:
    """Takes no CDATA section for text."""
    return re.sub(rb"<!\[CDATA\[.*?\]\]>", b"", data, flags=re.DOTALL)


@reads_21
def takes_cdata_for_the_whole_value(data: bytes) -> bytes:
    """Forgets the text before a CDATA section with something in it."""
    return re.sub(rb">[^<>]+<!\[CDATA\[\]\]>(?=<!\[CDATA\[)", b">", data)


def _first_text(data: bytes, kind: object) -> bytes:
    root = etree.fromstring(data)
    for item in list(root.iter(kind)):  # type: ignore[call-overload]
        parent = item.getparent()
        if parent is not None and len(parent) == 1 and (parent.text or "").strip():
            parent.remove(item)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@reads_21
def drops_text_after_a_comment(data: bytes) -> bytes:
    """Takes the first piece of text of an element, up to a comment."""
    return _first_text(data, etree.Comment)


@reads_21
def drops_text_after_an_instruction(data: bytes) -> bytes:
    """Takes the first piece of text of an element, up to a processing instruction."""
    return _first_text(data, etree.PI)


@reads_21
def finds_values_in_comments(data: bytes) -> bytes:
    """Takes the first BSN of the text for that of the first client, in a comment too."""
    found = re.findall(rb"<(?:\w+:)?Bsn>(\d{9})<", data)
    clients = re.findall(rb"<(?:\w+:)?Bsn>(\d{9})<", re.sub(rb"<!--.*?-->", b"", data))
    if not clients:
        return data
    return data.replace(b"Bsn>" + clients[0], b"Bsn>" + found[0])


@reads_21
def knows_named_characters_only(data: bytes) -> bytes:
    """Copies numbered characters as they are written."""
    return data.replace(b"&#", b"&amp;#")


@reads_21
def knows_no_hexadecimal_characters(data: bytes) -> bytes:
    """Copies characters that are numbered in hexadecimal as they are written."""
    return data.replace(b"&#x", b"&amp;#x")


@reads_21
def asks_for_a_declaration(data: bytes) -> bytes:
    """Takes a message without a declaration for no XML."""
    if not data.startswith(b"<?xml"):
        raise _refuse("no XML")
    return data


@reads_21
def asks_for_double_quotes(data: bytes) -> bytes:
    """Looks for the encoding between double quotes, where there is a declaration."""
    if data.startswith(b"<?xml") and b"='" in data.partition(b"?>")[0]:
        raise _refuse("no encoding")
    return data


@reads_21
def compares_the_encoding_to_the_letter(data: bytes) -> bytes:
    """Reads what is not declared as UTF-8 in capitals as ISO 8859-1."""
    declared = re.match(rb"<\?xml[^>]*>", data)
    if declared and b"UTF-8" in declared[0]:
        return data
    return data.decode("iso-8859-1").encode("utf-8")


@reads_21
def finds_the_encoding_by_an_equals_sign(data: bytes) -> bytes:
    """Looks for `encoding=`, and stops where it stands apart."""
    if b"encoding =" in data.partition(b"?>")[0]:
        raise _refuse("a declaration that it cannot read")
    return data


@reads_21
def reads_64_kb(data: bytes) -> bytes:
    """Reads the first 64 kB of a message."""
    return data[: 64 * 1024]


@reads_21
def accepts_no_attributes(data: bytes) -> bytes:
    """Refuses attributes, that which names the schema too."""
    if b"schemaLocation" in data:
        raise _refuse("an attribute")
    return data


@reads_21
def expects_the_root_first(data: bytes) -> bytes:
    """Takes the first tag behind the declaration for the root."""
    if re.match(rb"(?:<\?xml[^>]*\?>)?+\s*<[?!]", data):
        raise _refuse("no root element")
    return data


@reads_21
def cuts_categories_to_two_digits(data: bytes) -> bytes:
    """Takes the first two characters of a category, zeros in front included."""
    return re.sub(rb"(Categorie>)(\d\d)\d+<", rb"\1\2<", data)


@reads_21
def takes_digits_alone_for_a_number(data: bytes) -> bytes:
    """Refuses numbers with a sign."""
    if re.search(rb">\+\d+<", data):
        raise _refuse("no number")
    return data


@reads_21
def cuts_dates_by_position(data: bytes) -> bytes:
    """Cuts dates to pieces without looking for space around them."""
    if re.search(rb">\s+\d{4}-\d\d-\d\d\s*<", data):
        raise _refuse("no date")
    return data


@reads_21
def writes_line_ends_as_it_reads_them(data: bytes) -> bytes:
    """Takes the CR of a line end of the XML for a text where none may stand."""
    if b"\r\n" in data:
        raise _refuse("a text between elements")
    return data


@reads_20
def splits_records_at_cr_lf_only(data: bytes) -> bytes:
    """Takes LF alone for a character of a record."""
    if b"\n" in data.replace(b"\r\n", b""):
        raise _refuse("a record that is too long")
    return data


@reads_20
def reads_records_up_to_a_line_end(data: bytes) -> bytes:
    """Does not see the last record where no line end follows it."""
    return data[: data.rindex(b"\n") + 1]


@reads_20
def cuts_the_last_two_bytes_off(data: bytes) -> bytes:
    """Cuts two bytes off the end, whatever they are."""
    return data[:-2] + b"\r\n"
