"""The XSDs to validate by: ikeur's own, or official ones in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from schemas import outside
from schemas.errors import UsageError
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue
from schemas.facts.elements import Element
from schemas.facts.message_types import MessageType
from schemas.message.fault import MOST_FAULTS, Fault, XmlAddress
from schemas.message.parse_xml import MOST_SCHEMA, Paths, parse, parse_schema, shortened
from schemas.xml.document_start import start_of
from schemas.xml.xsd_faults import Told, values

XSD = Path(__file__).parents[1] / "xsd"
_XS = "{http://www.w3.org/2001/XMLSchema}"
_PREFIX = re.compile("/[^/:]+:")
_NAMESPACE = re.compile(r"\{https?://[^}]*\}")
# Elements of a simple type have separate rules for attributes and for child elements.
_ATTRIBUTE_RULES = ("ATTRIBUTE", "CVC_COMPLEX_TYPE_3", "CVC_TYPE_3_1_1")
_STRUCTURE_RULES = ("ELEMENT_CONTENT", "CVC_TYPE_3_1_2")


# Messages mostly come type by type; a compiled XSD takes a megabyte, and a millisecond to compile.
_MOST_COMPILED = 4
# No element may have attributes; each one costs a kilobyte of error message.
_MOST_ATTRIBUTES = 20
_MOST_FILES, _MOST_DEEP = 10_000, 64
_DO = "name the folder of the XSDs as they were published"
# The number of errors that usually gives enough faults, and the deepest nesting of a message.
_FIRST_ERRORS, _MOST_OPEN = 2 * MOST_FAULTS, 50
# A document with no more elements is validated as a whole, whatever its number of errors.
_FEW, _COUNT = 4_000, etree.XPath("count(//*)")
_LADEN = etree.XPath(f"//*[count(@*) > {_MOST_ATTRIBUTES}]")


class SchemaSet:
    """The XSDs, one per message type; those used last are kept compiled."""

    def __init__(self, files: dict[str, Path], official: frozenset[str] = frozenset()) -> None:
        self.files = files
        self.official = official
        self._compiled = lru_cache(maxsize=_MOST_COMPILED)(parse_schema)

    def is_official(self, message: MessageType) -> bool:
        """Whether the XSD of a message type, or its base schema, comes from a spec pack."""
        return not self.official.isdisjoint((message.namespace, message.base_namespace))

    def schema(self, message: MessageType) -> etree.XMLSchema:
        """Return the compiled XSD of a message type."""
        return self._compiled(str(self.files[message.namespace]))

    def faults(self, message: MessageType, root: etree._Element, data: bytes) -> list[Fault]:
        """Return where a document violates its XSD, at most one fault per element.

        Removes surplus attributes from elements with very many of them. `data` is the document as
        read.
        """
        if _COUNT(root) <= _FEW:
            return self._faults(message, root, MOST_FAULTS)
        errors, schema = _FIRST_ERRORS, self.schema(message)
        while (start := start_of(data, schema, str(root.tag), errors)) is not None:
            found = self._faults(message, start, MOST_FAULTS + _MOST_OPEN)
            if len(found) == MOST_FAULTS + _MOST_OPEN:
                # The last ones may come from elements left incomplete by the cut.
                return found[:MOST_FAULTS]
            errors *= 4
        return self._faults(message, root, MOST_FAULTS)

    def _faults(self, message: MessageType, root: etree._Element, most: int) -> list[Fault]:
        schema = self.schema(message)
        _lighten(root)
        if schema.validate(root):
            return []
        faults: dict[str | None, Fault] = {}
        paths = Paths()
        for error in schema.error_log:
            if error.path not in faults:
                faults[error.path] = self._fault(message, root, error, paths)
            if len(faults) >= most:
                break
        return list(faults.values())

    def _fault(
        self, message: MessageType, root: etree._Element, error: etree._LogEntry, paths: Paths
    ) -> Fault:
        path = _path(root, error.path, paths)
        known = message.elements.get(_plain(path))
        code = _code(error.type_name, known is not None)
        told = Told(code, error.type_name, error.message, path.rpartition("/")[2].partition("[")[0])
        actual, expected = values(told, _element(root, error.path), known.type if known else None)
        official = message.namespace in self.official
        return Fault(
            code,
            actual=actual,
            expected=expected,
            xml=XmlAddress(path, error.line),
            evidence="A" if official else _evidence(message, known),
            said=_advice(error.message),
        )


def _lighten(root: etree._Element) -> None:
    laden = _LADEN(root)
    assert isinstance(laden, list)
    for element in laden:
        for name in element.attrib.keys()[_MOST_ATTRIBUTES:]:
            del element.attrib[name]


def _code(rule: str, is_known: bool) -> str:
    """Return the fault code for a violated rule of XML Schema at an element."""
    if any(part in rule for part in _ATTRIBUTE_RULES):
        return "XML-ATTRIBUTE"
    structure = not is_known or any(part in rule for part in _STRUCTURE_RULES)
    return "XML-STRUCTURE" if structure else "XML-VALUE"


def _advice(text: str) -> str:
    """Return the parser's message without namespaces."""
    return shortened(_NAMESPACE.sub("", text))


def _plain(path: str) -> str:
    """Return a path without positions and root, as in the tables."""
    return "/".join(step.partition("[")[0] for step in path.split("/")[2:])


def _evidence(message: MessageType, element: Element | None) -> str:
    if element is None:
        return message.evidence_21
    simple_type = element.type
    return tables.weakest(element.evidence, *([simple_type.evidence] if simple_type else []))


def _path(root: etree._Element, path: str | None, paths: Paths) -> str:
    """Return the path of an error by local names."""
    if path and "*" not in path:
        return _PREFIX.sub("/", path)
    # The parser writes `*` for an element without a prefix.
    element = _element(root, path)
    return paths.of(element) if element is not None else "/"


def _element(root: etree._Element, path: str | None) -> etree._Element | None:
    if not path:
        return None
    names = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
    try:
        found = root.getroottree().xpath(path, namespaces=names)
    except etree.XPathError:
        return None
    return found[0] if isinstance(found, list) and found else None


def _target(path: Path) -> str:
    root = parse(outside.asked(path, MOST_SCHEMA, "USE-SPEC-PACK", _DO)).root
    if root is None or root.tag != f"{_XS}schema":
        raise UsageError("USE-SPEC-PACK", "not an XSD", str(path), "leave only XSDs in the folder")
    return root.get("targetNamespace", "")


def _below(folder: Path) -> Iterator[Path]:
    """Yield the XSDs in a folder and its subfolders; links to folders are not followed."""
    folders, seen = [folder], 0
    while folders:
        for path in folders.pop().iterdir():
            seen += 1
            if seen > _MOST_FILES or len(path.relative_to(folder).parts) > _MOST_DEEP:
                what = "larger or deeper than a folder of XSDs can be"
                raise UsageError("USE-SPEC-PACK", what, str(folder), _DO)
            if path.suffix.lower() == ".xsd":
                yield path
            elif path.is_dir() and not path.is_symlink():
                folders.append(path)


def _own_files() -> dict[str, Path]:
    return {_target(path): path for path in sorted(XSD.glob("*/*.xsd"))}


@cache
def own() -> SchemaSet:
    """Return ikeur's own XSDs."""
    return SchemaSet(_own_files())


def with_spec_pack(folder: Path) -> SchemaSet:
    """Return the official XSDs in a folder (any depth), with ikeur's own for the types it lacks.

    Raises UsageError if the folder holds no XSD of a known message type, or a file that is not a
    schema.
    """
    if not folder.is_dir():
        raise UsageError("USE-SPEC-PACK", "no such folder", str(folder), "name a folder of XSDs")
    found = {_target(path): path for path in sorted(_below(folder))}
    files = _own_files()
    official = frozenset(found) & frozenset(files)
    if not official:
        raise UsageError(
            "USE-SPEC-PACK",
            "holds no XSD of release 2.1",
            str(folder),
            "name the folder with the official basisschema.xsd and message XSDs",
        )
    schemas = SchemaSet({**files, **found}, official)
    # Compile now, so that a broken schema is reported before a run starts.
    for message in catalogue().messages.values():
        if message.root and message.namespace in official:
            schemas.schema(message)
    return schemas
