"""What two runs found differently: what is new, mended, still there, and not shown again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from reports.events.events import CaseFinished, Event
from reports.run.causes.causes import KINDS, Cause
from reports.run.summary import Summary, summarise

STATUSES = ("new", "still", "mended", "unasked")
# A case with another verdict got no answer that could show a finding.
_ANSWERED = ("pass", "fail", "xfail", "xpass")

_Key = tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """The findings of one code, message type and field (and flaw), as two runs show them.

    `status` is `new`, `still`, `mended`, or `unasked`: gone, but the case that showed it was not
    answered in the new run. `before` and `after` count findings. `kind` and `cause` are those of
    the new run, or of the old one if only that has it.
    """

    status: str
    kind: str
    before: int
    after: int
    cause: Cause

    def to_json(self) -> dict[str, Any]:
        """The change as a JSON object."""
        example = self.cause.example
        return {
            "status": self.status,
            "kind": self.kind,
            "code": self.cause.code,
            "message": self.cause.message,
            "field": self.cause.place,
            "flaw": example.taken_with,
            "rule": example.rule,
            "before": self.before,
            "after": self.after,
            "case": example.case,
        }


@dataclass(frozen=True)
class RunsCompared:
    """The summaries of two runs, and their changes in the order of `STATUSES`."""

    old: Summary
    new: Summary
    changes: tuple[Change, ...]

    def with_status(self, status: str) -> tuple[Change, ...]:
        """The changes with a status, blocking ones first."""
        return tuple(change for change in self.changes if change.status == status)

    @property
    def is_worse(self) -> bool:
        """Whether anything new is blocking."""
        return any(change.kind == "blocking" for change in self.with_status("new"))

    @property
    def beyond(self) -> int:
        """The number of findings of both runs whose cause was not kept, and not compared."""
        return self.old.beyond + self.new.beyond


def compared(old: Iterable[Event], new: Iterable[Event]) -> RunsCompared:
    """Compare two runs, from events that can be read more than once.

    Raises RunBroken if either was never started.
    """
    summaries = summarise(old), summarise(new)
    before, after = (_by_key(summary.symptoms) for summary in summaries)
    gone = {
        cause.example.case for key, found in before.items() if key not in after for cause in found
    }
    answered = _answered(new, gone)
    changes = [
        _change(before.get(key, []), after.get(key, []), answered) for key in {**after, **before}
    ]
    changes.sort(key=lambda item: (STATUSES.index(item.status), KINDS.index(item.kind)))
    return RunsCompared(*summaries, tuple(changes))


def _by_key(causes: Iterable[Cause]) -> dict[_Key, list[Cause]]:
    """The causes by all but their kind, which depends on options and declared deviations."""
    found: dict[_Key, list[Cause]] = {}
    for cause in causes:
        found.setdefault(cause.key[1:], []).append(cause)
    return found


def _answered(events: Iterable[Event], ids: set[str]) -> set[str]:
    """Which of some cases were asked and answered."""
    return {case.id for case in _cases(events) if case.id in ids and case.verdict in _ANSWERED}


def _cases(events: Iterable[Event]) -> Iterator[CaseFinished]:
    return (event for event in events if isinstance(event, CaseFinished))


def _change(before: list[Cause], after: list[Cause], answered: set[str]) -> Change:
    status = "still" if before else "new"
    if not after:
        is_answered = all(cause.example.case in answered for cause in before)
        status = "mended" if is_answered else "unasked"
    first = (after or before)[0]
    numbers = [sum(cause.count for cause in found) for found in (before, after)]
    return Change(status, first.kind, numbers[0], numbers[1], first)
