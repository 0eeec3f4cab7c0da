"""Whether all that must hold between the records of a 2.0 message surely does, on its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import lt

from schemas.ei_accept_fields import Row, places
from schemas.ei_accept_owners import Owned, owned
from schemas.ei_accept_totals import Total, accept_totals
from schemas.ei_check import counted
from schemas.ei_check_plan import Plan, plans
from schemas.ei_comments import CommentFields, comment_fields
from schemas.messages import MessageType, catalogue
from schemas.records import COMMENT, HEADER, TRAILER


@dataclass(frozen=True)
class _Kind:
    """What a kind of record must agree with, each field by its place in the row.

    `equal` holds a field, the record that it repeats one of, and that one; `alone` a field with
    its blank and the same of the one that tells whether it is filled; `together` fields of which
    all or none are blank.
    """

    equal: tuple[tuple[int, str, int], ...]
    alone: tuple[tuple[int, str, int, str], ...]
    together: tuple[tuple[tuple[int, str], ...], ...]

    def holds(self, row: Row, last: dict[str, Row]) -> bool:
        """Whether a record agrees with the last ones of the kinds above it, and with itself."""
        for place, owner, theirs in self.equal:
            if row[place] != last[owner][theirs]:
                return False
        for place, blank, other, other_blank in self.alone:
            if row[other] == other_blank and row[place] != blank:
                return False
        return all(len({row[at] == blank for at, blank in group}) == 1 for group in self.together)


def _kind(message: MessageType, code: str, plan: Plan) -> _Kind:
    at, fields = places(message.name), message.records[code].by_name
    others = ((field, fields[field.rule.absent_with]) for field in plan.alone)
    return _Kind(
        equal=tuple((at[code][own], owner, at[owner][name]) for _, own, owner, name in plan.equal),
        alone=tuple(
            (at[code][field.name], field.blank, at[code][other.name], other.blank)
            for field, other in others
        ),
        together=tuple(
            tuple((at[code][field.name], field.blank) for field in group)
            for group, _ in plan.together
        ),
    )


@dataclass(frozen=True)
class _Comments:
    """The comments of a message type: the places of what each is on, and of its line."""

    of: int
    line: int

    def hold(self, kinds: Sequence[str], rows: Sequence[Row], numbers: dict[str, int]) -> bool:
        """Whether each comment names the record that it is on, and counts its lines."""
        owner, line = "", 0
        for kind, row in zip(kinds, rows, strict=True):
            if kind != COMMENT:
                owner, line = row[numbers[kind]] if kind in numbers else "", 0
                continue
            line += 1
            if row[self.of] != owner or int(row[self.line]) != line:
                return False
        return True


@dataclass(frozen=True)
class Links:
    """All of it, for a message type; `numbers` and `counts` tell places in rows."""

    keeps_numbers: bool
    numbers: dict[str, int]
    kinds: dict[str, _Kind]
    comments: _Comments | None
    owned: tuple[Owned, ...]
    counts: tuple[tuple[int, str], ...]
    totals: tuple[Total, ...]

    def hold(self, kinds: Sequence[str], rows: Sequence[Row]) -> bool:
        """Whether everything holds."""
        numbers = self.numbers
        found = [row[numbers[k]] for k, row in zip(kinds, rows, strict=True) if k in numbers]
        if not self.numbered(found):
            return False
        last: dict[str, Row] = {}
        for kind, row in zip(kinds, rows, strict=True):
            last[kind] = row
            if kind in self.kinds and not self.kinds[kind].holds(row, last):
                return False
        if self.comments and COMMENT in kinds and not self.comments.hold(kinds, rows, numbers):
            return False
        trailer = rows[-1]
        for place, kind in self.counts:
            count = len(kinds) - 2 if kind == "*" else kinds.count(kind)
            if int(trailer[place]) != count:
                return False
        owners = all(owned.hold(kinds, rows) for owned in self.owned)
        return owners and all(total.holds(kinds, rows) for total in self.totals)

    def numbered(self, numbers: list[str]) -> bool:
        """Whether records are numbered from 1, or rise where the numbers of the heen are kept."""
        if not numbers or numbers == counted(len(numbers), len(numbers[0])):
            return True
        rising = self.keeps_numbers and all(map(lt, numbers, numbers[1:]))
        return rising and int(numbers[0]) > 0


def _comments(message: MessageType) -> _Comments | None:
    fields: CommentFields | None = comment_fields(message.name)
    if fields is None:
        return None
    at = places(message.name)[COMMENT]
    return _Comments(at[fields.of.name], at[fields.line.name])


@cache
def links(name: str) -> Links:
    """What must hold between the records of a message type."""
    message, at, known = catalogue().one(name), places(name), plans(name)
    ends = (HEADER, COMMENT, TRAILER)
    kinds = {code: _kind(message, code, plan) for code, plan in known.items()}
    return Links(
        keeps_numbers=message.role == "retour",
        numbers={code: at[code][plan.number_name] for code, plan in known.items() if code not in ends},
        kinds={code: kind for code, kind in kinds.items() if kind != _Kind((), (), ())},
        comments=_comments(message),
        owned=owned(name),
        counts=tuple((at[TRAILER][field.name], kind) for field, kind in known[TRAILER].counted),
        totals=accept_totals(name),
    )
