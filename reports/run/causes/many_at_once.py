"""Much that is wrong at once, which is rather one cause than many: in a record, or in an output."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from reports.run.causes.causes import Cause
from reports.run.causes.field_identity import identity
from reports.run.causes.levels import level_of
from reports.run.causes.same_cause import kind_of_flaw
from reports.run.causes.trace import parent_of, path_of_parent

# More fields of a record than this have one cause, and more kinds of accepted input.
_MANY, _MANY_KINDS = 3, 2
# More fields of an output than this, of so many records, have one cause: it is another message.
_MANY_OF_OUTPUT, _MANY_RECORDS = 8, 3
# The shares of their outputs that two causes have in common: that of the rarer, of the other.
_MOSTLY, _PARTLY = 0.8, 0.3

# What becomes of all elements of a group that is lost or invented whole.
_WHOLE = ("FIELD-LOST", "FIELD-INVENTED")

_Alike = Callable[[Cause, Cause], bool]


def many_at_once(found: Sequence[Cause]) -> Iterator[list[Cause]]:
    """The causes, several at a time, that are one."""
    fields = [one for one in found if level_of(one) in ("field", "record")]
    counts = [one for one in found if one.code == "EI-COUNT"]
    accepted = [one for one in found if one.code == "SUT-ACCEPTED"]
    yield from _many(fields, _of_group, 1, 1)
    yield from _many(fields, _of_record, _MANY, 1)
    yield from _many(fields, _of_output, _MANY_OF_OUTPUT, _MANY_RECORDS)
    yield from _many(counts, _of_record, 1, 1)
    yield from _many(accepted, _of_message, _MANY_KINDS, 1)


def _many(
    found: Sequence[Cause], are_alike: _Alike, most: int, records: int
) -> Iterator[list[Cause]]:
    for own in found:
        like = [other for other in found if are_alike(own, other)]
        parents = {parent_of(other.example) for other in like}
        if len(set(map(_what, like))) > most and len(parents) >= records:
            rare = [other for other in found if most >= _MANY and _is_of(other, own, parents)]
            yield [*like, *rare]


def _is_of(rare: Cause, own: Cause, parents: Collection[str]) -> bool:
    """Whether a rarer cause is the same deviation of those records and outputs."""
    same = rare.code == own.code and _of_message(rare, own) and parent_of(rare.example) in parents
    return same and rare.trace.share_in(own.trace) >= _MOSTLY


def _of_message(one: Cause, other: Cause) -> bool:
    return one.message == other.message


def _of_output(one: Cause, other: Cause) -> bool:
    """Whether two causes show in mostly the same outputs."""
    if not _of_message(one, other):
        return False
    shares = one.trace.share_in(other.trace), other.trace.share_in(one.trace)
    return max(shares) >= _MOSTLY and min(shares) >= _PARTLY


def _of_group(one: Cause, other: Cause) -> bool:
    """Whether two causes are elements of one group, lost or invented as often as each other."""
    parents = {path_of_parent(one.example), path_of_parent(other.example)}
    is_group = len(parents) == 1 and "" not in parents
    same = one.code == other.code and one.code in _WHOLE and one.count == other.count
    return is_group and same and _of_message(one, other)


def _of_record(one: Cause, other: Cause) -> bool:
    """Whether two causes show in the same record of mostly the same outputs.

    If they do not deviate in the same way, the outputs must be nearly the same.
    """
    if parent_of(one.example) != parent_of(other.example) or not _of_output(one, other):
        return False
    shares = one.trace.share_in(other.trace), other.trace.share_in(one.trace)
    return one.code == other.code or min(shares) >= _MOSTLY


def _what(cause: Cause) -> str:
    """The kind of a flaw without its place, or the field."""
    return kind_of_flaw(cause) or identity(cause.example) or cause.place
