"""The message types, each with its records (2.0) and elements (2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from threading import RLock

from schemas.errors import TableError, UsageError
from schemas.facts import codelists, consistency, elements, mapping_rules, records, simple_types
from schemas.facts import table_rows as tables
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.records import Field, Record

BASE_NAMESPACE = "http://www.istandaarden.nl/{standard}/2_1/basisschema/schema/2_1"
MESSAGE_NAMESPACE = "http://www.istandaarden.nl/{standard}/2_1/{message}/schema/2_1"


_loading = RLock()


@dataclass(frozen=True, eq=False)
class MessageType:
    """A message type; `root` is None if it has no XML form in 2.1."""

    name: str
    standard: str
    title: str
    sender: str
    receiver: str
    role: str
    pair: str
    codes: tuple[str, ...]
    record_length: int
    convertible: bool
    evidence_20: str
    evidence_21: str
    format_21: str
    records: Mapping[str, Record]
    root: Element | None

    @cached_property
    def namespace(self) -> str:
        """The namespace of the 2.1 message."""
        return MESSAGE_NAMESPACE.format(standard=self.standard, message=self.name.lower())

    @cached_property
    def base_namespace(self) -> str:
        """The namespace of the types shared by the messages of a standard."""
        return BASE_NAMESPACE.format(standard=self.standard)

    @cached_property
    def elements(self) -> dict[str, Element]:
        """The elements of the 2.1 message, by path."""
        return {element.path: element for element in self.root.walk()} if self.root else {}

    def field(self, record: str, name: str) -> Field:
        """Return a field by its record and name."""
        return self.records[record].by_name[name]

    @cached_property
    def code_field(self) -> Field:
        """The header field that holds the message code."""
        for field in self.records[records.HEADER].fields:
            if field.rule.argument == MESSAGE_CODE:
                return field
        raise TableError(
            "TABLE-FIELD", "no field tells the message type", f"ei20/{self.name}.csv:2"
        )

    def header_field(self, name: str) -> Field:
        """Return a field of the header or trailer, which together form the header in 2.1."""
        header = self.records[records.HEADER].by_name
        return header.get(name) or self.records[records.TRAILER].by_name[name]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """All message types, with lookups."""

    messages: Mapping[str, MessageType]

    @cached_property
    def by_code(self) -> dict[str, MessageType]:
        """The message types by BerichtCode."""
        return {code: kind for kind in self.messages.values() for code in kind.codes}

    @cached_property
    def by_namespace(self) -> dict[str, MessageType]:
        """The message types that have a 2.1 schema, by namespace."""
        return {kind.namespace: kind for kind in self.messages.values() if kind.root}

    def select(self, text: str) -> list[MessageType]:
        """Return the types in a comma-separated list, or `all`; raises UsageError."""
        chosen: list[MessageType] = []
        for name in (part.strip().upper() for part in text.split(",")):
            found = list(self.messages.values()) if name == "ALL" else [self.one(name)]
            chosen += [kind for kind in found if kind not in chosen]
        return chosen

    def one(self, name: str) -> MessageType:
        """Return the type with a name; raises UsageError if there is none."""
        if name not in self.messages:
            raise UsageError(
                "USE-MESSAGE",
                f"unknown message type {name!r}",
                do="`ikeur messages` lists the types",
            )
        return self.messages[name]


def _resolve(field: Field, container: Record, by_path: Mapping[str, Element]) -> Field:
    """Return the field with the code list of its 2.1 type, unless it has its own."""
    if field.codelist or not field.paths:
        return field
    element = by_path.get(full_path(container, field.paths[0]))
    return replace(field, codelist=element.type.codelist) if element and element.type else field


def full_path(record: Record, path: str) -> str:
    """Return the path of an element from below the root, without position."""
    base = "" if path.startswith("Header/") or not record.container else f"{record.container}/"
    return f"{base}{path.partition('[')[0]}"


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rules = mapping_rules.load(folder)
        self.lists: dict[str, dict[str, CodeList]] = {}
        self.shared: dict[str, elements.ComplexTypes] = {}
        self.record_rows: dict[str, list[tables.Row]] = {}
        for row in tables.rows("records", folder):
            self.record_rows.setdefault(row["message"], []).append(row)

    def standard(self, name: str) -> tuple[dict[str, CodeList], elements.ComplexTypes]:
        if name not in self.lists:
            self.lists[name] = codelists.load(name, self.folder)
            types = simple_types.load(self.lists[name], self.folder)
            self.shared[name] = elements.ComplexTypes(types, self.folder)
        return self.lists[name], self.shared[name]

    def message(self, row: tables.Row) -> MessageType:
        lists, shared = self.standard(row["standard"])
        name = row["message"]
        convertible = row.flag("convertible")
        root = elements.load(name, shared, self.folder) if convertible else None
        fields = records.load_fields(name, self.rules, lists, self.folder)
        found: list[Record] = []
        for line in self.record_rows.get(name, []):
            if any(line["record"] == record.code for record in found):
                raise TableError("TABLE-RECORD", f"{line['record']} stands twice", line.where)
            found.append(records.load_record(line, fields.pop(line["record"], [])))
        for left in fields.values():
            raise TableError("TABLE-RECORD", f"no record {left[0].record}", left[0].where)
        by_path = {element.path: element for element in root.walk()} if root else {}
        resolved = {
            record.code: replace(
                record, fields=tuple(_resolve(field, record, by_path) for field in record.fields)
            )
            for record in found
        }
        return MessageType(
            name=name,
            standard=row["standard"],
            title=row["title"],
            sender=row["sender"],
            receiver=row["receiver"],
            role=row["role"],
            pair=row["pair"],
            codes=tuple(row["berichtcode"].split("|")),
            record_length=row.number("ei_record_length"),
            convertible=convertible,
            evidence_20=row["evidence_ei20"],
            evidence_21=row["evidence_xml21"],
            format_21=row["format_in_21"],
            records=resolved,
            root=root,
        )


def load(folder: Path = tables.TABLES) -> Catalogue:
    """Load the catalogue from a folder of tables; raises TableError with file and row."""
    loader = _Loader(folder)
    found: dict[str, MessageType] = {}
    for row in tables.rows("messages", folder):
        if row["message"] in found:
            raise TableError("TABLE-RECORD", f"{row['message']} stands twice", row.where)
        found[row["message"]] = loader.message(row)
    catalogue = Catalogue(found)
    consistency.check(catalogue, folder)
    return catalogue


def catalogue() -> Catalogue:
    """Return the catalogue of ikeur's own tables, loaded once; thread-safe."""
    # Objects compare by identity, so a second catalogue would not match the first.
    with _loading:
        return _loaded()


@cache
def _loaded() -> Catalogue:
    return load()
