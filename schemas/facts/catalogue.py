"""The catalogue of message types; the tables of each are read when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from threading import RLock

from schemas.errors import TableError
from schemas.facts import codelists, elements, mapping_rules, records, simple_types
from schemas.facts import table_rows as tables
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.mapping_rules import Rule
from schemas.facts.message_types import Catalogue, Layout, MessageType, full_path
from schemas.facts.records import Field, Record
from schemas.facts.simple_types import SimpleType

_loading = RLock()


def _resolved(record: Record, by_path: Mapping[str, Element]) -> Record:
    return replace(
        record, fields=tuple(_resolve(field, record, by_path) for field in record.fields)
    )


def _resolve(field: Field, container: Record, by_path: Mapping[str, Element]) -> Field:
    """Return the field with the code list of its 2.1 type, unless it has its own."""
    if field.codelist or not field.paths:
        return field
    element = by_path.get(full_path(container, field.paths[0]))
    return replace(field, codelist=element.type.codelist) if element and element.type else field


class _Standard:
    """What the messages of a standard (`iwmo` or `ijw`) share."""

    def __init__(self, name: str, folder: Path) -> None:
        self.lists: Mapping[str, CodeList] = codelists.load(name, folder)
        self.types: Mapping[str, SimpleType] = simple_types.load(self.lists, folder)
        self.complex_types = elements.ComplexTypes(self.types, folder)


class _Loader:
    """Reads each table once, when a message type first needs it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.standard = cache(partial(_Standard, folder=folder))
        self.layout = cache(self._layout)

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return mapping_rules.load(self.folder)

    @cached_property
    def record_rows(self) -> dict[str, list[tables.Row]]:
        found: dict[str, list[tables.Row]] = {}
        for row in tables.rows("records", self.folder):
            found.setdefault(row["message"], []).append(row)
        return found

    def message(self, row: tables.Row) -> MessageType:
        """The message type of a row of `messages.csv`, whose own tables are not read yet."""
        return MessageType(
            name=row["message"],
            standard=row["standard"],
            title=row["title"],
            sender=row["sender"],
            receiver=row["receiver"],
            role=row["role"],
            pair=row["pair"],
            codes=tuple(row["berichtcode"].split("|")),
            record_length=row.number("ei_record_length"),
            convertible=row.flag("convertible"),
            evidence_20=row["evidence_ei20"],
            evidence_21=row["evidence_xml21"],
            format_21=row["format_in_21"],
            read_layout=partial(self.locked_layout, row),
        )

    def locked_layout(self, row: tables.Row) -> Layout:
        # Objects compare by identity, so a layout read by two threads would not match itself.
        with _loading:
            return self.layout(row["message"], row["standard"], row.flag("convertible"))

    def _layout(self, name: str, standard: str, convertible: bool) -> Layout:
        shared = self.standard(standard)
        root = elements.load(name, shared.complex_types, self.folder) if convertible else None
        fields = records.load_fields(name, self.rules, shared.lists, self.folder)
        found: dict[str, Record] = {}
        for line in self.record_rows.get(name, []):
            if line["record"] in found:
                raise TableError("TABLE-RECORD", f"{line['record']} stands twice", line.where)
            record = records.load_record(line, fields.pop(line["record"], []))
            found[record.code] = record
        for left in fields.values():
            raise TableError("TABLE-RECORD", f"no record {left[0].record}", left[0].where)
        by_path = {element.path: element for element in root.walk()} if root else {}
        return Layout({code: _resolved(record, by_path) for code, record in found.items()}, root)

    def read_all(self, standard: str) -> None:
        """Read all that a standard has, also what no message uses; raises TableError."""
        shared = self.standard(standard)
        for known in (shared.lists, shared.types):
            list(known.values())


def _load(loader: _Loader) -> Catalogue:
    found: dict[str, MessageType] = {}
    for row in tables.rows("messages", loader.folder):
        if row["message"] in found:
            raise TableError("TABLE-RECORD", f"{row['message']} stands twice", row.where)
        found[row["message"]] = loader.message(row)
    return Catalogue(found)


def load(folder: Path = tables.TABLES) -> Catalogue:
    """Load the whole catalogue from a folder of tables, and check the tables against each other.

    Raises TableError with file and row.
    """
    # A command reads its tables without checking them.
    from schemas.facts import consistency

    loader = _Loader(folder)
    catalogue = _load(loader)
    for message in catalogue.messages.values():
        loader.read_all(message.standard)
        message.read_layout()
    consistency.check(catalogue, folder)
    return catalogue


def catalogue() -> Catalogue:
    """Return the catalogue of ikeur's own tables, which the tests check; thread-safe."""
    with _loading:
        return _own()


@cache
def _own() -> Catalogue:
    return _load(_Loader(tables.TABLES))
