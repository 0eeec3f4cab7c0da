"""Messages of a release with one defect, from generated ones that allow it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, count, islice

from generators.content.sides import SOURCE
from generators.defects.earlier import earlier_messages
from generators.defects.injection import Injected, inject
from generators.defects.table import Defect
from generators.message import generated
from harness.cases.specimen import Specimen
from harness.judging.tree_diff import same
from schemas.facts.message_types import MessageType
from schemas.message.node import Node
from schemas.rules.evaluate import RuleJudge

_MOST_TRIES = 400
# The number of trees cached, as the next cases try them again.
_MOST_KNOWN = 128
# The defect is put at one of so many places, in rotation.
_PLACES = 3


def broken_trees(
    defect: Defect, specimen: Specimen, release: str, nearest: int = 0
) -> Iterator[Node]:
    """The messages near a specimen with a defect: first the smallest of so many, then others."""
    message, seed, last = specimen.message, specimen.seed, specimen.index
    near = range(last, max(last - nearest, -1), -1)
    by_size = sorted(near, key=lambda index: _size(message, seed, index, release))
    for index in chain(by_size, _to_try(last)):
        root = _known(message, seed, index, release)
        items = inject(defect, message, release, root, earlier_messages(release, seed, index))
        for item in [*islice(items, 1 + specimen.index % _PLACES)][-1:]:
            if _breaks(defect, item, message, release):
                yield item.root


def _breaks(defect: Defect, item: Injected, message: MessageType, release: str) -> bool:
    """Whether a message breaks the rule; without a rule about it, whether it differs."""
    if not defect.rule or message not in defect.messages:
        return not same(item.clean, item.root)
    told = RuleJudge().broken(message, item.root, release)
    return any(one.check.rule.name == defect.rule for one in told)


@lru_cache(maxsize=_MOST_KNOWN)
def _known(message: MessageType, seed: int, index: int, release: str) -> Node:
    """The tree of a generated message, cached for the cases that try it; it is never changed."""
    return generated(message, seed, index).node(SOURCE[release])


@lru_cache(maxsize=_MOST_KNOWN)
def _size(message: MessageType, seed: int, index: int, release: str) -> int:
    return sum(1 for _ in _known(message, seed, index, release).walk())


def _to_try(index: int) -> Iterator[int]:
    """The indexes to try: first the earlier ones, which are generated anyway."""
    near = chain(range(index, -1, -1), count(index + 1))
    return islice(near, _MOST_TRIES)
