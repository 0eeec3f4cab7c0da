"""Writes the findings of a run as declared deviations, with reasons to fill in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from harness.configuration.software import SutOptions
from reports.events.deviations import WHOLE_MESSAGE
from reports.run.causes.causes import Cause
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes

# The time until a declaration expires.
_HOLDS = timedelta(days=91)
_HEAD = """\
# Deviations that a run found. Give each its reason: an empty one is an error.
# After its day a deviation covers nothing any more.
"""


def tables(causes: Iterable[Cause], day: str) -> list[str]:
    """A table per code and field that fails cases, with the message types concerned."""
    found: dict[tuple[str, str], set[str]] = {}
    for cause in causes:
        if cause.kind == "blocking":
            found.setdefault((cause.code, cause.place), set()).add(cause.message)
    codes = list(finding_codes())
    expires = date.fromisoformat(day) + _HOLDS
    return [
        _table(code, place, found[code, place], expires)
        for code, place in sorted(found, key=lambda key: (codes.index(key[0]), key[1]))
    ]


def document(declarations: Iterable[str], software: Iterable[str] = ()) -> bytes:
    """The tables as a file, after those of the software if there are any."""
    return "\n".join([*software, _HEAD, *declarations]).encode()


def software(options: SutOptions) -> list[str]:
    """The tables of the software on the command line, which replace its options."""
    if not options.ways:
        return []
    named = ["[sut]", f"name = {_quoted(options.name)}"] if options.name else []
    lines = ["[sut.convert]"]
    lines += [f"{way} = {_quoted(value)}" for way, value in options.ways.items()]
    lines += [f"python_exe = {_quoted(options.python_exe)}"] if options.python_exe else []
    lines += [f"timeout_s = {options.timeout!r}"] if options.timeout else []
    return ["\n".join(part) + "\n" for part in (named, lines) if part]


def _table(code: str, place: str, messages: set[str], expires: date) -> str:
    lines = ["[[deviation]]", f"codes = [{_quoted(code)}]"]
    known = [name for name in catalogue().messages if name in messages]
    lines.append(f"messages = [{', '.join(map(_quoted, known))}]")
    # Without a field a declaration would cover the findings at every field.
    lines.append(f"fields = [{_quoted(place if place.strip() else WHOLE_MESSAGE)}]")
    lines += ['reason = ""', f"expires = {expires.isoformat()}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as a TOML string."""
    plain = (char if char.isprintable() and char not in '"\\' else _escaped(char) for char in text)
    return f'"{"".join(plain)}"'


def _escaped(char: str) -> str:
    return f"\\U{ord(char):08X}"
