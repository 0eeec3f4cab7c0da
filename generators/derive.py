"""From what a message says in 2.1 to what it says in 2.0, and what each conversion must keep.

This is the oracle: it follows the rows of the mapping, and shares no code with a converter.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generators.content import Content
from generators.draw import Draw
from generators.plan import GroupSlot, LeafSlot
from generators.specs import BOTH
from schemas import fills
from schemas.mapping import Mapped, mapped
from schemas.messages import MessageType
from schemas.records import HEADER, TRAILER

_ONLY_20_SHARE = 0.15


@cache
def _pairs(name: str) -> dict[str, tuple[Mapped, ...]]:
    """For each record the mapped fields, those of the last record with the header's."""
    found = dict(mapped(name))
    found[HEADER] = (*found[HEADER], *found.pop(TRAILER))
    return found


def _keys(slot: GroupSlot) -> Iterator[str]:
    for member in slot.members:
        if isinstance(member, LeafSlot):
            yield member.key
        elif not member.record:
            yield from _keys(member)


def pairs_of(name: str, record: str, slot: GroupSlot | None = None) -> tuple[Mapped, ...]:
    """The mapped fields of a record, or of the elements of a slot."""
    pairs = _pairs(name)[record]
    if slot is None:
        return pairs
    keys = set(_keys(slot))
    return tuple(pair for pair in pairs if any(key.partition("[")[0] in keys for key in pair.keys))


@cache
def _codes_only_20(pair: Mapped) -> tuple[str, ...]:
    """The codes of a field that 2.1 lacks, where a fallback stands for them."""
    listed = pair.field.codelist
    if listed is None or not pair.field.rule.fallback:
        return ()
    return tuple(sorted(set(listed.valid("2.0")) - set(listed.valid("2.1"))))


def notation_20(pair: Mapped, value: str) -> str:
    """A 2.1 value in the notation of its 2.0 field: digits in full, texts cut where they may be."""
    field = pair.field
    if field.rule.codec == "date":
        return value.replace("-", "")
    if field.rule.codec == "time":
        return value.replace(":", "")
    if field.is_number:
        return value.zfill(field.length)
    return value[: field.rule.cut].rstrip() if field.rule.cut else value


def _mapped_code(draw: Draw, content: Content, pair: Mapped, key: str, value: str) -> bool:
    """Set a value whose codes differ between the releases; False where they are the same."""
    rule, name = pair.field.rule, pair.field.name
    rows = [row for row in rule.map if row.code_21 == value]
    if not rows:
        return False
    row = draw.pick(rows)
    back = next((item for item in rows if item.back == "yes"), None)
    content.v21[key] = value
    if row.code_20:
        content.v20[name] = row.code_20
        content.x21[key] = value
    if back:
        content.x20[name] = back.code_20
    return True


def _fallback_code(draw: Draw, content: Content, pair: Mapped, key: str, value: str) -> None:
    """Set a code that one release may lack, for which the fallback then stands."""
    name, fallback = pair.field.name, pair.field.rule.fallback
    listed = pair.field.codelist
    only_20 = _codes_only_20(pair)
    if only_20 and draw.chance(_ONLY_20_SHARE):
        content.v20[name] = draw.pick(only_20)
        content.v21[key] = content.x21[key] = content.x20[name] = fallback
    else:
        known = listed is None or value in listed.valid("2.0")
        content.v21[key] = value
        content.v20[name] = content.x20[name] = content.x21[key] = value if known else fallback


def _same(content: Content, pair: Mapped, key: str, value: str) -> None:
    field, name = pair.field, pair.field.name
    content.v21[key] = value
    written = notation_20(pair, value)
    if written == field.blank and not field.zero_is_value:
        return
    content.v20[name] = content.x20[name] = written
    content.x21[key] = written if field.rule.cut else value
    content.cut += bool(field.rule.cut) and written != value


def derive(
    draw: Draw, pairs: tuple[Mapped, ...], content: Content, drawn: dict[str, str] | None = None
) -> None:
    """Add what was drawn to all sets of values of a content.

    `pairs` are the mapped fields of what was drawn; `drawn` is by default the content's `v21`.
    """
    if drawn is None:
        drawn, content.v21 = content.v21, {}
    for pair in pairs:
        rule = pair.field.rule
        if rule.role == "constant":
            content.v21[pair.keys[0]] = content.x21[pair.keys[0]] = rule.back
            continue
        first = True
        for key in pair.keys:
            value = drawn.pop(key, None)
            if value is None:
                continue
            if not first:
                content.v21[key] = value
            elif rule.map and _mapped_code(draw, content, pair, key, value):
                pass
            elif rule.fallback:
                _fallback_code(draw, content, pair, key, value)
            else:
                _same(content, pair, key, value)
            first = False
    content.v21 |= drawn


def header_code(message: MessageType, content: Content) -> None:
    """The code of the header that 2.1 leaves out and 2.0 writes."""
    code = fills.header_code(message.name)
    if code is None:
        return
    first = f"{code.key}[1]"
    if first not in content.v21:
        content.v20[code.field] = content.x20[code.field] = code.value
    elif code.leave_out(content.x21):
        del content.x21[first]


def for_one_release(content: Content, release: str) -> None:
    """Forget what the other release would say, where the values were drawn for one alone."""
    if release != BOTH:
        content.x20, content.x21 = {}, {}
        if release == "2.0":
            content.v21 = {}
        else:
            content.v20 = {}
