"""2.1 messages that attack their reader, or use another encoding."""

from __future__ import annotations

import codecs

from lxml import etree

from generators.values.draw import Draw
from harness.cases.specimen import Specimen
from harness.suites.refuse.damage.damage import Damaged, Kind, of_bytes
from harness.suites.refuse.damage.xml_documents import document, elements, is_text, serialized
from schemas.message.byte_order import UTF_8

_LEVELS, _TIMES = 8, 10
# Expanding it takes some hundreds of megabytes: enough to show, too little to do harm.
_BOMB = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * _TIMES}">' for level in range(1, _LEVELS))
_DEPTH = 20_000
_LONG = 1_000_000
# Present on most machines: software that reads it has read a file it was not sent.
_OUTSIDE = "file:///etc/hosts"
_PLACE = "HIER"


def _texts(specimen: Specimen, root: etree._Element) -> list[etree._Element]:
    return [item for item, known in elements(specimen.message, root) if is_text(known)]


def _with_text(specimen: Specimen, draw: Draw, text: str) -> etree._Element | None:
    """Replace the text of one element."""
    root = document(specimen)
    texts = _texts(specimen, root)
    if not texts:
        return None
    draw.pick(texts).text = text
    return root


def _with_doctype(data: bytes, declared: str) -> bytes:
    head, _, rest = data.partition(b"?>")
    return head + b"?>\n<!DOCTYPE Bericht [" + declared.encode() + b"]>" + rest


def _with_entity(declared: str, name: str) -> Kind:
    def make(specimen: Specimen, draw: Draw) -> Damaged | None:
        root = _with_text(specimen, draw, _PLACE)
        if root is None:
            return None
        data = serialized(root).replace(f">{_PLACE}<".encode(), f">&{name};<".encode())
        return Damaged(_with_doctype(data, declared))

    return Kind(make)


def _deep(specimen: Specimen, _draw: Draw) -> Damaged:
    root = document(specimen)
    name = str(root.prefix)
    inside = f"<{name}:Clienten>" * _DEPTH + f"</{name}:Clienten>" * _DEPTH
    end = f"</{name}:Bericht>".encode()
    return Damaged(specimen.plain["2.1"].replace(end, inside.encode() + end))


def _huge_attribute(specimen: Specimen, draw: Draw) -> Damaged:
    root = document(specimen)
    item, _ = draw.pick(elements(specimen.message, root))
    item.set("herkomst", _PLACE)
    return Damaged(serialized(root).replace(f'"{_PLACE}"'.encode(), b'"%s"' % (b"x" * _LONG)))


def _many_attributes(specimen: Specimen, draw: Draw) -> Damaged:
    root = document(specimen)
    item, _ = draw.pick(elements(specimen.message, root))
    item.set(_PLACE, "")
    attributes = " ".join(f'a{number}=""' for number in range(_DEPTH))
    return Damaged(serialized(root).replace(f'{_PLACE}=""'.encode(), attributes.encode()))


def _declared(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Encode the message in ISO 8859-1, and declare it."""
    root = _with_text(specimen, draw, "Zoë")
    if root is None:
        return None
    return Damaged(etree.tostring(root, xml_declaration=True, encoding="ISO-8859-1"))


def _not_as_declared(specimen: Specimen, draw: Draw) -> Damaged | None:
    """Put an ISO 8859-1 character in a message that declares UTF-8."""
    root = _with_text(specimen, draw, _PLACE)
    if root is None:
        return None
    return Damaged(serialized(root).replace(_PLACE.encode(), b"Zo\xeb"))


def _in_utf_16(data: bytes, draw: Draw) -> bytes:
    """Encode the message in UTF-16 with a byte order mark, with or without a declaration."""
    text = data.decode().replace("UTF-8", "UTF-16", 1)
    if draw.chance(0.5):
        text = text.partition("?>")[2].lstrip()
    # Fixed byte order: the same bytes on every machine.
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def _nul(data: bytes, draw: Draw) -> bytes:
    at = draw.between(data.index(b"?>") + 2, len(data) - 1)
    return data[:at] + b"\0" + data[at:]


KINDS: dict[str, Kind] = {
    "document-type": of_bytes(lambda data, _draw: _with_doctype(data, ""), "2.1"),
    "entity": _with_entity('<!ENTITY e "Jansen">', "e"),
    "entity-bomb": _with_entity(f'<!ENTITY e0 "{"x" * _TIMES}">{_BOMB}', f"e{_LEVELS - 1}"),
    "external-entity": _with_entity(f'<!ENTITY e SYSTEM "{_OUTSIDE}">', "e"),
    "deep-nesting": Kind(_deep),
    "huge-attribute": Kind(_huge_attribute),
    "many-attributes": Kind(_many_attributes),
    "other-encoding": Kind(_declared),
    "lying-encoding": Kind(_not_as_declared),
    "utf-16": of_bytes(_in_utf_16, "2.1"),
    "byte-order-mark": of_bytes(lambda data, _draw: UTF_8 + data, "2.1"),
    "nul-byte": of_bytes(_nul, "2.1"),
}
