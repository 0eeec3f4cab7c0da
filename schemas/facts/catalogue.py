"""Loads the catalogue of message types from the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import RLock

from schemas.errors import TableError
from schemas.facts import codelists, consistency, elements, mapping_rules, records, simple_types
from schemas.facts import table_rows as tables
from schemas.facts.codelists import CodeList
from schemas.facts.elements import Element
from schemas.facts.message_types import Catalogue, MessageType, full_path
from schemas.facts.records import Field, Record

_loading = RLock()


def _resolve(field: Field, container: Record, by_path: Mapping[str, Element]) -> Field:
    """Return the field with the code list of its 2.1 type, unless it has its own."""
    if field.codelist or not field.paths:
        return field
    element = by_path.get(full_path(container, field.paths[0]))
    return replace(field, codelist=element.type.codelist) if element and element.type else field


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
