"""The sweep over values that one release allows and the other cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from harness.suites.refuse.damage.damage import copied
from harness.suites.refuse.damage.limit_values import VALUES
from harness.suites.refuse.damage.limits import needed, places_of
from harness.suites.refuse.sweep.spots import Base, Spot
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import Mapped
from schemas.releases.read_write import write

_REQUIRED = "value-target-requires"


def spots(message: MessageType, release: str) -> Iterator[Spot]:
    """The spots of a message type in a release; a repeated element is one spot.

    The values of a kind take turns, so that with enough places all are asked.
    """
    seen: set[tuple[str, str]] = set()
    for kind, values in VALUES[release].items():
        used = Counter[str]()
        for (record, key), (pair, found) in places_of(release, values, message.name).items():
            address = _address(pair, key, release)
            if (kind, address) not in seen:
                seen.add((kind, address))
                value = min(found, key=used.__getitem__)
                used[value] += 1
                make = _said(release, record, key, value)
                yield Spot(kind, address, pair.evidence, make)
    for (record, key), (pair, others) in needed(message.name).items() if release == "2.0" else ():
        make = _left_out(record, key, others)
        yield Spot(_REQUIRED, f"{record} {key}", pair.evidence, make)


def _address(pair: Mapped, key: str, release: str) -> str:
    if release == "2.0":
        return f"{pair.field.record} {pair.field.name}"
    return pair.elements[pair.keys.index(key)].path


def _said(release: str, record: str, key: str, value: str) -> Callable[[Base], bytes | None]:
    """Put a value where the message has another."""

    def make(base: Base) -> bytes | None:
        return _changed(base, release, record, key, value)

    return make


def _left_out(record: str, key: str, others: frozenset[str]) -> Callable[[Base], bytes | None]:
    def make(base: Base) -> bytes | None:
        return _changed(base, "2.0", record, key, None, others)

    return make


def _changed(
    base: Base,
    release: str,
    record: str,
    key: str,
    value: str | None,
    others: frozenset[str] = frozenset(),
) -> bytes | None:
    """Change the first occurrence of a value, or remove it if `value` is None.

    If `others` are given, one of them must be present in the same record.
    """
    tree = copied(base.specimen.trees[release])
    for node in tree.walk():
        is_beside = not others or not others.isdisjoint(node.values)
        if node.record == record and key in node.values and is_beside:
            if value is None:
                del node.values[key]
            else:
                node.values[key] = value
            return write(base.specimen.message, tree, release)
    return None
