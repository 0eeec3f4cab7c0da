"""Writes an accepted 2.0 message in 2.1 straight from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from harness.reference.fast.codegen import ClassCode
from harness.reference.fast.leaf_expressions import Leaves
from schemas.ei.fast.accept_fields import RecordValues, value_indexes
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, HEADER
from schemas.reading import AcceptedRecords
from schemas.xml.class_templates import Below, Class, compiled, escaped

# The texts of classes, by kind of record, with the key of their owner if they name one.
_Texts = dict[str, list[str]]
# Writes a record into `texts`, given its row, the row of the header, the lines of its comment and
# the texts below it; the last two in reverse order.
_Write = Callable[[RecordValues, RecordValues, list[str], _Texts], None]


def _classes(klass: Class, record: str) -> Iterator[tuple[str, str, Class]]:
    """Yield each class with its record and the record of its parent class."""
    for part in klass.parts:
        if isinstance(part, Below):
            yield part.record, record, part.each
            yield from _classes(part.each, part.record)


def _writer(message: MessageType, code: str, classes: dict[str, Class]) -> _Write:
    """The writer of a kind of record; `classes` is keyed by the record of the parent class."""
    record, (compiler, _) = message.records[code], compiled(message.name)
    leaves = Leaves(message, code)
    known: dict[str, object] = {}
    source = [
        "def write(row, head, said, below):",
        f"    ({''.join(f'{name}, ' for name in leaves.row.names.values())}) = row",
    ]
    key = repr(code)
    if record.key:
        name, blank = leaves.row.names[record.key], record.by_name[record.key].blank
        key = f"{key} + {name}"
    for parent, klass in classes.items():
        made = ClassCode(compiler, record, leaves, known)
        text = made.whole(klass)
        body = [*made.lines, f"below[{key}].append(f{text!r})"]
        if record.key:
            source.append(f"    if {name} {'==' if parent == record.parent else '!='} {blank!r}:")
            body = [f"    {line}" for line in body]
        source += [f"    {line}" for line in body]
    if any(leaf.present == "said" for leaf in leaves.found.values()):
        source.append("    said.clear()")
    exec("\n".join(source), known)  # noqa: S102 - made of the names in our own tables
    write: _Write = known["write"]  # type: ignore[assignment]
    return write


def _comment_writer(message: MessageType) -> dict[str, _Write]:
    """The writer that keeps comment lines for the record they belong to."""
    fields = comment_fields(message.name)
    if fields is None:
        return {}
    place = value_indexes(message.name)[COMMENT][fields.text.name]
    return {COMMENT: lambda row, _head, said, _below: said.append(row[place])}


@cache
def _writers(name: str) -> dict[str, _Write]:
    """The writers of each kind of record in a message type."""
    message, (_, root) = catalogue().one(name), compiled(name)
    classes: dict[str, dict[str, Class]] = {HEADER: {"": root}}
    for code, parent, klass in _classes(root, HEADER):
        classes.setdefault(code, {})[parent] = klass
    found = {code: _writer(message, code, where) for code, where in classes.items()}
    return found | _comment_writer(message)


def _to_escape(accepted: AcceptedRecords) -> set[int]:
    """The positions of the records with a text that needs escaping."""
    text, length = accepted.text, len(accepted.text) // len(accepted.codes)
    found = set[int]()
    for character in "&<>":
        place = text.find(character)
        while place >= 0:
            found.add(place // length)
            place = text.find(character, place + 1)
    return found


def straight_21(accepted: AcceptedRecords) -> bytes | None:
    """The 2.1 message, or None if 2.1 cannot hold it; the tree then gives the reason."""
    codes, rows, last = accepted.codes, [*accepted.rows], len(accepted.rows) - 1
    for place in _to_escape(accepted):
        # No text holds a line end, so that a record is escaped as one.
        rows[place] = tuple(escaped("\n".join(rows[place])).split("\n"))
    head, writers = rows[0], _writers(accepted.message.name)
    said: list[str] = []
    below: _Texts = defaultdict(list)
    try:
        # Records below another follow it, so processing backwards writes them first.
        for place in range(last - 1, 0, -1):
            writers[codes[place]](rows[place], head, said, below)
        writers[HEADER](head + rows[last], head, said, below)
    except (KeyError, Refused):
        return None
    (whole,) = below[HEADER]
    return whole.encode()
