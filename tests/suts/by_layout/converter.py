"""The converter: the type of a message, and its conversion."""

from __future__ import annotations

from lxml import etree

from tests.suts.by_layout.shown import Refused, layout, types
from tests.suts.by_layout.to_20 import message_20
from tests.suts.by_layout.to_21 import message_21


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from one release to the other; raises Refused."""
    if source == "2.0":
        text = data.decode("iso-8859-1")
        (name,) = [row["message"] for row in types() if text[2:5] in row["codes"]]
        return message_21(layout(name), text).encode()
    root = etree.fromstring(data, etree.XMLParser(remove_comments=True, remove_pis=True))
    space = str(etree.QName(root).namespace)
    (name,) = [row["message"] for row in types() if f"/{row['message'].lower()}/" in space]
    if "/ijw/" in space:
        assert name.startswith("JW")
    try:
        return message_20(layout(name), root).encode("iso-8859-1")
    except UnicodeEncodeError:
        raise Refused("a character outside ISO 8859-1") from None
