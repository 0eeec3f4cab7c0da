"""The gate questions of a case, with the expected decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

from generators.content.sides import SOURCE
from harness.cases.question import GateQuestion
from harness.cases.specimen import Specimen
from harness.suites.migration.kinds import MAILBOX, GateKind, kinds
from harness.suites.migration.written import written
from harness.sut.protocol import GATE, Request
from schemas.errors import UsageError
from schemas.facts.codelists import RELEASES
from schemas.facts.records import HEADER
from schemas.header.parties import parties, party_keys, party_of
from schemas.message.node import Node
from schemas.releases.read_write import write
from schemas.switch.overrides import Override
from schemas.switch.timeline import OPEN, Switch, moment, switch

_AFTER_OPENING = timedelta(minutes=5)
# The most moved deadlines in one case.
_MOST_AGREEMENTS = 8


def gate_questions(
    kind: str, route: tuple[str, str], specimen: Specimen, agreed: Sequence[Override]
) -> tuple[GateQuestion, ...]:
    """The gate questions of a kind about a specimen.

    Raises UsageError if the kind needs a moved deadline and there is none.
    """
    about, asked = switch(*RELEASES, agreed), kinds()[kind]
    if kind == MAILBOX:
        return tuple(_mailbox(asked, route, specimen, about))
    if asked.agreed:
        return tuple(_agreed(asked, route, specimen, about, asked.agreements(agreed)))
    moments = asked.written(about.moments[asked.moment].minute)
    return tuple(_question(about, route, specimen, asked.direction, at) for at in moments)


def _agreed(
    kind: GateKind,
    route: tuple[str, str],
    specimen: Specimen,
    about: Switch,
    agreed: Sequence[Override],
) -> Iterator[GateQuestion]:
    """The moments of each moved deadline, for its partner, for two, and as the message stands."""
    if not agreed:
        what = f"the case {kind.kind} is about an agreement on {' or '.join(kind.agreed)}"
        do = "name the file with it: [switch] overrides in ikeur.toml"
        raise UsageError("USE-OVERRIDE", what, do=do)
    first = specimen.index % len(agreed)
    for item in [*agreed[first:], *agreed[:first]][:_MOST_AGREEMENTS]:
        moved = about.moments[item.deadline].at(item.moment)
        minute = (moved if kind.is_at_agreed else about.moments[kind.moment]).minute
        for at, partners in product(kind.written(minute), _partners(kind, item, agreed)):
            yield _question(about, route, specimen, kind.direction, at, partners)


def _partners(
    kind: GateKind, item: Override, agreed: Sequence[Override]
) -> Iterator[tuple[str, ...]]:
    """The partner of an agreement, it and another party with one, and nobody with one."""
    yield (item.partner,)
    for other in agreed:
        if other.deadline == item.deadline and party_of(other.partner) != party_of(item.partner):
            yield item.partner, other.partner
            break
    if kind.is_at_agreed:
        yield ()


def _mailbox(
    kind: GateKind, route: tuple[str, str], specimen: Specimen, about: Switch
) -> Iterator[GateQuestion]:
    """Messages during the freeze: each on arrival, then all after the opening."""
    start, opened = about.moments[kind.moment].minute, about.moments[OPEN].minute + _AFTER_OPENING
    others = [specimen.at(specimen.index + place) for place in range(len(kind.shifts))]
    arrived = [(other, start + shift) for other, shift in zip(others, kind.shifts, strict=True)]
    for other, at in [*arrived, *((other, opened) for other in others)]:
        text = written(at, *kind.notations)
        yield _question(about, route, other, kind.direction, text)


def _question(
    about: Switch,
    route: tuple[str, str],
    specimen: Specimen,
    direction: str,
    at: str,
    partners: Sequence[str] = (),
) -> GateQuestion:
    """A question about a specimen, with `partners` put in the header."""
    message, (source, target) = specimen.message, route
    header = Node(HEADER, dict(specimen.content.values.of[SOURCE[target]]))
    data = specimen.plain[target]
    if partners:
        keys = party_keys(message.name, target)
        header.values |= {keys[party_of(code)]: code for code in partners}
        root = specimen.content.node(SOURCE[target])
        root.values = header.values
        data = write(message, root, target)
    codes = parties(message, target, header)
    decision = about.decide(message, target, direction, moment(at), codes, source)
    request = Request(message.name, source, target, data, GATE, direction, at)
    return GateQuestion(request, codes, decision)
