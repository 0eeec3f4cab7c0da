"""What findings follow from: other findings of the same outputs, at a level above and a place near.

What is wrong with the file comes before its records, its records before their fields, and its
fields before what is derived from them. A broken rule always follows from a difference, as rules
are only checked where the input kept them.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.events.events import Finding
from reports.run.causes.causes import Cause
from reports.run.causes.levels import level_of, rank
from reports.run.causes.trace import parent_of, path_of_parent
from schemas.facts.money import is_money
from schemas.facts.records import COMMENT, TRAILER

# The share of its outputs that findings have in common with what they follow from.
NEARLY_ALL = 0.9
# A field explains that records cannot be matched, if it shows in so many times their outputs.
_FAR_MORE = 2


def followed(own: Cause, above: Sequence[Cause]) -> Cause | None:
    """What a cause follows from: the nearest of `above`, which are in the order of their rank."""
    may = [
        other
        for other in above
        if other is not own and other.message == own.message and _may_follow(own, other, above)
    ]
    near = [other for other in may if own.trace.share_in(other.trace) >= NEARLY_ALL]
    if not near and level_of(own) == "rule":
        near = [other for other in may if own.trace.may_be_in(other.trace)]
    return max(near, key=lambda other: _nearness(own, other), default=None)


def _nearness(own: Cause, other: Cause) -> tuple[object, ...]:
    """By what the nearest is chosen: the file, the same record, and the most outputs in common."""
    is_same = parent_of(own.example) == parent_of(other.example)
    shares = own.trace.share_in(other.trace), other.trace.share_in(own.trace)
    rounded = tuple(round(share, 2) for share in shares)
    return level_of(other) == "file", is_same, *rounded, -rank(other)[0]


def _may_follow(own: Cause, other: Cause, order: Sequence[Cause]) -> bool:
    """Whether findings can follow from others, by their levels and places."""
    levels = level_of(own), level_of(other)
    if own.code == "TYPE-CHANGED" and own.trace.suites != {"roundtrip"}:
        # An output that cannot be read is of no type.
        return levels[1] == "file"
    if levels[0] == "rule":
        return levels[1] not in ("", "rule")
    if levels in (("file", "file"), ("record", "record")):
        return order.index(other) < order.index(own)
    if levels[1] == "file":
        return True
    if levels == ("record", "field"):
        is_unmatched = own.code in ("ENTITY-LOST", "ENTITY-INVENTED")
        return is_unmatched and other.trace.reach >= _FAR_MORE * own.trace.reach
    if levels == ("field", "record"):
        return _is_below(own, other)
    if levels == ("link", "field"):
        is_sum = own.code == "EI-TOTAL" and is_money(other.message, other.place)
        return is_sum or _is_near(own.example, other.example)
    return levels == ("link", "record")


def _is_below(own: Cause, entity: Cause) -> bool:
    """Whether a field is in an entity or one below it, or says something of all records."""
    one, other = own.example, entity.example
    if one.ei and one.ei.record in (COMMENT, TRAILER):
        return True
    if one.xml and other.xml:
        return f"{path_of_parent(one)}/".startswith(f"{entity.place}/")
    return one.ei is not None and one.ei.record == parent_of(other)


def _is_near(one: Finding, other: Finding) -> bool:
    """Whether two findings are in the same record, or one below the parent of the other."""
    if one.ei and other.ei and one.ei.record == other.ei.record:
        return True
    paths = [f"{path_of_parent(item)}/" for item in (one, other) if item.xml]
    return len(paths) == 2 and (paths[0].startswith(paths[1]) or paths[1].startswith(paths[0]))
