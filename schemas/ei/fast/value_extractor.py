"""Generates the code that turns a matched record into values.

Reading is the hottest loop, and unrolled code takes half the time of a loop over the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from schemas.facts.records import Field

Values = dict[str, str]
# A faulty value: the fault code, the field name and the value.
Problem = tuple[str, str, str]
Report = Callable[[Problem], None]
Extractor = Callable[[tuple[str, ...], Report], tuple[Values, Values]]
Check = Callable[[str], str]


def _blank_of(field: Field) -> str:
    return "" if field.zero_is_value else field.blank


def _value_lines(
    field: Field, group: int, codes: frozenset[str] | None, check: Check | None
) -> list[str]:
    """Return the lines of code that take one value, check it and store it."""
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


def compile_extractor(
    fields: Sequence[Field],
    codes: Callable[[Field], frozenset[str] | None],
    check: Callable[[Field], Check | None],
    repeated: frozenset[str],
) -> Extractor:
    """Return the function that splits a record into its values and its links.

    `fields` are those that the record's pattern captures, in order. `repeated` names values that
    records below repeat; these are also put among the links, unstripped.
    """
    known: dict[str, object] = {}
    body, links = [], []
    for group, field in enumerate(fields):
        if not field.has_value or field.name in repeated:
            links.append(f"{field.name!r}: g{group}")
        if field.has_value:
            known[f"codes{group}"], known[f"check{group}"] = codes(field), check(field)
            body += _value_lines(field, group, codes(field), check(field))
    taken = "".join(f"g{group}, " for group in range(len(fields)))
    source = [
        "def extract(groups, report):",
        f"    ({taken}) = groups",
        f"    links = {{{', '.join(links)}}}",
        "    values = {}",
        *(f"    {line}" for line in body),
        "    return values, links",
    ]
    exec("\n".join(source), known)  # noqa: S102 - made of the names in our own tables
    extractor: Extractor = known["extract"]  # type: ignore[assignment]
    return extractor
