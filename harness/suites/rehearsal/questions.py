"""The request to the software at a step of the rehearsal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from generators.content.content import Content
from generators.content.sides import EXPECTED, SOURCE, SOURCE_20
from generators.message import generate
from harness.cases.case import Case
from harness.cases.question import GateQuestion
from harness.cases.specimen import Specimen
from harness.reference.responder import respond
from harness.suites.rehearsal.flow import Flow, TimedStep, flow
from harness.suites.rehearsal.tables import RETOUR, client_origin
from harness.sut.protocol import GATE, Request
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.header.locations import AANBIEDER, DAGTEKENING, GEMEENTE, places
from schemas.switch.overrides import Override
from schemas.switch.tables import ZONE


def step_request(
    case: Case, specimen: Specimen, agreed: Iterable[Override]
) -> tuple[Request, tuple[GateQuestion, ...]]:
    """The request of a step, with the expected decision if it goes to the gate.

    Raises UsageError if the message does not reach the step.
    """
    found = flow(case.message, case.seed, case.index, tuple(agreed))
    timed = _timed_step(case, found)
    (source, target), op = case.route, timed.step.op
    data = region_specimen(case, specimen, agreed).plain[source]
    name = case.message
    if timed.step.about == RETOUR:
        name, data = specimen.message.pair, respond(data, source, source)
    if op != GATE:
        return Request(name, source, target, data, op), ()
    direction, at = timed.step.direction, timed.written
    request = Request(name, source, target, data, op, direction, at)
    assert timed.decision is not None
    return request, (GateQuestion(request, found.dossier.parties, timed.decision),)


def _timed_step(case: Case, found: Flow) -> TimedStep:
    for item in found.timeline:
        if (item.step.name, item.route) == (case.kind, case.route):
            return item
    what = f"the message does not come to {case.kind!r} in {case.direction}"
    do = "name the agreements that it was made with: [switch] overrides in ikeur.toml"
    raise UsageError("USE-CASE", what, case.id, do)


def region_specimen(case: Case, specimen: Specimen, agreed: Iterable[Override]) -> Specimen:
    """The specimen of a message of the region."""
    content = _content(case.message, case.seed, case.index, tuple(agreed))
    return specimen.about(content)


@lru_cache(maxsize=64)
def _content(name: str, seed: int, index: int, agreed: tuple[Override, ...]) -> Content:
    """The content of a message of the region, with its client, parties and date of sending."""
    message = catalogue().one(name)
    found = flow(name, seed, index, agreed)
    content = generate(message, seed, index)
    header = [dict(values) for values in content.values.of]
    for release in RELEASES if message.root else RELEASES[:1]:
        values = _header(message, release, found)
        for side in (SOURCE[release], EXPECTED[release]):
            if header[side]:
                header[side] |= values
    origin = client_origin(name)
    place = next(n for n, item in enumerate(content.children) if item.record == origin.record)
    client = content.children[place]
    was = client.values.of[SOURCE_20][origin.field]
    result = content.saying(header)
    result.children[place] = _about(client, {was: found.dossier.person})
    return result


def _header(message: MessageType, release: str, found: Flow) -> dict[str, str]:
    day = found.sent.astimezone(ZONE)
    values = {
        GEMEENTE: found.dossier.gemeente,
        AANBIEDER: found.dossier.aanbieder,
        DAGTEKENING: _day(day, release),
    }
    known = places(message.name, release)
    return {item.key: values[item.role] for item in known if item.role in values}


def _day(day: datetime, release: str) -> str:
    return f"{day:%Y%m%d}" if release == "2.0" else f"{day:%Y-%m-%d}"


def _about(content: Content, others: Mapping[str, str]) -> Content:
    """A copy of a content with some values replaced throughout."""
    sides = content.values.of
    result = content.saying(
        [{key: others.get(value, value) for key, value in values.items()} for values in sides]
    )
    result.children = [_about(child, others) for child in content.children]
    return result
