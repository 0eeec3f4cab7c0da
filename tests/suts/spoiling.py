"""What the faulty converters are made of: the faithful one, and ways to spoil what it writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps

from lxml import etree

Convert = Callable[[bytes, str, str], bytes]
Element = etree._Element


# Faulty converters that others spoil the output of, the innermost first.
_below: list[Convert] = []


def faithful(data: bytes, source: str, target: str) -> bytes:
    """The faithful converter, loaded when it is first used: `ikeur run` loads this module twice.

    Below a converter of `combined` it is the next faulty one.
    """
    from harness.reference.converter import convert

    if not _below:
        return convert(data, source, target)
    inner = _below.pop()
    try:
        return inner(data, source, target)
    finally:
        _below.append(inner)


def combined(converters: Sequence[Convert]) -> Convert:
    """A converter with the faults of several, of which each spoils what the next one writes."""
    outer, *inner = converters

    def convert(data: bytes, source: str, target: str) -> bytes:
        _below.extend(reversed(inner))
        try:
            return outer(data, source, target)
        finally:
            _below.clear()

    return convert


class Records:
    """The records of a 2.0 message as lines of text, with their fields by name."""

    def __init__(self, data: bytes) -> None:
        from schemas.facts.catalogue import catalogue

        text = data.decode("iso-8859-1").replace("\r\n", "\n")
        self.lines = text.removesuffix("\n").split("\n")
        self.message = catalogue().by_code[self.lines[0][2:5]]

    def of(self, *kinds: str) -> list[int]:
        """The places of the records of some kinds."""
        return [place for place, line in enumerate(self.lines) if line[:2] in kinds]

    def get(self, place: int, name: str) -> str:
        """What a field holds, with its zeros or spaces."""
        field = self.message.field(self.lines[place][:2], name)
        return self.lines[place][field.start - 1 : field.end]

    def put(self, place: int, name: str, value: str) -> None:
        """Write a field: numbers to the right, texts to the left."""
        line = self.lines[place]
        field = self.message.field(line[:2], name)
        value = value.zfill(field.length) if field.is_number else value.ljust(field.length)
        self.lines[place] = line[: field.start - 1] + value + line[field.end :]

    def count_again(self) -> None:
        """Number the detail records from 1 and write the counts, as after a change of records."""
        counts: Counter[str] = Counter()
        number = 0
        for place, line in enumerate(self.lines[1:-1], 1):
            number += line[:2] != "98"
            self.put(place, "IDENTIFICATIE DETAILRECORD", str(number))
            counts[line[:2]] += 1
        for field in self.message.records["99"].fields:
            if field.rule.role == "count":
                kind = field.rule.argument
                count = counts.total() if kind == "*" else counts[kind]
                self.put(len(self.lines) - 1, field.name, str(count))

    def write(self) -> bytes:
        """The message as bytes."""
        return "".join(f"{line}\r\n" for line in self.lines).encode("iso-8859-1")


def in_xml(spoil: Callable[[Element], None]) -> Convert:
    """A converter that spoils the elements of the 2.1 that it writes."""

    @wraps(spoil)
    def convert(data: bytes, source: str, target: str) -> bytes:
        output = faithful(data, source, target)
        return _spoilt_xml(output, spoil) if target == "2.1" else output

    return convert


def in_ei(spoil: Callable[[Records], None]) -> Convert:
    """A converter that spoils the records of the 2.0 that it writes."""

    @wraps(spoil)
    def convert(data: bytes, source: str, target: str) -> bytes:
        output = faithful(data, source, target)
        return _spoilt_ei(output, spoil) if target == "2.0" else output

    return convert


def in_both(spoil_ei: Callable[[Records], None]) -> Callable[[Callable[[Element], None]], Convert]:
    """A converter that spoils what it writes for either release."""

    def decorate(spoil_xml: Callable[[Element], None]) -> Convert:
        @wraps(spoil_xml)
        def convert(data: bytes, source: str, target: str) -> bytes:
            output = faithful(data, source, target)
            if target == "2.1":
                return _spoilt_xml(output, spoil_xml)
            return _spoilt_ei(output, spoil_ei)

        return convert

    return decorate


def input_21(data: bytes) -> Element:
    """The root of a 2.1 message in whatever notation, without comments and the like in its values.

    Raises lxml.etree.XMLSyntaxError.
    """
    return etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))


def _spoilt_xml(output: bytes, spoil: Callable[[Element], None]) -> bytes:
    root = etree.fromstring(output)
    spoil(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _spoilt_ei(output: bytes, spoil: Callable[[Records], None]) -> bytes:
    records = Records(output)
    spoil(records)
    return records.write()


def in_bytes(target: str) -> Callable[[Callable[[bytes], bytes]], Convert]:
    """A converter that spoils the bytes that it writes for one release."""

    def decorate(spoil: Callable[[bytes], bytes]) -> Convert:
        @wraps(spoil)
        def convert(data: bytes, source: str, asked: str) -> bytes:
            output = faithful(data, source, asked)
            return spoil(output) if asked == target else output

        return convert

    return decorate


def every(root: Element, path: str) -> list[Element]:
    """The elements at the end of a path of names, wherever it starts."""
    return root.findall(".//" + "/".join(f"{{*}}{name}" for name in path.split("/")))


def drop(element: Element) -> None:
    """Take an element out."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def add(parent: Element, name: str, text: str | None = None, *, base: bool = False) -> Element:
    """Add an element at the end; `base` for one of the base schema."""
    space = str(parent.tag).rpartition("}")[0] + "}"
    if base:
        standard = "ijw" if "/ijw/" in space else "iwmo"
        space = f"{{http://www.istandaarden.nl/{standard}/2_1/basisschema/schema/2_1}}"
    element = etree.SubElement(parent, space + name)
    element.text = text
    return element


def rewrite(root: Element, path: str, change: Callable[[str], str]) -> None:
    """Change the text of every element at the end of a path."""
    for element in every(root, path):
        element.text = change(element.text or "")


def swap(one: Element, other: Element) -> None:
    """Let two elements change places with their texts."""
    one.text, other.text = other.text, one.text
