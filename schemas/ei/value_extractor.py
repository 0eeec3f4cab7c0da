"""From the groups of a matched record to its values: straight-line code, made from the tables.

Reading is the hottest loop of all, and code without a loop over the fields takes half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schemas.facts.records import Field

Values = dict[str, str]
# A fault of a value: its code, the name of the field, and what it holds.
Problem = tuple[str, str, str]
Report = Callable[[Problem], None]
Taker = Callable[[tuple[str, ...], Report], tuple[Values, Values]]
Check = Callable[[str], str]


def _blank_of(field: Field) -> str:
    return "" if field.zero_is_value else field.blank


def _value_lines(
    field: Field, group: int, codes: frozenset[str] | None, check: Check | None
) -> list[str]:
    """The code that takes one value, checks it and puts it among the values."""
    name, raw = repr(field.name), f"g{group}"
    lines = []
    if not field.is_number:
        lines.append(f"if {raw}[0] == ' ': report(('EI-ALIGN', {name}, {raw}))")
        lines.append(f"{raw} = {raw}.rstrip(' ')")
    if codes is not None:
        lines.append(f"if {raw} not in codes{group}: report(('EI-CODE', {name}, {raw}))")
    elif check is not None:
        lines.append(f"if fault := check{group}({raw}): report((fault, {name}, {raw}))")
    lines.append(f"values[{name}] = {raw}")
    if not _blank_of(field):
        return lines
    inner = [f"if {raw} != {_blank_of(field)!r}:", *(f"    {line}" for line in lines)]
    if field.must_be_filled:
        inner += ["else:", f"    report(('EI-FILLED', {name}, {raw}))"]
    return inner


def make(
    fields: Sequence[Field],
    codes: Callable[[Field], frozenset[str] | None],
    check: Callable[[Field], Check | None],
    kept: frozenset[str],
) -> Taker:
    """The function that takes the values of a record, and the links that follow from others.

    `fields` are those that the pattern of the record captures, in order; `kept` names values
    that records below repeat, which stand among the links as they were read.
    """
    known: dict[str, object] = {}
    body, links = [], []
    for group, field in enumerate(fields):
        if not field.has_value or field.name in kept:
            links.append(f"{field.name!r}: g{group}")
        if field.has_value:
            known[f"codes{group}"], known[f"check{group}"] = codes(field), check(field)
            body += _value_lines(field, group, codes(field), check(field))
    taken = "".join(f"g{group}, " for group in range(len(fields)))
    source = [
        "def take(groups, report):",
        f"    ({taken}) = groups",
        f"    links = {{{', '.join(links)}}}",
        "    values = {}",
        *(f"    {line}" for line in body),
        "    return values, links",
    ]
    exec("\n".join(source), known)  # noqa: S102 - made of the names in our own tables
    taker: Taker = known["take"]  # type: ignore[assignment]
    return taker
