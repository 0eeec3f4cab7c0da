"""Input messages that break a rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, count, islice

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.defects.earlier import earlier_messages
from generators.defects.injection import Injected, inject
from generators.defects.table import Defect, own_defects
from generators.message import generate
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import same
from harness.sut.protocol import Request
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import write
from schemas.rules.evaluate import RuleJudge

_MOST_TRIES = 400
# The number of contents cached, as the next cases try them again.
_MOST_KNOWN = 64
# The defect is put at one of so many places, in rotation.
_PLACES = 3


def broken(case: Case, specimen: Specimen) -> tuple[Request, Specimen]:
    """The request of a case with a defect, and the specimen of that message.

    Falls back on the generated message if no message can have the defect.
    """
    found = next(_broken(case, specimen), None)
    if found is not None:
        return found
    source, target = case.route
    return Request(case.message, source, target, specimen.plain[source]), specimen


def _broken(case: Case, specimen: Specimen) -> Iterator[tuple[Request, Specimen]]:
    message, defect = specimen.message, own_defects()[case.kind]
    source, target = case.route
    for index in _to_try(case.index):
        content = specimen.content if index == case.index else _known(message, case.seed, index)
        items = inject(
            defect,
            message,
            source,
            content.node(SOURCE[source]),
            earlier_messages(source, case.seed, index),
        )
        for item in [*islice(items, 1 + case.index % _PLACES)][-1:]:
            if not _breaks(defect, item, message, source):
                continue
            try:
                data = write(message, item.root, source)
                request = Request(message.name, source, target, data)
                about = specimen.asked(request)
                if about.expected_bytes(target):
                    yield request, about
            except Refused:
                # Not every value that breaks the rule fits both releases.
                continue


def _breaks(defect: Defect, item: Injected, message: MessageType, release: str) -> bool:
    """Whether a message breaks the rule; for a rule about other messages, whether it differs."""
    if message not in defect.messages:
        return not same(item.clean, item.root)
    told = RuleJudge().broken(message, item.root, release)
    return any(one.check.rule.name == defect.rule for one in told)


@lru_cache(maxsize=_MOST_KNOWN)
def _known(message: MessageType, seed: int, index: int) -> Content:
    """The content of a message, cached for the cases that try it."""
    return generate(message, seed, index)


def _to_try(index: int) -> Iterator[int]:
    """The indexes to try: first the earlier ones, which are generated anyway."""
    near = chain(range(index, -1, -1), count(index + 1))
    return islice(near, _MOST_TRIES)
