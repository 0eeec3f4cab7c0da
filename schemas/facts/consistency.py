"""Checks that the tables are consistent with each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from schemas.errors import TableError
from schemas.facts import dated_lists
from schemas.facts import table_rows as tables
from schemas.facts.message_types import Catalogue, MessageType
from schemas.facts.records import COMMENT, HEADER, TRAILER, Field, Record

COMMENT_ELEMENT = "Commentaar"
# The record that holds the fields of each column of `totals.csv`; empty for the row's own record.
_TOTAL_COLUMNS = {
    "total": HEADER,
    "total_debet_credit": HEADER,
    "amount": "",
    "amount_debet_credit": "",
}
_NEEDED_LATER = ("totals", "together", "fills", "findings")


def check(catalogue: Catalogue, folder: Path = tables.TABLES) -> None:
    """Check all tables; raises TableError with file and row for the first contradiction."""
    for message in catalogue.messages.values():
        _check_codes(message)
        for record in message.records.values():
            _check_columns(record, message.record_length)
            _check_names(record)
        _check_records(message)
        _check_repeated(message)
        if message.root:
            _check_mapping(message, dict(_only_21(message, folder)))
    for name in _NEEDED_LATER:
        list(tables.rows(name, folder))
    dated_lists.load(folder)
    _check_named_fields(catalogue, folder)
    _check_lists(catalogue, folder)
    _check_rules(catalogue, folder)


def _check_codes(message: MessageType) -> None:
    listed = message.code_field.codelist
    for code in message.codes:
        if listed is None or code not in listed.valid("2.0"):
            raise TableError("TABLE-CODE", f"BerichtCode {code} is in no list", message.name)


def _check_columns(record: Record, length: int) -> None:
    column = 1
    for field in record.fields:
        if field.start != column:
            fault = "gap" if field.start > column else "overlap"
            raise TableError(
                "TABLE-COLUMNS", f"{fault}: {field.name} starts at {field.start}", field.where
            )
        if field.end - field.start + 1 != field.length:
            raise TableError("TABLE-COLUMNS", f"{field.name}: end and length differ", field.where)
        column = field.end + 1
    if column - 1 != length:
        raise TableError(
            "TABLE-COLUMNS", f"the fields fill {column - 1} of {length} columns", record.where
        )


def _check_names(record: Record) -> None:
    own = [field for field in record.fields if field.rule.role != "reserve"]
    seen: set[str] = set()
    for field in own:
        if field.name in seen:
            raise TableError("TABLE-FIELD", f"{field.name} stands twice", field.where)
        seen.add(field.name)
        other = field.rule.absent_with
        if other and other not in record.by_name:
            raise TableError("TABLE-RULE", f"no field {other}", field.where)


def _check_records(message: MessageType) -> None:
    if not {HEADER, TRAILER} <= set(message.records):
        raise TableError("TABLE-RECORD", "no first or no last record", message.name)
    header, trailer = (set(message.records[code].by_name) for code in (HEADER, TRAILER))
    if (header & trailer) != {"KENMERK RECORD"}:
        raise TableError("TABLE-FIELD", f"in 01 and in 99: {header & trailer}", message.name)
    for record in message.records.values():
        if not record.fields:
            raise TableError("TABLE-RECORD", f"record {record.code} has no fields", record.where)
        if record.key and record.key not in record.by_name:
            raise TableError("TABLE-RECORD", f"no field {record.key}", record.where)
        if record.parent and record.parent not in message.records:
            raise TableError("TABLE-RECORD", f"no record {record.parent}", record.where)
        for code in record.comments_on:
            if code not in message.records:
                raise TableError("TABLE-RECORD", f"no record {code}", record.where)


def _check_named_fields(catalogue: Catalogue, folder: Path) -> None:
    """Check that the fields named by totals and groups exist."""
    for row in tables.rows("totals", folder):
        records = catalogue.messages[row["message"]].records
        header = {*records[HEADER].by_name, *records[TRAILER].by_name}
        own = records[row["record"]].by_name if row["record"] in records else {}
        for column, names in _TOTAL_COLUMNS.items():
            for name in (row[f"{prefix}{column}"] for prefix in ("", "minus_")):
                if name and name not in (header if names == HEADER else own):
                    raise TableError("TABLE-FIELD", f"no field {name}", row.where)
    for row in tables.rows("together", folder):
        for message in row["messages"].split():
            known = catalogue.messages[message].records[row["record"]].by_name
            for name in row["fields"].split("|"):
                if name not in known:
                    raise TableError("TABLE-FIELD", f"no field {name}", row.where)


def _check_map(field: Field) -> None:
    """Check that the codes of a map are in the field's code list."""
    listed = field.codelist.valid("2.0") if field.codelist else {}
    for row in field.rule.map:
        if row.code_20 and row.code_20 not in listed:
            raise TableError("TABLE-CODE", f"code {row.code_20} is in no list", row.where)


def _check_repeated(message: MessageType) -> None:
    """Check that a field that repeats another has the same type and length."""
    for record in message.records.values():
        for field in record.fields:
            _check_map(field)
            if field.rule.role not in ("equal", "owner"):
                continue
            code, _, name = field.rule.argument.partition("/")
            other = message.records[code].by_name.get(name) if code in message.records else None
            if other is None or (other.type, other.length) != (field.type, field.length):
                raise TableError(
                    "TABLE-RULE", f"{field.name} cannot repeat {code}/{name}", field.rule.where
                )


def _only_21(message: MessageType, folder: Path) -> Iterator[tuple[str, tables.Row]]:
    """Yield the elements without a 2.0 field, by path."""
    for row in tables.rows("only_21", folder):
        if row["messages"] != "all" and message.name not in row["messages"].split():
            continue
        found = [path for path in message.elements if f"/{path}".endswith(f"/{row['element']}")]
        if not found:
            raise TableError("TABLE-MAPPING", f"{message.name} lacks {row['element']}", row.where)
        yield from ((path, row) for path in found)


def _field_paths(record: Record, field: Field) -> Iterator[str]:
    for path in field.paths:
        plain = path.partition("[")[0]
        if plain.startswith("Header/"):
            yield plain
        else:
            for base in filter(None, (record.container, record.keyed_container)):
                yield f"{base}/{plain}"


def _check_mapping(message: MessageType, only_21: dict[str, tables.Row]) -> None:
    mapped: dict[str, Field] = {}
    commented = {
        f"{message.records[code].container}/{COMMENT_ELEMENT}"
        for record in message.records.values()
        for code in record.comments_on
    }
    for record in message.records.values():
        for field in record.fields:
            if field.rule.role == "value" and not field.paths:
                raise TableError("TABLE-MAPPING", f"{field.name} is not mapped", field.where)
            for path in _field_paths(record, field):
                if path not in message.elements or message.elements[path].type is None:
                    raise TableError("TABLE-MAPPING", f"no element {path}", field.where)
                mapped[path] = field
    mapped_paths = set(mapped) | commented
    for path, element in message.elements.items():
        if element.type and (path in mapped_paths) == (path in only_21):
            row = only_21.get(path)
            how = "both mapped and absent in 2.0" if row else "not mapped"
            where = row.where if row else f"xml21/{message.name}.csv"
            raise TableError("TABLE-MAPPING", f"{path} is {how}", where)
    if missing := commented - set(message.elements):
        raise TableError(
            "TABLE-MAPPING", f"no element {sorted(missing)}", message.records[COMMENT].where
        )


def _check_lists(catalogue: Catalogue, folder: Path) -> None:
    reached = set()
    for message in catalogue.messages.values():
        for record in message.records.values():
            reached |= {field.codelist.name for field in record.fields if field.codelist}
        for element in message.elements.values():
            if element.type and element.type.codelist:
                reached.add(element.type.codelist.name)
    for name in tables.names("codelists", folder):
        if name not in reached:
            raise TableError("TABLE-CODE", f"no field uses {name}", f"codelists/{name}.csv:1")


def _check_rules(catalogue: Catalogue, folder: Path) -> None:
    used = {
        field.rule.phrase
        for message in catalogue.messages.values()
        for record in message.records.values()
        for field in record.fields
    }
    for row in tables.rows("mapping_rules", folder):
        if row["rule"] not in used:
            raise TableError("TABLE-RULE", f"no field uses {row['rule']!r}", row.where)
