"""A message that breaks a rule, to be converted as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, count, islice

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.defects.earlier import tells
from generators.defects.striking import Struck, struck
from generators.defects.table import Defect, own_defects
from generators.message import generate
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import same
from harness.sut.protocol import Request
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.releases.read_write import write
from schemas.rules.evaluate import Judge

_MOST_TRIES = 400
# So many messages are remembered, as the next cases try them again.
_MOST_KNOWN = 64
# One of so many places of a message is struck, by turns.
_PLACES = 3


def broken(case: Case, specimen: Specimen) -> tuple[Request, Specimen]:
    """What is asked in a case about a message with a defect, and what that message says.

    Where no message comes up that can have the defect it is the generated one.
    """
    found = next(_broken(case, specimen), None)
    if found is not None:
        return found
    source, target = case.route
    return Request(case.message, source, target, specimen.sources[source]), specimen


def _broken(case: Case, specimen: Specimen) -> Iterator[tuple[Request, Specimen]]:
    message, defect = specimen.message, own_defects()[case.kind]
    source, target = case.route
    for index in _to_try(case.index):
        content = specimen.content if index == case.index else _known(message, case.seed, index)
        items = struck(
            defect, message, source, content.node(SOURCE[source]), tells(source, case.seed, index)
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
                # Not every value that breaks the rule can stand in both releases.
                continue


def _breaks(defect: Defect, item: Struck, message: MessageType, release: str) -> bool:
    """Whether a message breaks the rule; where the rule is about others it is enough to differ."""
    if message not in defect.messages:
        return not same(item.clean, item.root)
    told = Judge().broken(message, item.root, release)
    return any(one.check.rule.name == defect.rule for one in told)


@lru_cache(maxsize=_MOST_KNOWN)
def _known(message: MessageType, seed: int, index: int) -> Content:
    """What a message says that other cases try too."""
    return generate(message, seed, index)


def _to_try(index: int) -> Iterator[int]:
    """The indices to try, first those of the messages that are there, as these are made anyway."""
    near = chain(range(index, -1, -1), count(index + 1))
    return islice(near, _MOST_TRIES)
