"""What is wrong with a message, and where."""

from __future__ import annotations

from dataclasses import dataclass

# A message with more faults than this is hopeless; the rest is not listed.
MOST_FAULTS = 500


@dataclass(frozen=True, slots=True)
class EiAddress:
    """A place in a 2.0 message: record number and columns count from 1."""

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
    """A place in a 2.1 message: the path with places in repeating elements, and the line."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Fault:
    """One deviation: a stable code, where, what was expected and what was found.

    A broken business rule has its name as `rule`, and as `retour` the return code that it gives in
    the release of the message: empty where it has none, `|` between alternatives. `said` is how
    the parser puts it, where it was the parser that found it.
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
        """What was found and what was expected, as the reason of a refusal."""
        said = f": {self.said}" if self.said else ""
        return f"{self.actual!r} where {self.expected} was expected{said}"

    @property
    def where(self) -> str:
        """Both addresses, as far as they are known, as text."""
        return "; ".join(str(place) for place in (self.ei, self.xml) if place)
