"""A content as a 2.1 message: ready-made texts, and into them what was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generators.content.content import Content
from generators.content.prefab import FORMS, TEXTS, Shape
from generators.content.sides import EXPECTED_21
from generators.prebuilt.forms import NotReady, Take, filled, places_of
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.value_pick import picker
from schemas.xml.class_templates import Below, Class, compiled

_ENCODING = "utf-8"


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """How the classes of many shapes are filled: what goes into each of their texts.

    `take` takes it from what was drawn. Between two texts stand the classes of a place, and
    `more` holds for each the place and what takes for the text behind it.
    """

    take: Take
    more: tuple[tuple[Place, Take], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Place:
    """Where the classes of a kind stand, with the tags around them."""

    record: str
    open: bytes
    close: bytes
    required: bool


@cache
def _classes(name: str) -> dict[str, Class]:
    """The classes of a message type by path."""
    found: dict[str, Class] = {}

    def collect(klass: Class) -> None:
        found[klass.path] = klass
        for part in klass.parts:
            if isinstance(part, Below):
                collect(part.each)

    collect(compiled(name)[1])
    return found


def _make(name: str, shape: Shape, side: int) -> Form:
    """Work out how a shape is written on a side."""
    slots = shape.slots
    compiler, klass = compiled(name)[0], _classes(name)[slots.path]
    places = slots.sides[side]
    at = {key: place for key, (place, _) in places.items()}
    texts, taken, below = [klass.open], [list[int]()], list[Below]()
    ready = shape.ready(side)
    if side == EXPECTED_21:
        ready |= dict.fromkeys(filled_keys(name).get(slots.record, ()), ANY)
    made = compiler.shapes(klass, tuple(places), ready)
    for part, run in zip(klass.parts, made, strict=True):
        if isinstance(part, Below):
            below.append(part)
            texts.append("")
            taken.append([])
        elif run is not None:
            texts[-1] += run.text
            taken[-1] += places_of(run.pick, at)
    texts[-1] += klass.close
    mark = "2.1", side, tuple(map(tuple, taken))
    if mark not in slots.forms:
        take, *takes = map(picker, taken)
        slots.forms[mark] = Form(take, tuple(zip(map(_place, below), takes, strict=True)))
    first, *others = (text.encode(_ENCODING) for text in texts)
    form: Form = slots.forms[mark]
    shape.write(side, form, (first, *others) if others else first)
    return form


def _place(below: Below) -> Place:
    tags = below.open.encode(_ENCODING), below.close.encode(_ENCODING)
    return Place(below.record, *tags, below.required)


class _Classes:
    """One message as one format string, piece by piece, and the texts for it."""

    __slots__ = ("form", "name", "out", "side", "text", "values")

    def __init__(self, message: MessageType, side: int) -> None:
        self.name = message.name
        self.side = side
        self.form, self.text = FORMS[side], TEXTS[side]
        self.out: list[bytes] = []
        self.values: list[str] = []

    def add(self, content: Content) -> None:
        """Add a class and all below it."""
        shape, drawn = content.shape, content.drawn
        if shape is None:
            raise NotReady
        form: Form | None = getattr(shape, self.form)
        if form is None:
            form = _make(self.name, shape, self.side)
        self.values += form.take(drawn)
        if not form.more:
            self.out.append(getattr(shape, self.text))
            return
        first, *texts = getattr(shape, self.text)
        self.out.append(first)
        for (place, take), text in zip(form.more, texts, strict=True):
            self.below(place, content.children)
            self.out.append(text)
            self.values += take(drawn)

    def below(self, place: Place, children: list[Content]) -> None:
        """Add the classes of a place, with the tags around them."""
        listed = [content for content in children if content.record == place.record]
        if listed:
            self.out.append(place.open)
            for content in listed:
                self.add(content)
            self.out.append(place.close)
        elif place.required:
            raise NotReady


def written_21(message: MessageType, content: Content, side: int) -> bytes:
    """A side of a content as a 2.1 message.

    Raises NotReady where it has values that are not ready-made, or one of them does not fit.
    """
    classes = _Classes(message, side)
    classes.add(content)
    joined = "".join(classes.values)
    if "&" in joined or "<" in joined or ">" in joined or "\r" in joined:
        raise NotReady
    return filled(classes.out, classes.values, _ENCODING)
