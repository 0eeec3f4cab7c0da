"""Whether all that must hold between the records of a 2.0 message surely does, on its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import lt

from schemas.ei.check import counted
from schemas.ei.check_plan import Plan, plans
from schemas.ei.fast.accept_fields import Row, places
from schemas.ei.fast.accept_owners import Owned, owned
from schemas.ei.fast.accept_totals import Total, accept_totals
from schemas.facts.comments import comment_fields
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import COMMENT, TRAILER

# Whether a record agrees with itself, and with the last records of the kinds above it.
_Agrees = Callable[[Row, dict[str, Row]], bool]


def _conditions(message: MessageType, code: str, plan: Plan) -> Iterator[str]:
    """What must hold of the row of a kind of record, as expressions."""
    at, fields = places(message.name), message.records[code].by_name
    for _, own, owner, name in plan.equal:
        yield f"row[{at[code][own]}] == last[{owner!r}][{at[owner][name]}]"
    for field in plan.alone:
        other = fields[field.rule.absent_with]
        filled = f"row[{at[code][other.name]}] != {other.blank!r}"
        yield f"({filled} or row[{at[code][field.name]}] == {field.blank!r})"
    for group, _ in plan.together:
        yield " == ".join(f"(row[{at[code][field.name]}] == {field.blank!r})" for field in group)


def _agrees(message: MessageType, code: str, plan: Plan) -> _Agrees | None:
    """One expression for all that a kind of record must agree with, or None where it is free."""
    conditions = list(_conditions(message, code, plan))
    if not conditions:
        return None
    source = f"lambda row, last: {' and '.join(conditions)}"
    agrees: _Agrees = eval(source)  # noqa: S307 - made of the names in our own tables
    return agrees


@dataclass(frozen=True)
class Links:
    """All that must hold; fields are told by their places in rows.

    `number` is that of the number of a record, in its own row and in those of its comments;
    `counts` are those of the last record, each with the kind that it counts.
    """

    keeps_numbers: bool
    number: int
    comment_line: int
    agrees: dict[str, _Agrees | None]
    counts: tuple[tuple[int, str], ...]
    owned: tuple[Owned, ...]
    totals: tuple[Total, ...]

    def hold(self, kinds: Sequence[str], rows: Sequence[Row]) -> bool:
        """Whether everything holds."""
        return (
            self.counted(kinds, rows[-1])
            and self.agree(kinds, rows)
            and all(owned.hold(kinds, rows) for owned in self.owned)
            and all(total.holds(kinds, rows) for total in self.totals)
        )

    def agree(self, kinds: Sequence[str], rows: Sequence[Row]) -> bool:
        """Whether each record agrees with those above it, the comments with what they are on."""
        place, known = self.number, self.agrees
        numbers: list[str] = []
        last: dict[str, Row] = {}
        line = 0
        for kind, row in zip(kinds, rows, strict=True):
            if kind == COMMENT:
                line += 1
                if row[place] != numbers[-1] or int(row[self.comment_line]) != line:
                    return False
                continue
            numbers.append(row[place])
            last[kind], line = row, 0
            agrees = known[kind]
            if agrees and not agrees(row, last):
                return False
        return self.numbered(numbers[1:-1])

    def counted(self, kinds: Sequence[str], trailer: Row) -> bool:
        """Whether the last record counts the others right."""
        for place, kind in self.counts:
            count = len(kinds) - 2 if kind == "*" else kinds.count(kind)
            if int(trailer[place]) != count:
                return False
        return True

    def numbered(self, numbers: list[str]) -> bool:
        """Whether records are numbered from 1, or rise where the numbers of the heen are kept."""
        if not numbers or numbers == counted(len(numbers), len(numbers[0])):
            return True
        rising = self.keeps_numbers and all(map(lt, numbers, numbers[1:]))
        return rising and int(numbers[0]) > 0


@cache
def links(name: str) -> Links:
    """What must hold between the records of a message type."""
    message, at, known = catalogue().one(name), places(name), plans(name)
    comment = comment_fields(name)
    numbers = {at[code][plan.number_name] for code, plan in known.items() if plan.number}
    if comment:
        numbers.add(at[COMMENT][comment.of.name])
    # In each record the number stands in front, so that one place will do.
    (number,) = numbers
    return Links(
        keeps_numbers=message.role == "retour",
        number=number,
        comment_line=at[COMMENT][comment.line.name] if comment else 0,
        agrees={code: _agrees(message, code, plan) for code, plan in known.items()},
        counts=tuple((at[TRAILER][field.name], kind) for field, kind in known[TRAILER].counted),
        owned=owned(name),
        totals=accept_totals(name),
    )
