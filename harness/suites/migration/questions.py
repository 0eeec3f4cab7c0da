"""The gate questions of a case, with the expected decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

from generators.content.sides import SOURCE
from harness.cases.question import GateQuestion
from harness.cases.specimen import Specimen
from harness.suites.migration.kinds import MAILBOX, GateKind, kinds
from harness.sut.protocol import GATE, Request
from schemas.errors import UsageError
from schemas.facts.codelists import RELEASES
from schemas.facts.records import HEADER
from schemas.header.parties import parties, party_keys, party_of
from schemas.message.node import Node
from schemas.releases.read_write import write
from schemas.switch.overrides import Override
from schemas.switch.tables import MINUTE
from schemas.switch.timeline import OPEN, Switch, moment, switch

# When messages arrive after the start of the mailbox case; all are within the freeze.
_ARRIVALS = tuple(timedelta(hours=hours) for hours in (0, 31, 79))
_AFTER_OPENING = timedelta(minutes=5)
# The most moved deadlines in one case.
_MOST_AGREEMENTS = 3


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
    at = asked.written(about.moments[asked.moment].minute)
    return (_question(about, route, specimen, asked.direction, at),)


def _agreed(
    kind: GateKind,
    route: tuple[str, str],
    specimen: Specimen,
    about: Switch,
    agreed: Sequence[Override],
) -> Iterator[GateQuestion]:
    """The last minute and the next of each moved deadline, for its partner and for the message."""
    if not agreed:
        what = f"the case {kind.kind} is about an agreement on {kind.moment!r}"
        do = "name the file with it: [switch] overrides in ikeur.toml"
        raise UsageError("USE-OVERRIDE", what, do=do)
    first = specimen.index % len(agreed)
    for item in [*agreed[first:], *agreed[:first]][:_MOST_AGREEMENTS]:
        minute = about.moments[kind.moment].at(item.moment).minute
        for at, partner in product((minute, minute + MINUTE), (item.partner, "")):
            yield _question(about, route, specimen, kind.direction, kind.written(at), partner)


def _mailbox(
    kind: GateKind, route: tuple[str, str], specimen: Specimen, about: Switch
) -> Iterator[GateQuestion]:
    """Messages during the freeze: each on arrival, then all after the opening."""
    start = about.moments[kind.moment].minute
    opened = about.moments[OPEN].minute + _AFTER_OPENING - kind.shift
    others = [specimen.at(specimen.index + place) for place in range(len(_ARRIVALS))]
    arrived = [(other, start + after) for other, after in zip(others, _ARRIVALS, strict=True)]
    for other, at in [*arrived, *((other, opened) for other in others)]:
        yield _question(about, route, other, kind.direction, kind.written(at))


def _question(
    about: Switch,
    route: tuple[str, str],
    specimen: Specimen,
    direction: str,
    at: str,
    partner: str = "",
) -> GateQuestion:
    """A question about a specimen, with `partner` put in the header if given."""
    message, (source, target) = specimen.message, route
    header = Node(HEADER, dict(specimen.content.values.of[SOURCE[target]]))
    data = specimen.plain[target]
    if partner:
        header.values[party_keys(message.name, target)[party_of(partner)]] = partner
        root = specimen.content.node(SOURCE[target])
        root.values = header.values
        data = write(message, root, target)
    codes = parties(message, target, header)
    decision = about.decide(message, target, direction, moment(at), codes, source)
    request = Request(message.name, source, target, data, GATE, direction, at)
    return GateQuestion(request, codes, decision)
