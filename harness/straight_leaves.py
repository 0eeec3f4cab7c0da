"""What a record of 2.0 says of each element of 2.1, as code on the fields of its row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from schemas import fills, mapping
from schemas.ei_accept_fields import taken
from schemas.mapping import Mapped
from schemas.messages import MessageType
from schemas.picking import MOST_KEPT
from schemas.records import HEADER, TRAILER, Field
from schemas.xml_shapes import escaped

# The value of one release as that of the other, or None where another element takes it.
_Convert = Callable[[str], str | None]
_NAME = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Leaf:
    """The text of an element as an expression; `sure` where the element is always there.

    `present` is an expression that tells whether it is there, where one field tells it of another
    or of itself. Where `convert` is set, `text` names what it converts; no element is made of what
    is `blank`.
    """

    text: str
    present: str = ""
    sure: bool = True
    convert: _Convert | None = None
    blank: str = ""


class Fragments(dict[str, str]):
    """An element as it is written for each value that was met, as dates and codes come back."""

    def __init__(self, convert: _Convert, blank: str, before: str, behind: str) -> None:
        super().__init__({blank: ""} if blank else {})
        self.convert, self.before, self.behind = convert, before, behind

    def __missing__(self, raw: str) -> str:
        value = self.convert(raw)
        found = "" if value is None else f"{self.before}{escaped(value)}{self.behind}"
        if len(self) < MOST_KEPT:
            self[raw] = found
        return found


class Row:
    """The fields of a record as variables; those of the last record go with the header's."""

    def __init__(self, message: MessageType, record: str) -> None:
        kept = taken(message.name)
        self.fields = kept[record] + (kept[TRAILER] if record == HEADER else ())
        self.names = {field.name: f"g{place}" for place, field in enumerate(self.fields)}
        self.blanks = {field.name: field.blank for field in self.fields}

    def present(self, field: Field) -> str:
        """The expression that tells whether a field is filled; empty where it always is."""
        told = field.rule.absent_with or field.name
        if told == field.name and (field.zero_is_value or field.must_be_filled):
            return ""
        return f"{self.names[told]} != {self.blanks[told]!r}"


def _converted(pair: Mapped, key: str) -> _Convert:
    """What converts a value for one of the elements that it may become."""
    convert = mapping.to_21(pair)

    def converted(raw: str) -> str | None:
        found, value = convert(raw if pair.field.is_number else raw.rstrip(" "))
        return value if found == key else None

    return converted


class Leaves:
    """The leaves of the class of a record by their keys.

    `clean` names the function for texts that may need escapes; it is empty where none does.
    """

    def __init__(self, message: MessageType, record: str, clean: str) -> None:
        self.row, self.clean = Row(message, record), clean
        self.header = taken(message.name)[HEADER]
        pairs = mapping.mapped(message.name)
        self.found: dict[str, Leaf] = {}
        for pair in pairs[record] + (pairs[TRAILER] if record == HEADER else ()):
            self.found |= {key: self.leaf(pair, key) for key in pair.keys}
        for item in fills.only_21(message.name).get(record, ()):
            if item.template:
                self.found[item.key] = self.fill(item.template)

    def escaped(self, text: str) -> str:
        """An expression for a text as one for how it stands in XML."""
        return f"{self.clean}({text})" if self.clean else text

    def leaf(self, pair: Mapped, key: str) -> Leaf:
        """The leaf that a field becomes."""
        field = pair.field
        if field.rule.role == "constant":
            return Leaf(repr(field.rule.back))
        if field.rule.role == "comment-text":
            assert mapping.direct_21(pair)
            return Leaf(self.escaped("''.join(said[::-1]).rstrip(' ')"), "said", sure=False)
        name, present = self.row.names[field.name], self.row.present(field)
        if mapping.direct_21(pair):
            text = name if field.is_number else self.escaped(f"{name}.rstrip(' ')")
            return Leaf(text, present, not present)
        if mapping.number_21(pair):
            return Leaf(f"{name}.lstrip('0') or '0'", present, not present)
        sure = not present and len(pair.keys) == 1
        if field.rule.absent_with:
            return Leaf(name, present, sure, _converted(pair, key))
        return Leaf(name, "", sure, _converted(pair, key), field.blank if present else "")

    def fill(self, template: str) -> Leaf:
        """The leaf that is filled in, from fields of the header and links of the record."""
        # Between the texts of the template stand the names.
        parts = enumerate(_NAME.split(template))
        texts = [self.named(part) if at % 2 else repr(part) for at, part in parts]
        return Leaf(self.escaped(f"({' + '.join(texts)})"))

    def named(self, name: str) -> str:
        """The expression for what a template names."""
        if name in self.row.names:
            return self.row.names[name]
        wanted = name.removeprefix(f"{HEADER}/")
        place, field = next(
            (place, field) for place, field in enumerate(self.header) if field.name == wanted
        )
        assert field.must_be_filled
        return f"head[{place}]" if field.is_number else f"head[{place}].rstrip(' ')"
