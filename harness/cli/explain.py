"""`ikeur explain`: the meaning of a code, kind of message or rule, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import click

from harness.cli.shared.glossary import (
    ERROR,
    FINDING,
    RETURN_CODE,
    RULE,
    SWITCH,
    Entry,
    entries,
    entries_of,
    groups,
    near,
)
from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import guarded, tell, tell_json
from schemas.errors import UsageError
from schemas.facts.finding_codes import finding_codes

_COPY = "copy it from a report"
_LISTS = "`ikeur explain` lists all, `ikeur sources --rules` the rules"


@click.command(
    epilog="Example:  ikeur explain TR018 --lang nl",
    short_help="Explain a code, a kind of test case or a rule.",
)
@click.argument("name", metavar="[CODE|KIND|RULE]", required=False)
@lang_option
@json_option
@guarded
def explain(name: str | None, lang: str, as_json: bool) -> None:
    """Explain a name that ikeur prints, and what to do about it; without a name, list all.

    The name is the code of a finding or an error, the kind in the id of a test case, a business
    rule, a rule of the switch, or a return code.
    """
    if name is None:
        _list(lang, as_json)
        return
    found = entries_of(name)
    if not found:
        alike = near(name)
        do = f"did you mean {', '.join(alike)}? {_LISTS}" if alike else f"{_COPY}; {_LISTS}"
        raise UsageError("USE-CODE", f"no code, kind or rule {name!r}", do=do)
    first = found[0]
    # What explains one group needs tables that the others do without.
    if first.group == RULE:
        from harness.cli.explain_rules import explain_rule

        explain_rule(first.name, lang, as_json)
    elif first.group == SWITCH:
        from harness.cli.explain_switch import explain_switch_rule

        explain_switch_rule(first.name, lang, as_json)
    elif first.group == RETURN_CODE:
        from harness.cli.explain_return_codes import explain_return_code

        explain_return_code(first.name, lang, as_json)
    elif first.group in (FINDING, ERROR):
        _tell_code(first, lang, as_json)
    elif as_json:
        tell_json({"kind": first.name, "entries": [_json(entry, lang) for entry in found]})
    else:
        tell(first.name, *_kind(found, lang))


def _tell_code(entry: Entry, lang: str, as_json: bool) -> None:
    if as_json:
        known = finding_codes().get(entry.name)
        kind = known.kind if known else ERROR
        about = {"meaning": entry.meaning[lang], "advice": entry.advice[lang]}
        tell_json({"code": entry.name, "kind": kind, **about})
        return
    tell(entry.name, entry.meaning[lang], entry.advice[lang])


def _kind(found: Sequence[Entry], lang: str) -> list[str]:
    """The meaning of a kind of message, in each group that has the name."""
    lines = []
    for group, alike in groupby(found, lambda entry: entry.group):
        lines.append(f"{groups()[group].title[lang]}:")
        told = list(alike)
        for entry in told:
            releases = f"{', '.join(entry.releases)}: " if entry.releases else ""
            lines.append(f"  {releases}{entry.meaning[lang]}{_breaks(entry, lang)}")
        lines.append(f"  {told[0].advice[lang]}")
    return lines


def _breaks(entry: Entry, lang: str) -> str:
    """The code that such a message triggers, in brackets, with its meaning."""
    if not entry.code:
        return ""
    meaning = entries_of(entry.code)[0].meaning[lang]
    return f" ({entry.code}{'' if meaning == entry.meaning[lang] else f': {meaning}'})"


def _json(entry: Entry, lang: str) -> dict[str, object]:
    return {
        "name": entry.name,
        "group": entry.group,
        "releases": list(entry.releases),
        "code": entry.code,
        "meaning": entry.meaning[lang],
        "advice": entry.advice[lang],
    }


def _list(lang: str, as_json: bool) -> None:
    """List all names, by group."""
    if as_json:
        tell_json([_json(entry, lang) for entry in entries()])
        return
    lines = []
    for group, alike in groupby(entries(), lambda entry: entry.group):
        lines += ["", groups()[group].title[lang]]
        found = {(entry.name, entry.meaning[lang]) for entry in alike}
        lines += [f"  {name:30} {meaning}" for name, meaning in sorted(found)]
    tell(*lines[1:])
