"""A heenbericht, and the return codes that its rule violations require."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.retour.pair import Terms, terms
from schemas.rules.evaluate import Broken, RuleJudge


@dataclass(frozen=True)
class ExpectedCode:
    """A return code that a class must have: one of `codes`, by the rule that requires it.

    `evidence` is of the rule, `evidence_codes` of the codes.
    """

    codes: frozenset[str]
    rule: str
    evidence: str
    evidence_codes: str


@dataclass
class Heenbericht:
    """A parsed heenbericht.

    `wanted` has the expected codes of each class, by identity; `free` the classes that break a rule
    without a code in this release, so that their return is undefined.
    """

    message: MessageType
    release: str
    root: Node
    reading: Reading
    wanted: dict[int, list[ExpectedCode]] = field(default_factory=dict)
    free: set[int] = field(default_factory=set)

    @property
    def terms(self) -> Terms:
        """What the message shares with its answer."""
        return terms(self.message.name, self.release)

    @property
    def is_rejected(self) -> bool:
        """Whether the header has a fault, so that no client comes back."""
        return id(self.root) in self.wanted

    def faulty(self, client: Node) -> list[ExpectedCode]:
        """The codes for which a client, or a class of it, is returned."""
        return [item for node in client.walk() for item in self.wanted.get(id(node), ())]

    def may_come_back(self, client: Node) -> bool:
        """Whether the return of a client is undefined."""
        return any(id(node) in self.free for node in client.walk())


def read_heenbericht(data: bytes, release: str) -> Heenbericht:
    """Parse a readable heenbericht and judge it by the rules."""
    reading = read(data, release)
    assert reading.message is not None
    assert reading.root is not None
    found = Heenbericht(reading.message, release, reading.root, reading)
    _add(found, RuleJudge().broken(found.message, found.root, release))
    return found


def _add(found: Heenbericht, broken: Iterable[Broken]) -> None:
    for item in broken:
        check = item.check
        mark = id(item.chain[check.element.depth])
        codes = frozenset(filter(None, check.retour.split("|")))
        if codes:
            wanted = ExpectedCode(codes, check.rule.name, check.evidence, check.evidence_retour)
            found.wanted.setdefault(mark, []).append(wanted)
        else:
            found.free.add(mark)
