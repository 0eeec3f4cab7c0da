"""The faults that a mailbox can have; `faults.csv` says what each is, and what finds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from harness.mailbox.demo.calendar import Calendar
from harness.mailbox.demo.exchange import Exchange
from schemas.facts import table_rows as tables

# Adds the files of an exchange with a fault; returns the path of the file it is found at.
Make = Callable[[Exchange, Calendar], str]
_LATER = timedelta(2)
_RELEASES = ("old", "new")


@dataclass(frozen=True)
class MailboxFault:
    """A fault: its name, the finding it gives, and what it is, in each language.

    `release` is that of its exchange: `old` or `new`.
    """

    name: str
    release: str
    finding: str
    what: Mapping[str, str]
    make: Make


def _unanswered(it: Exchange, _: Calendar) -> str:
    return it.ask()


def _other_release(it: Exchange, calendar: Calendar) -> str:
    it.ask()
    # Only after the switch can an answer be in the new release.
    return it.answer(release=calendar.target, on=calendar.first_day)


def _twice(it: Exchange, _: Calendar) -> str:
    it.ask()
    it.answer()
    return it.answer("b")


def _early(it: Exchange, _: Calendar) -> str:
    it.ask()
    return it.answer(on=it.asked - timedelta(1))


def _no_heen(it: Exchange, _: Calendar) -> str:
    return it.answer()


def _reused(it: Exchange, _: Calendar) -> str:
    it.ask()
    it.answer()
    later = it.ask("b", on=it.asked + _LATER)
    it.answer("b", to=it.asked + _LATER)
    return later


def _late(it: Exchange, calendar: Calendar) -> str:
    it.asked = it.answered = calendar.day_too_late(it.message)
    path = it.ask()
    it.answer()
    return path


def _copy(it: Exchange, _: Calendar) -> str:
    path = it.ask()
    it.answer()
    return it.add(f"copy-{Path(path).name}", it.files[path])


def _cut(it: Exchange, _: Calendar) -> str:
    path = it.ask()
    it.answer()
    it.files[path] = it.files[path][: -len(it.files[path]) // 4]
    return path


def _empty(it: Exchange, _: Calendar) -> str:
    it.ask()
    it.answer()
    return it.add("empty.xml", b"")


_MAKES: dict[str, Make] = {
    "open": _unanswered,
    "waiting": _unanswered,
    "release": _other_release,
    "twice": _twice,
    "early": _early,
    "no-heen": _no_heen,
    "reused": _reused,
    "late": _late,
    "copy": _copy,
    "cut": _cut,
    "empty": _empty,
}


@cache
def faults() -> dict[str, MailboxFault]:
    """The faults by name, in order."""
    rows = tables.rows("faults", Path(__file__).parent)
    names = [row.one_of("fault", _MAKES) for row in rows]
    return {
        name: MailboxFault(
            name,
            row.one_of("release", _RELEASES),
            row["finding"],
            row.in_languages("what"),
            _MAKES[name],
        )
        for name, row in zip(names, rows, strict=True)
    }
