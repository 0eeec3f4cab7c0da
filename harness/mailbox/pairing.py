"""Matches answers to questions under one key, and finds what is wrong with them.

A key is a message type with its return message, both parties and an identification. A heenbericht
with another date is another question. The memory per key does not grow with its files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from harness.mailbox.deadlines import Deadlines
from harness.mailbox.index import MessageRow
from schemas.facts.catalogue import catalogue
from schemas.facts.table_rows import weakest
from schemas.header.locations import DAGTEKENING, KEY, RETOUR_DAGTEKENING, evidence

# Further questions of a key are not told apart.
_MOST_ASKED = 100


@dataclass(frozen=True)
class PairProblem:
    """A problem with a message, in relation to another one if there is one."""

    code: str
    row: MessageRow
    evidence: str
    other: MessageRow | None = None
    rule: str = ""
    at: str = ""
    moved: str = ""


@dataclass
class _Asked:
    """A question in each release (it may have been converted), and its first answers.

    `answers` has one in a release of the question (True) and one in another (False).
    """

    heens: dict[str, MessageRow] = field(default_factory=dict)
    answers: dict[bool, MessageRow] = field(default_factory=dict)

    @property
    def newest(self) -> MessageRow:
        return self.heens[max(self.heens)]


@dataclass
class Key:
    """The state of a key; its messages come in the order of the index."""

    tell: Callable[[PairProblem], None]
    deadlines: Deadlines
    asked: dict[str, _Asked] = field(default_factory=dict)
    first: dict[str, MessageRow] = field(default_factory=dict)
    previous: MessageRow | None = None

    def add(self, row: MessageRow) -> None:
        """Process the next message."""
        previous, self.previous = self.previous, row
        if previous and previous.digest == row.digest:
            # The original has been judged; the times of the copy have not.
            self._tell("PAIRS-COPY", row, previous)
            self._judge_times(row, by_date=False)
            return
        is_converted = previous is not None and _is_converted(previous, row)
        if not row.is_retour:
            self._add_question(row)
        elif not is_converted:
            self._add_answer(row)
        self._judge_times(row, by_date=not is_converted)

    def _add_question(self, row: MessageRow) -> None:
        first = self.first.setdefault(row.release, row)
        if first is not row:
            self._tell("PAIRS-REUSED", row, first)
        if row.date not in self.asked and len(self.asked) < _MOST_ASKED:
            self.asked[row.date] = _Asked()
        asked = self.asked.get(row.date) or next(reversed(self.asked.values()))
        asked.heens.setdefault(row.release, row)

    def _add_answer(self, row: MessageRow) -> None:
        asked = self.asked.get(row.date) or next(iter(self.asked.values()), None)
        if asked:
            self._judge_answer(row, asked)
        else:
            self._tell("PAIRS-NO-HEEN", row)

    def _judge_answer(self, row: MessageRow, asked: _Asked) -> None:
        fits = row.release in asked.heens
        heen = asked.heens.get(row.release) or asked.newest
        first = asked.answers.setdefault(fits, row)
        if first is not row:
            self._tell("PAIRS-TWICE", row, first)
        if not fits:
            self._tell("PAIRS-RELEASE", row, heen)
        if "" != row.retour_date < heen.date:
            grade = evidence(row.type, row.release, (*KEY, RETOUR_DAGTEKENING))
            self._tell("PAIRS-EARLY", row, heen, grade)
        elif heen.sent and min(row.sent or heen.sent, row.read or heen.sent) < heen.sent:
            self._tell("PAIRS-EARLY", row, heen)

    def _judge_times(self, row: MessageRow, by_date: bool) -> None:
        for item in self.deadlines.missed(row, by_date):
            day = RETOUR_DAGTEKENING if row.is_retour else DAGTEKENING
            roles = (*KEY, day) if item.by_date else KEY
            grade = weakest(item.evidence, evidence(row.type, row.release, roles))
            self.tell(
                PairProblem("PAIRS-DEADLINE", row, grade, None, item.rule, item.at, item.moved)
            )

    def _tell(
        self, code: str, row: MessageRow, other: MessageRow | None = None, grade: str = "A"
    ) -> None:
        grades = [evidence(item.type, item.release) for item in (row, other) if item]
        self.tell(PairProblem(code, row, weakest(grade, *grades), other))

    def end(self) -> tuple[int, int]:
        """Report open questions; returns the number of questions, and of answered ones."""
        old, new = self.deadlines.releases
        open_ = [item.newest for item in self.asked.values() if not item.answers]
        # A question that was repeated in the new release is answered there.
        if new in self.first:
            open_ = [row for row in open_ if row.release != old]
        for row in open_:
            is_stuck = row.release == old and catalogue().one(row.type).convertible
            self._tell("PAIRS-OPEN" if is_stuck else "PAIRS-WAITING", row)
        return len(self.asked), sum(True in item.answers for item in self.asked.values())


def _is_converted(one: MessageRow, other: MessageRow) -> bool:
    """Whether two adjacent messages are the same one in two releases.

    A converted message keeps its dates.
    """
    return one.release != other.release and one[4:8] == other[4:8]
