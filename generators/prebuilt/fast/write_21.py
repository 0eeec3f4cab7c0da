"""Writes a content as a 2.1 message by filling drawn values into ready-made texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generators.content.content import Content
from generators.content.prefab import FORMS, TEXTS, Prefab
from generators.content.sides import EXPECTED_21
from generators.prebuilt.fast.forms import NotPrebuilt, Take, filled, indexes_of
from schemas.facts.fills import ANY, filled_keys
from schemas.facts.message_types import MessageType
from schemas.message.value_pick import picker
from schemas.xml.class_templates import Below, Class, compiled

_ENCODING = "utf-8"


@dataclass(frozen=True, eq=False, slots=True)
class Form:
    """How to fill the texts of many prefabs: `take` takes the drawn values for the first text.

    Child classes stand between two texts; `more` holds each group of children, and the function
    that takes the values for the text after it.
    """

    take: Take
    more: tuple[tuple[ChildGroup, Take], ...]


@dataclass(frozen=True, eq=False, slots=True)
class ChildGroup:
    """Where the child classes of one record code stand, with the tags around them."""

    record: str
    open: bytes
    close: bytes
    required: bool


@cache
def _classes(name: str) -> dict[str, Class]:
    """Return the classes of a message type by path."""
    found: dict[str, Class] = {}

    def collect(klass: Class) -> None:
        found[klass.path] = klass
        for part in klass.parts:
            if isinstance(part, Below):
                collect(part.each)

    collect(compiled(name)[1])
    return found


def _make(name: str, prefab: Prefab, side: int) -> Form:
    """Compile a prefab for a side."""
    drawn_part = prefab.drawn_part
    compiler, klass = compiled(name)[0], _classes(name)[drawn_part.path]
    refs = drawn_part.sides[side]
    at = {key: place for key, (place, _) in refs.items()}
    texts, taken, below = [klass.open], [list[int]()], list[Below]()
    ready = prefab.ready(side)
    if side == EXPECTED_21:
        ready |= dict.fromkeys(filled_keys(name).get(drawn_part.record, ()), ANY)
    made = compiler.formats(klass, tuple(refs), ready)
    for part, run in zip(klass.parts, made, strict=True):
        if isinstance(part, Below):
            below.append(part)
            texts.append("")
            taken.append([])
        elif run is not None:
            texts[-1] += run.text
            taken[-1] += indexes_of(run.pick, at)
    texts[-1] += klass.close
    form_key = "2.1", side, tuple(map(tuple, taken))
    if form_key not in drawn_part.forms:
        take, *takes = map(picker, taken)
        drawn_part.forms[form_key] = Form(
            take, tuple(zip(map(_child_group, below), takes, strict=True))
        )
    first, *others = (text.encode(_ENCODING) for text in texts)
    form: Form = drawn_part.forms[form_key]
    prefab.write(side, form, (first, *others) if others else first)
    return form


def _child_group(below: Below) -> ChildGroup:
    tags = below.open.encode(_ENCODING), below.close.encode(_ENCODING)
    return ChildGroup(below.record, *tags, below.required)


class _Classes:
    """One message as pieces of one format string, and the values for it."""

    __slots__ = ("form", "name", "out", "side", "text", "values")

    def __init__(self, message: MessageType, side: int) -> None:
        self.name = message.name
        self.side = side
        self.form, self.text = FORMS[side], TEXTS[side]
        self.out: list[bytes] = []
        self.values: list[str] = []

    def add(self, content: Content) -> None:
        """Add a class and all below it."""
        prefab, drawn = content.prefab, content.drawn
        if prefab is None:
            raise NotPrebuilt
        form: Form | None = getattr(prefab, self.form)
        if form is None:
            form = _make(self.name, prefab, self.side)
        self.values += form.take(drawn)
        if not form.more:
            self.out.append(getattr(prefab, self.text))
            return
        first, *texts = getattr(prefab, self.text)
        self.out.append(first)
        for (place, take), text in zip(form.more, texts, strict=True):
            self.below(place, content.children)
            self.out.append(text)
            self.values += take(drawn)

    def below(self, place: ChildGroup, children: list[Content]) -> None:
        """Add the child classes of a group, with the tags around them."""
        listed = [content for content in children if content.record == place.record]
        if listed:
            self.out.append(place.open)
            for content in listed:
                self.add(content)
            self.out.append(place.close)
        elif place.required:
            raise NotPrebuilt


def written_21(message: MessageType, content: Content, side: int) -> bytes:
    """Return a side of a content as a 2.1 message.

    Raises NotPrebuilt if it has values of its own, or one that does not fit.
    """
    classes = _Classes(message, side)
    classes.add(content)
    joined = "".join(classes.values)
    if "&" in joined or "<" in joined or ">" in joined or "\r" in joined:
        raise NotPrebuilt
    return filled(classes.out, classes.values, _ENCODING)
