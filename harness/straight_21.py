"""A 2.0 message that was accepted as it stands, written in 2.1 straight from its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from harness.straight_code import ClassCode
from harness.straight_leaves import Leaves
from schemas.ei_accept import Rows
from schemas.ei_accept_fields import Row, places
from schemas.ei_comments import comment_fields
from schemas.errors import Refused
from schemas.messages import MessageType, catalogue
from schemas.records import COMMENT, HEADER
from schemas.xml_shapes import Below, Class, compiled, escaped, missing

# The texts of the classes by the kind of their record, and its key where it hangs on one.
_Texts = dict[str, list[str]]
# Writes a record: its row, that of the header, the lines of its comment from the last on, and the
# texts of what is below it, likewise from the last on; puts its text among these.
_Write = Callable[[Row, Row, list[str], _Texts], None]


def _classes(klass: Class, record: str) -> Iterator[tuple[str, str, Class]]:
    """Each class with its record and that of the class that it is in."""
    for part in klass.parts:
        if isinstance(part, Below):
            yield part.record, record, part.each
            yield from _classes(part.each, part.record)


def _writer(message: MessageType, code: str, places: dict[str, Class], clean: str) -> _Write:
    """The function that writes a kind of record; `places` are its classes by what they are in."""
    record, (compiler, _) = message.records[code], compiled(message.name)
    leaves = Leaves(message, code, clean)
    known: dict[str, object] = {"clean": escaped, "missing": missing}
    source = [
        "def write(row, head, said, below):",
        f"    ({''.join(f'{name}, ' for name in leaves.row.names.values())}) = row",
    ]
    key = repr(code)
    if record.key:
        name, blank = leaves.row.names[record.key], record.by_name[record.key].blank
        key = f"{key} + {name}"
    for parent, klass in places.items():
        code_of_class = ClassCode(compiler, record, leaves, known)
        text = code_of_class.whole(klass)
        body = [*code_of_class.lines, f"below[{key}].append(f{text!r})"]
        if record.key:
            source.append(f"    if {name} {'==' if parent == record.parent else '!='} {blank!r}:")
            body = [f"    {line}" for line in body]
        source += [f"    {line}" for line in body]
    source.append("    said.clear()")
    exec("\n".join(source), known)  # noqa: S102 - made of the names in our own tables
    write: _Write = known["write"]  # type: ignore[assignment]
    return write


def _comment_writer(message: MessageType) -> dict[str, _Write]:
    """The function that keeps a line of a comment for the record that it is on."""
    fields = comment_fields(message.name)
    if fields is None:
        return {}
    place = places(message.name)[COMMENT][fields.text.name]
    return {COMMENT: lambda row, _head, said, _below: said.append(row[place])}


@cache
def _writers(name: str, clean: str) -> dict[str, _Write]:
    """The functions that write each kind of record of a message type."""
    message, (_, root) = catalogue().one(name), compiled(name)
    classes: dict[str, dict[str, Class]] = {HEADER: {"": root}}
    for code, parent, klass in _classes(root, HEADER):
        classes.setdefault(code, {})[parent] = klass
    found = {code: _writer(message, code, where, clean) for code, where in classes.items()}
    return found | _comment_writer(message)


def straight_21(accepted: Rows) -> bytes | None:
    """The 2.1 message, or None where 2.1 cannot hold it, of which the tree tells the reason."""
    text = accepted.text
    clean = "clean" if "&" in text or "<" in text or ">" in text else ""
    write = _writers(accepted.message.name, clean)
    head, *rows, last = accepted.rows
    said: list[str] = []
    below: _Texts = defaultdict(list)
    try:
        # What is below a record stands behind it, so that it is written before it.
        for kind, row in zip(accepted.kinds[-2:0:-1], reversed(rows), strict=True):
            write[kind](row, head, said, below)
        write[HEADER](head + last, head, said, below)
    except Refused:
        return None
    (whole,) = below[HEADER]
    return whole.encode()
