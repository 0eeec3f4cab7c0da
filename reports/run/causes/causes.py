"""Groups findings by cause, so that one fault in a thousand messages is reported once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reports.events.events import CaseFinished, Finding
from reports.events.finding_place import place_of
from reports.run.causes.trace import Trace
from reports.run.finding_text import bounded
from reports.run.only_where import NotationTally
from reports.shared.visible import shortened
from schemas.facts.money import is_money

KINDS = ("blocking", "advisory", "declared")
# The limit per kind; findings of later causes are only counted.
MOST_CAUSES = 2000

Key = tuple[str, str, str, str, str]
# A message type, a suite and a direction in which a cause shows.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Cause:
    """Findings with the same kind, code, message type and field, and the first as an example.

    For messages that should have been refused, the kind of flaw is the same too. `only` lists the
    notations of the input that show such findings, if no other does, and `within` the places.
    `follows` are other findings that this explains, and `moved` is how its value and that of the
    first of them moved.
    """

    kind: str
    code: str
    message: str
    place: str
    count: int
    example: Finding
    reason: str
    files: Mapping[str, str]
    only: tuple[str, ...] = ()
    within: tuple[Place, ...] = ()
    trace: Trace = field(default_factory=Trace)
    follows: tuple[Cause, ...] = ()
    moved: str = ""

    @property
    def total(self) -> int:
        """The number of findings that it explains."""
        return self.count + sum(cause.count for cause in self.follows)

    @property
    def effect(self) -> str:
        """The most severe kind of the findings that it explains."""
        return min((self.kind, *(cause.kind for cause in self.follows)), key=KINDS.index)

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types of the findings that it explains."""
        return tuple(dict.fromkeys(item.message for item in (self, *self.follows)))

    @property
    def key(self) -> Key:
        """The key that its findings share."""
        return (self.kind, self.code, self.message, self.place, self.example.taken_with)


def kind_of(finding: Finding) -> str:
    """Whether a finding is blocking, advisory or declared."""
    if not finding.blocking:
        return "advisory"
    return "declared" if finding.deviation else "blocking"


def key_of(finding: Finding) -> Key:
    """The cause of a finding: its kind, code, message type, field and flaw."""
    place = shortened(place_of(finding))
    return (kind_of(finding), finding.code, finding.message, place, finding.taken_with)


class Causes:
    """The causes of the findings added, at most `MOST_CAUSES` of each kind.

    The first causes are kept, with exact counts.
    """

    def __init__(self) -> None:
        self.findings: Counter[str] = Counter()
        # The number of advisory findings about an amount of money.
        self.money = 0
        self._causes: dict[Key, Cause] = {}
        self._counts: Counter[Key] = Counter()
        self._kept: Counter[str] = Counter()
        self._notations = NotationTally()
        self._within: defaultdict[Key, dict[Place, None]] = defaultdict(dict)

    def asked(self, case: CaseFinished) -> None:
        """Count a case that was asked, with or without findings."""
        self._notations.asked(case)

    def add(self, case: CaseFinished, finding: Finding) -> None:
        """Count a finding, and keep the first of each cause."""
        key = key_of(finding)
        kind = key[0]
        self.findings[kind] += 1
        self.money += kind == "advisory" and is_money(finding.message, place_of(finding))
        if key not in self._causes:
            if self._kept[kind] == MOST_CAUSES:
                return
            self._kept[kind] += 1
            self._causes[key] = _cause(key, case, finding)
        self._counts[key] += 1
        self._within[key][(finding.message, finding.suite, finding.direction)] = None
        self._causes[key].trace.add(case, finding)
        self._notations.shows(_in_any_type(key), case)

    @property
    def beyond(self) -> int:
        """The number of findings whose cause was not kept."""
        return self.findings.total() - self._counts.total()

    def sorted(self) -> tuple[Cause, ...]:
        """The causes: blocking ones first, then the most frequent."""
        found = [
            replace(
                cause,
                count=self._counts[key],
                only=self._notations.only(_in_any_type(key)),
                within=tuple(self._within[key]),
            )
            for key, cause in self._causes.items()
        ]
        return tuple(sorted(found, key=lambda cause: (KINDS.index(cause.kind), -cause.count)))


def _in_any_type(key: Key) -> tuple[str, ...]:
    """A key without its message type: a notation is read by the same code in all of them."""
    kind, code, _, place, flaw = key
    return kind, code, place, flaw


def _cause(key: Key, case: CaseFinished, finding: Finding) -> Cause:
    return Cause(*key[:-1], 0, bounded(finding), shortened(case.reason), case.files)
