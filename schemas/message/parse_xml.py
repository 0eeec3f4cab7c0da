"""The only XML parser: no network, no entities, no document type, and bounded."""

from __future__ import annotations

import errno
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypedDict
from urllib.parse import unquote, urlsplit

from lxml import etree

from schemas import outside
from schemas.errors import UsageError
from schemas.message.byte_order import NO_MARK, UTF_8, UTF_16
from schemas.message.fault import Fault, XmlAddress

MOST_BYTES = 256 * 1024 * 1024
MOST_SCHEMA = 16 * 1024 * 1024
_ENCODING = "UTF-8"
# ASCII is a subset of UTF-8, and the parser rejects anything else in such a document.
_ENCODINGS = (_ENCODING, "US-ASCII", "ASCII")
_ROOT = "/"
# The number of bytes shown before and after a syntax error.
_BEFORE, _BEHIND = 24, 16
_MOST_SAID = 400
# The most files of a folder to look through for a name in other case.
_MOST_BESIDE = 10_000


@dataclass
class Parsed:
    """The root of an XML document (None if the bytes are not one), and the faults of the bytes."""

    root: etree._Element | None
    faults: list[Fault] = field(default_factory=list)


class _Safety(TypedDict):
    resolve_entities: bool
    no_network: bool
    load_dtd: bool
    dtd_validation: bool
    huge_tree: bool
    remove_comments: bool
    remove_pis: bool


SAFE = _Safety(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)
_PARSER = etree.XMLParser(**SAFE)
# The number of bytes fed at a time when only the start of a document is wanted.
_PIECE = 2048


def parse(data: bytes) -> Parsed:
    """Parse bytes as XML; never raises on bad input."""
    if not data.strip():
        return Parsed(None, [Fault("XML-EMPTY", "no text", "an XML document")])
    if len(data) > MOST_BYTES:
        return Parsed(None, [Fault("XML-SIZE", str(len(data)), f"at most {MOST_BYTES} bytes")])
    faults = []
    if data.startswith(UTF_8):
        faults.append(Fault("XML-BOM", "EF BB BF", NO_MARK, xml=XmlAddress(_ROOT, 1)))
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        return Parsed(None, [*faults, _not_well_formed(error, data)])
    return _judged(root, "UTF-16" if data.startswith(UTF_16) else "", faults)


def _not_well_formed(error: etree.XMLSyntaxError, data: bytes) -> Fault:
    line, column = error.position
    found, address = _around(data, line, column), XmlAddress(_ROOT, line or 1)
    said = shortened(error.msg or "")
    return Fault("XML-SYNTAX", found, "well-formed XML", xml=address, said=said)


def shortened(words: str) -> str:
    """Return a parser message on one line, truncated: it may quote values of any length."""
    line = " ".join(words[: _MOST_SAID * 2].split())
    return line if len(line) <= _MOST_SAID else f"{line[:_MOST_SAID]} ..."


def _around(data: bytes, line: int, column: int) -> str:
    """Return the text around a position on its line, or `the end`."""
    start = 0
    for _ in range(line - 1):
        start = data.find(b"\n", start) + 1 or len(data)
    end = data.find(b"\n", start)
    place = start + max(column - 1, 0)
    first = max(start, place - _BEFORE)
    last = min(end if end >= 0 else len(data), place + _BEHIND)
    found = data[first:last]
    if data.startswith(UTF_16):
        found = found.replace(b"\0", b"")
    return found.decode("utf-8", "replace").strip() or "the end"


def _judged(root: etree._Element, marked: str, faults: list[Fault]) -> Parsed:
    """Return the document with its faults, or none if it has a document type.

    `marked` is the encoding that its byte order mark implies.
    """
    info = root.getroottree().docinfo
    if info.doctype or info.internalDTD is not None:
        address = XmlAddress(_ROOT, 1)
        faults.append(Fault("XML-DOCTYPE", info.doctype, "no document type", xml=address))
        return Parsed(None, faults)
    encoding = marked or info.encoding or _ENCODING
    if encoding.upper() not in _ENCODINGS:
        address = XmlAddress(_ROOT, 1)
        faults.append(Fault("XML-ENCODING", encoding, _ENCODING, xml=address))
    return Parsed(root, faults)


def parse_start(data: bytes, child: str) -> tuple[Parsed, etree._Element | None]:
    """Parse a document up to the end of one child of the root, given by local name.

    `data` need not contain more. Returns the document and that child, or None for a child that does
    not end; what follows it is ignored. Never raises on bad input.
    """
    parser = etree.XMLPullParser(events=("start", "end"), **SAFE)
    root: etree._Element | None = None
    found, wrong = None, None
    for place in range(0, len(data), _PIECE):
        try:
            parser.feed(data[place : place + _PIECE])
        except etree.XMLSyntaxError as error:
            wrong = error
        for event, element in parser.read_events():
            if root is None:
                root = element
            elif event == "end" and element.getparent() is root and local_name(element) == child:
                found = element
                break
        if found is not None or wrong:
            break
    if wrong and found is None:
        return Parsed(None, [_not_well_formed(wrong, data)]), None
    if root is None:
        return Parsed(None, [Fault("XML-EMPTY", "no element", "an XML document")]), None
    parsed = _judged(root, "", [])
    return parsed, found if parsed.root is not None else None


class _Beside(etree.Resolver):
    """Resolves schema imports to local files."""

    def resolve(self, url: str | None, _: str | None, context: Any) -> Any:
        data = outside.read(file_of(url or ""), MOST_SCHEMA)
        return self.resolve_string(data, context, base_url=url)


def file_of(url: str) -> Path:
    """Return the file of a URL in a schema, or the one whose name differs in case only.

    Raises OSError if it is not a file URL.
    """
    parts = urlsplit(url)
    if parts.netloc or parts.scheme not in ("", "file"):
        raise OSError(errno.EINVAL, "no file", url)
    path = Path(unquote(parts.path) if parts.scheme else url)
    return path if path.exists() else _in_other_case(path)


def _in_other_case(path: Path) -> Path:
    """Return a file beside a missing one with its name in other case, or the missing one."""
    wanted = path.name.casefold()
    beside = islice(path.parent.iterdir(), _MOST_BESIDE) if path.parent.is_dir() else ()
    return min((item for item in beside if item.name.casefold() == wanted), default=path)


def parse_schema(path: str) -> etree.XMLSchema:
    """Compile an XSD from a file; its imports are read from local files, never from the network.

    Raises UsageError if it is not a schema.
    """
    parser = etree.XMLParser(**SAFE)
    parser.resolvers.add(_Beside())
    try:
        data = outside.read(Path(path), MOST_SCHEMA)
        return etree.XMLSchema(etree.fromstring(data, parser, base_url=path))
    except (OSError, etree.LxmlError) as error:
        do = "take the XSDs as they were published, with all that they import beside them"
        raise UsageError("USE-SCHEMA", f"not a usable XSD: {error}", path, do) from None


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


class Paths:
    """Paths of the elements of a document by local names, with each step cached."""

    def __init__(self) -> None:
        self._steps: dict[etree._Element, str] = {}

    def of(self, element: etree._Element) -> str:
        """Return the path of an element, with its position among siblings of the same name."""
        steps: list[str] = []
        current: etree._Element | None = element
        while current is not None:
            parent = current.getparent()
            if current not in self._steps:
                self._name([current] if parent is None else list(parent))
            steps.append(self._steps[current])
            current = parent
        return "/" + "/".join(reversed(steps))

    def _name(self, siblings: list[etree._Element]) -> None:
        counts, places = Counter(item.tag for item in siblings), Counter[object]()
        for item in siblings:
            places[item.tag] += 1
            place = f"[{places[item.tag]}]" if counts[item.tag] > 1 else ""
            self._steps[item] = local_name(item) + place
