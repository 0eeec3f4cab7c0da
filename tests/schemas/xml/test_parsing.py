"""From bytes to XML: what is no clean UTF-8 XML is told so, and nothing outside it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.message import parse_xml as xml_parse
from schemas.message.fault import XmlAddress
from schemas.xml import read as xml_read
from schemas.xml import write as xml_write
from tests.schemas.xml_edit import changed, golden, places, said

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _doctype(subset: str, use: str = "Hooft") -> bytes:
    text = changed(">Hooft<", f">{use}<")
    return text.replace(DECLARATION, f"{DECLARATION}<!DOCTYPE Bericht [{subset}]>", 1).encode()


def _laughs() -> str:
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)]
    return "".join(lines)


def _declared(encoding: str) -> str:
    return golden().replace("UTF-8", encoding, 1)


# The bytes, and the one code they must get; all of these faults have the document as their path.
BYTES = {
    "a text that is no XML": (b"014180200", "XML-SYNTAX"),
    "an element that does not end": (golden().encode()[:-10], "XML-SYNTAX"),
    "text behind the root": (golden().encode() + b"x", "XML-SYNTAX"),
    "two messages in one file": (
        golden().encode() + golden().partition("\n")[2].encode(),
        "XML-SYNTAX",
    ),
    "an undefined entity": (changed(">Hooft<", ">&hooft;<").encode(), "XML-SYNTAX"),
    "a NUL": (changed(">Hooft<", ">Ho\0ft<").encode(), "XML-SYNTAX"),
    "a character that XML lacks": (changed(">Hooft<", ">Ho&#1;ft<").encode(), "XML-SYNTAX"),
    "a byte order mark": (b"\xef\xbb\xbf" + golden().encode(), "XML-BOM"),
    "UTF-16, declared": (_declared("UTF-16").encode("utf-16"), "XML-ENCODING"),
    "UTF-16, declared as UTF-8": (golden().encode("utf-16"), "XML-ENCODING"),
    "UTF-16, not declared": (golden().removeprefix(DECLARATION).encode("utf-16"), "XML-ENCODING"),
    "ISO 8859-1, declared": (_declared("ISO-8859-1").encode("iso-8859-1"), "XML-ENCODING"),
    "ISO 8859-1, declared, in bytes of UTF-8": (_declared("ISO-8859-1").encode(), "XML-ENCODING"),
    "ISO 8859-1, declared as UTF-8": (golden().encode("iso-8859-1"), "XML-SYNTAX"),
    "an encoding that does not exist": (_declared("UTF-99").encode(), "XML-SYNTAX"),
    "a document type": (_doctype(""), "XML-DOCTYPE"),
    "an entity of its own": (_doctype('<!ENTITY a "Hooft">', "&a;"), "XML-DOCTYPE"),
    "a document type that nothing uses": (_doctype('<!ENTITY a "Hooft">'), "XML-DOCTYPE"),
    "a billion laughs": (_doctype(_laughs(), "&a11;"), "XML-SYNTAX"),
    "a million elements within each other": (b"<a>" * 330_000, "XML-SYNTAX"),
    "300 elements within each other": (b"<a>" * 300 + b"</a>" * 300, "XML-SYNTAX"),
    "an attribute of 20 million characters": (
        changed("<wmo305:Header>", f'<wmo305:Header x="{"a" * 20_000_000}">').encode(),
        "XML-SYNTAX",
    ),
}


@pytest.mark.parametrize("what", BYTES)
def test_bytes_that_are_no_clean_xml_get_their_code(what: str) -> None:
    data, code = BYTES[what]
    assert places(xml_read.read(data)) == [(code, "/")]


@pytest.mark.parametrize("data", [b"", b" ", b"\r\n\t \n"])
def test_a_file_without_text_is_empty(data: bytes) -> None:
    (fault,) = xml_read.read(data).faults
    assert fault.code == "XML-EMPTY"


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "Utf-8"])
def test_the_name_of_utf_8_may_be_in_letters_of_any_case(encoding: str) -> None:
    assert xml_read.read(_declared(encoding).encode()).faults == []


def test_the_declaration_may_be_absent() -> None:
    assert xml_read.read(golden().removeprefix(DECLARATION).encode()).faults == []


def test_a_syntax_fault_tells_its_line() -> None:
    text = golden().replace("</iwmo:Voorletters>", "</iwmo:Voorletter>", 1)
    line = text[: text.index("</iwmo:Voorletter>")].count("\n") + 1
    (fault,) = xml_read.read(text.encode()).faults
    assert (fault.code, fault.xml) == ("XML-SYNTAX", XmlAddress("/", line))


@pytest.mark.parametrize(
    "subset", ['<!ENTITY a SYSTEM "{uri}">', '<!ENTITY % b SYSTEM "{uri}"> %b; <!ENTITY a "x">']
)
def test_a_file_that_an_entity_names_is_not_read(tmp_path: Path, subset: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text('<!ENTITY c "SECRET">SECRET', encoding="utf-8")
    reading = xml_read.read(_doctype(subset.format(uri=secret.as_uri()), "&a;"))
    assert [fault.code for fault in reading.faults] == ["XML-DOCTYPE"]
    assert reading.root is None
    assert "SECRET" not in repr(reading.faults)


def test_a_schema_that_the_message_names_is_not_read(tmp_path: Path) -> None:
    instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    space = "http://www.istandaarden.nl/iwmo/2_1/wmo305/schema/2_1"
    any_schema = tmp_path / "any.xsd"
    any_schema.write_text("<no schema", encoding="utf-8")
    start = f'<wmo305:Bericht {instance} xsi:schemaLocation="{space} {any_schema.as_uri()}" '
    data = changed("<wmo305:Bericht ", start).replace("Geslacht>1<", "Geslacht>7<", 1)
    found = places(xml_read.read(data.encode()))
    assert found == [("XML-VALUE", "/Bericht/Clienten/Client[1]/Geslacht")]


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = golden().encode()
    monkeypatch.setattr(xml_parse, "MOST_BYTES", len(data))
    assert xml_read.read(data).faults == []
    monkeypatch.setattr(xml_parse, "MOST_BYTES", len(data) - 1)
    reading = xml_read.read(data)
    assert [fault.code for fault in reading.faults] == ["XML-SIZE"]
    assert reading.root is None


# What a document may have anywhere, and what says nothing of its own.
SAME = {
    "a comment within a text": (">Hooft<", ">Ho<!-- of -->oft<"),
    "an instruction within a text": (">Hooft<", ">Ho<?of of?>oft<"),
    "a section of characters": (">Hooft<", "><![CDATA[Hooft]]><"),
    "a character by its number": (">Hooft<", ">H&#111;oft<"),
    "a prefix of another name": ("", ""),
    "no blanks between the elements": ("", ""),
    "CR LF behind the lines": ("", ""),
}


@pytest.mark.parametrize("what", SAME)
def test_prefixes_blanks_and_comments_do_not_matter(what: str) -> None:
    old, new = SAME[what]
    text = golden().replace(old, new, 1) if old else golden()
    if "prefix" in what:
        text = text.replace("wmo305:", "x:").replace(":wmo305", ":x").replace("iwmo:", "iw-mo.1:")
        text = text.replace(":iwmo=", ":iw-mo.1=")
    if "no blanks" in what:
        text = "".join(line.strip() for line in text.splitlines()).replace(
            "Bericht xm", "Bericht  xm"
        )
    if "CR LF" in what:
        text = text.replace("\n", "\r\n")
    assert text != golden()
    reading = xml_read.read(text.encode())
    assert reading.faults == []
    assert reading.message
    assert reading.root
    assert said(xml_write.write(reading.message, reading.root)) == said(golden().encode())


def test_the_namespace_of_the_message_may_be_the_one_without_a_prefix() -> None:
    text = golden().replace("<wmo305:", "<").replace("</wmo305:", "</")
    text = text.replace("xmlns:wmo305=", "xmlns=")
    reading = xml_read.read(text.encode())
    assert reading.faults == []
    assert reading.message
    assert reading.root
    assert said(xml_write.write(reading.message, reading.root)) == said(golden().encode())
