"""The start of a large 2.1 document, as far as there are more faults in it than are told.

The parser makes a path for each error, which takes the longer the more siblings stand before it:
of a document with very many errors no more than a start may be judged by its schema.
"""

from __future__ import annotations

from lxml import etree

from schemas.message.parse_xml import SAFE

_PIECE = 16 * 1024


def start_of(data: bytes, schema: etree.XMLSchema, name: str, errors: int) -> etree._Element | None:
    """The root, of a name, of a document of which all behind so many errors is left out.

    The elements that are open there lack their end. None where there are fewer errors.
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
