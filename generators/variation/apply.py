"""Applies variations to the elements of a message that was drawn."""

from __future__ import annotations

from collections.abc import Sequence

from generators.content.content import Content
from generators.planning.plan import class_slots
from generators.values.draw import Draw
from generators.values.texts import sentence
from generators.variation.changes import Changer, has
from generators.variation.places import Place, places
from generators.variation.siblings import shuffle, twin
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

_TRIES = 50


def fewest(name: str, release: str, listed: Sequence[Variation]) -> dict[str, int]:
    """Return how often each class must occur per parent for some variations, by its path."""
    found: dict[str, int] = {}
    for step in (step for item in listed for step in item.steps):
        wanted = int(step.argument) if step.kind == COUNT else 2 if step.kind == TWIN else 1
        for place in places(name, release, step):
            found[place.path] = max(wanted, found.get(place.path, 0))
            for slot in class_slots(name, release)[1:]:
                if place.path.startswith(f"{slot.key}/"):
                    found.setdefault(slot.key, 1)
    return found


def vary(
    draw: Draw, message: MessageType, release: str, content: Content, listed: Sequence[Variation]
) -> None:
    """Change the drawn elements of a message by variations, before anything is derived from them.

    `draw` is that of the message, `release` is `2.1` or `both`.
    """
    steps = [step for item in listed for step in item.steps]
    changer = Changer(draw, message, release)
    for step in (step for step in steps if step.kind == TWIN):
        for place in places(message.name, release, step):
            twin(changer, content, place.path, step.argument)
    by_path = content.by_path() if steps else {}
    for step in (step for step in steps if step.kind not in OF_RECORDS):
        for place in places(message.name, release, step):
            _set(changer, by_path[place.path], step, place)
    # At last, as what was set may have put siblings in order.
    for step in (step for step in steps if step.kind == SHUFFLE):
        for place in places(message.name, release, step):
            shuffle(draw, content, place.path)


def _set(changer: Changer, contents: Sequence[Content], step: Step, place: Place) -> None:
    """Set the elements of a place, in one of some contents or in each."""
    settings = place.settings
    if step.kind == LENGTH:
        text = f"{sentence(changer.draw, int(step.argument) - 1)}."
        settings = dict.fromkeys(settings, text)
    for content in contents if step.kind == EACH else [changer.draw.pick(contents)]:
        for _ in range(_TRIES):
            changer.set(content, settings)
            if has(settings, content.values.source_21):
                break
