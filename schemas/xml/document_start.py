"""Cuts a large 2.1 document off once it has more faults than are reported.

The parser builds a path for each error, in time that grows with the preceding siblings, so only the
start of a document with very many errors can be validated.
"""

from __future__ import annotations

from lxml import etree

from schemas.message.parse_xml import SAFE

_PIECE = 16 * 1024


def start_of(data: bytes, schema: etree.XMLSchema, name: str, errors: int) -> etree._Element | None:
    """Return the root of a document cut off after a number of errors, or None if it has fewer.

    `name` is the qualified name of the root. The elements open at that point are incomplete.
    """
    parser = etree.XMLPullParser(events=("start",), tag=name, schema=schema, **SAFE)
    root: etree._Element | None = None
    for place in range(0, len(data), _PIECE):
        try:
            parser.feed(data[place : place + _PIECE])
        except etree.XMLSyntaxError:
            return None
        for _, element in parser.read_events():
            if root is None:
                root = element
        if len(parser.feed_error_log) >= errors:
            return root
    return None
