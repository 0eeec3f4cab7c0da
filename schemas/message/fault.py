"""Faults of a message, and their addresses."""

from __future__ import annotations

from dataclasses import dataclass

# No more faults than this are listed for a message.
MOST_FAULTS = 500


@dataclass(frozen=True, slots=True)
class EiAddress:
    """A location in a 2.0 message; the record number and the columns count from 1."""

    number: int
    record: str = ""
    field: str = ""
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        place = f"record {self.number}"
        if self.record:
            place += f" ({self.record})"
        if self.field:
            place += f" {self.field}"
        return f"{place}, columns {self.start}-{self.end}" if self.start else place


@dataclass(frozen=True, slots=True)
class XmlAddress:
    """A location in a 2.1 message: the path, with positions of repeating elements, and the line."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Fault:
    """One deviation: a stable code, where it is, what was expected and what was found.

    For a broken business rule, `rule` is its name and `retour` its return code in the release of
    the message (empty for none, `|` between alternatives). `said` is the parser's own message, if
    the parser found it.
    """

    code: str
    actual: str = ""
    expected: str = ""
    ei: EiAddress | None = None
    xml: XmlAddress | None = None
    evidence: str = "A"
    rule: str = ""
    retour: str = ""
    said: str = ""

    @property
    def told(self) -> str:
        """What was found and expected, worded as the reason of a refusal."""
        said = f": {self.said}" if self.said else ""
        return f"{self.actual!r} where {self.expected} was expected{said}"

    @property
    def where(self) -> str:
        """The known addresses, as text."""
        return "; ".join(str(place) for place in (self.ei, self.xml) if place)
