"""Whether a message shows a variation."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

from generators.content.content import Content
from generators.expected.from_20 import values_21
from generators.values.specs import BOTH
from generators.variation.changes import has
from generators.variation.places import Place, places, unique_keys
from generators.variation.siblings import is_unordered
from generators.variation.table import (
    COUNT,
    EACH,
    LENGTH,
    OF_RECORDS,
    SHUFFLE,
    TWIN,
    Step,
    Variation,
)
from schemas.facts.message_types import MessageType
from schemas.mapping.field_pairs import mapped

Values = Mapping[str, str]


def can_show(message: MessageType, release: str, variation: Variation) -> bool:
    """Whether messages of a type can show a variation in a release (`2.0`, `2.1` or `both`)."""
    return all(_places(message, release, step) for step in variation.steps)


def shows(message: MessageType, release: str, content: Content, variation: Variation) -> bool:
    """Whether a message shows each step of a variation, wherever it applies."""
    return all(
        _is_shown(message, release, content, step, place)
        for step in variation.steps
        for place in _places(message, release, step)
    )


def _places(message: MessageType, release: str, step: Step) -> tuple[Place, ...]:
    """Return where a step applies; in 2.0 only what it has fields for, or what must be absent."""
    found = places(message.name, BOTH if release == "2.0" else release, step)
    if release != "2.0":
        return found
    return tuple(place for place in found if _present(place) <= _in_20(message, place))


def _present(place: Place) -> set[str]:
    return {key for key, value in place.settings.items() if value}


def _in_20(message: MessageType, place: Place) -> set[str]:
    pairs = mapped(message.name)[place.record]
    return {key for pair in pairs for key in pair.keys}


def _is_shown(
    message: MessageType, release: str, content: Content, step: Step, place: Place
) -> bool:
    if step.kind in OF_RECORDS:
        return _of_siblings(message, content, step, place)
    told = (
        _values_21(message, release, one) for one in content.walk() if one.record == place.record
    )
    if step.kind == LENGTH:
        (key, length), *_ = place.settings.items()
        return any(len(values.get(key, "")) == int(length) for values in told)
    found = (has(place.settings, values) for values in told)
    return all(found) if step.kind == EACH else any(found)


def _values_21(message: MessageType, release: str, content: Content) -> Values:
    if release == "2.0":
        return values_21(message, content.record, content.values.source_20)
    return content.values.source_21


def _of_siblings(message: MessageType, content: Content, step: Step, place: Place) -> bool:
    """Whether some siblings are as many, in such an order, or alike as a step says."""
    different = {step.argument, *chain(*unique_keys(message.name, BOTH).values())}
    for parent in content.walk():
        listed = [item for item in parent.children if item.record == place.record]
        pairs = ((one, other) for nth, one in enumerate(listed) for other in listed[:nth])
        if (
            (step.kind == COUNT and len(listed) >= int(step.argument))
            or (step.kind == SHUFFLE and len(listed) > 2 and is_unordered(listed))
            or (step.kind == TWIN and any(_alike(*pair, different) for pair in pairs))
        ):
            return True
    return False


def _alike(one: Content, other: Content, different: set[str]) -> bool:
    """Whether two contents are alike but for some elements, with all that is below them."""
    first, second = (
        {key: value for key, value in item.values.source_21.items() if key not in different}
        for item in (one, other)
    )
    if first != second or len(one.children) != len(other.children):
        return False
    below = zip(one.children, other.children, strict=True)
    return all(_alike(*pair, different) for pair in below)
