"""One exchange of a mailbox: a heenbericht and the answers to it, file by file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from generators.content.sides import SOURCE
from generators.message import generate
from generators.writing.written import written
from harness.reference.responder import respond
from harness.sut.files.suffix import SUFFIX
from schemas.facts.message_types import MessageType
from schemas.header.locations import (
    AANBIEDER,
    DAGTEKENING,
    GEMEENTE,
    IDENTIFICATIE,
    RETOUR_DAGTEKENING,
    RETOUR_IDENTIFICATIE,
    places,
)
from schemas.releases.read_write import read, write

_DATES = (DAGTEKENING, RETOUR_DAGTEKENING)


@dataclass
class Exchange:
    """An exchange between two parties; `files` are its paths in the mailbox with their bytes.

    `asked` and `answered` are the dates of its messages, `seed` and `number` choose the content.
    """

    message: MessageType
    release: str
    number: int
    seed: int
    gemeente: str
    aanbieder: str
    asked: date
    answered: date
    files: dict[str, bytes] = field(default_factory=dict)

    def ask(self, mark: str = "", *, on: date | None = None, release: str = "") -> str:
        """Add the heenbericht; returns its path."""
        release = release or self.release
        return self._add(self.message.name + mark, release, self._heen(on or self.asked, release))

    def answer(
        self, mark: str = "", *, to: date | None = None, on: date | None = None, release: str = ""
    ) -> str:
        """Add an answer to the heenbericht of a date; returns its path."""
        release = release or self.release
        data = respond(self._heen(to or self.asked, release), release, release)
        values = {
            RETOUR_IDENTIFICATIE: f"R{self.number:08}{mark}",
            RETOUR_DAGTEKENING: str(on or self.answered),
        }
        return self._add(self.message.pair + mark, release, _with_header(data, release, values))

    def add(self, name: str, data: bytes) -> str:
        """Add a file; returns its path."""
        path = f"{self.gemeente}-{self.aanbieder}/{self.number:05}-{name}"
        self.files[path] = data
        return path

    def _add(self, name: str, release: str, data: bytes) -> str:
        return self.add(f"{name}{SUFFIX[release]}", data)

    def _heen(self, on: date, release: str) -> bytes:
        content = generate(self.message, self.seed, self.number, "both")
        values = {
            GEMEENTE: self.gemeente,
            AANBIEDER: self.aanbieder,
            IDENTIFICATIE: f"M{self.number:08}",
            DAGTEKENING: str(on),
        }
        data = written(self.message, content, SOURCE[release])
        return _with_header(data, release, values)


def _with_header(data: bytes, release: str, values: dict[str, str]) -> bytes:
    """A message with other values in its header, by their role; dates are EEJJ-MM-DD."""
    reading = read(data, release)
    assert reading.message
    assert reading.root
    for place in places(reading.message.name, release):
        if place.role in values:
            value = values[place.role]
            is_short = place.role in _DATES and release == "2.0"
            reading.root.values[place.key] = value.replace("-", "") if is_short else value
    return write(reading.message, reading.root, release)
