"""Checks on captured fields whether an accepted 2.0 message is consistent between its records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import lt

from schemas.ei.check import sequence_numbers
from schemas.ei.check_plan import RecordChecks, record_checks
from schemas.ei.fast.accept_fields import RecordValues, long_list, taken, value_indexes
from schemas.ei.fast.accept_owners import Owned, owned
from schemas.ei.fast.accept_totals import Total, accept_totals
from schemas.facts.catalogue import catalogue
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, TRAILER

# Whether a record is consistent in itself and with the last record of each code above it.
_Agrees = Callable[[RecordValues, dict[str, RecordValues]], bool]


def _long_lists(message: MessageType, code: str) -> dict[int, frozenset[str]]:
    """Return the values of the fields with a long list, by the index of the field."""
    fields = enumerate(taken(message.name)[code])
    return {place: found for place, field in fields if (found := long_list(message, field))}


def _conditions(message: MessageType, code: str, checks: RecordChecks) -> Iterator[str]:
    """Yield the conditions on a record of this code, as Python expressions."""
    at, fields = value_indexes(message.name), message.records[code].by_name
    for place in _long_lists(message, code):
        yield f"row[{place}] in lists[{place}]"
    for _, own, owner, name in checks.equal:
        yield f"row[{at[code][own]}] == last[{owner!r}][{at[owner][name]}]"
    for field in checks.dependent:
        other = fields[field.rule.absent_with]
        filled = f"row[{at[code][other.name]}] != {other.blank!r}"
        yield f"({filled} or row[{at[code][field.name]}] == {field.blank!r})"
    for group, _ in checks.together:
        yield " == ".join(f"(row[{at[code][field.name]}] == {field.blank!r})" for field in group)


def _agrees(message: MessageType, code: str, checks: RecordChecks) -> _Agrees | None:
    """Compile the conditions of a record code into one function, or None if there are none."""
    conditions = list(_conditions(message, code, checks))
    if not conditions:
        return None
    source = f"lambda row, last: {' and '.join(conditions)}"
    known = {"lists": _long_lists(message, code)}
    agrees: _Agrees = eval(source, known)  # noqa: S307 - made of the names in our own tables
    return agrees


@dataclass(frozen=True)
class Links:
    """The consistency checks of a message type; fields are given by their index.

    `number` is the index of the record number, in its own record and in its comments. `counts` are
    the counts in the trailer, each with the code it counts (`*` for all).
    """

    keeps_numbers: bool
    number: int
    comment_line: int
    comment_text: int
    agrees: dict[str, _Agrees | None]
    counts: tuple[tuple[int, str], ...]
    owned: tuple[Owned, ...]
    totals: tuple[Total, ...]

    def hold(self, codes: Sequence[str], rows: Sequence[RecordValues]) -> bool:
        """Whether all checks hold."""
        return (
            self.counts_hold(codes, rows[-1])
            and self.agree(codes, rows)
            and all(owned.hold(codes, rows) for owned in self.owned)
            and all(total.holds(codes, rows) for total in self.totals)
        )

    def agree(self, codes: Sequence[str], rows: Sequence[RecordValues]) -> bool:
        """Whether records agree with those above them, and comments with the record they follow."""
        place, known = self.number, self.agrees
        numbers: list[str] = []
        last: dict[str, RecordValues] = {}
        line = 0
        for code, row in zip(codes, rows, strict=True):
            if code == COMMENT:
                line += 1
                if row[place] != numbers[-1] or int(row[self.comment_line]) != line:
                    return False
                if line == 1 and row[self.comment_text].isspace():
                    return False
            else:
                numbers.append(row[place])
                last[code], line = row, 0
            agrees = known[code]
            if agrees and not agrees(row, last):
                return False
        return self.numbered(numbers[1:-1])

    def counts_hold(self, codes: Sequence[str], trailer: RecordValues) -> bool:
        """Whether the counts in the trailer are right."""
        for place, code in self.counts:
            count = len(codes) - 2 if code == "*" else codes.count(code)
            if int(trailer[place]) != count:
                return False
        return True

    def numbered(self, numbers: list[str]) -> bool:
        """Whether records are numbered from 1, or ascending where the heen's numbers are kept."""
        if not numbers or numbers == sequence_numbers(len(numbers), len(numbers[0])):
            return True
        rising = self.keeps_numbers and all(map(lt, numbers, numbers[1:]))
        return rising and int(numbers[0]) > 0


@cache
def links(name: str) -> Links:
    """Return the consistency checks of a message type."""
    message, at, known = catalogue().one(name), value_indexes(name), record_checks(name)
    comment = comment_fields(name)
    numbers = {at[code][checks.number_name] for code, checks in known.items() if checks.number}
    if comment:
        numbers.add(at[COMMENT][comment.of.name])
    # The number comes first in every record, so one index serves them all.
    (number,) = numbers
    return Links(
        keeps_numbers=message.role == "retour",
        number=number,
        comment_line=at[COMMENT][comment.line.name] if comment else 0,
        comment_text=at[COMMENT][comment.text.name] if comment else 0,
        agrees={code: _agrees(message, code, checks) for code, checks in known.items()},
        counts=tuple((at[TRAILER][field.name], code) for field, code in known[TRAILER].counted),
        owned=owned(name),
        totals=accept_totals(name),
    )
