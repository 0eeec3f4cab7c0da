"""What one fault strikes in one message type: a field of 2.0, an element of 2.1, or a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Spot:
    """A field of 2.0, an element of 2.1, or both: what one fault strikes in one message type.

    `paths` are those of the element, seen from the root; `nth` its place where it repeats; `around`
    what the XSD may name in its place. `sort` tells what it holds, `tied` that other fields of 2.0
    must agree with it, `many` that it can stand more than once in a message, `nested` that its
    owner can too.
    """

    message: str
    release: str
    record: str
    name: str = ""
    paths: tuple[str, ...] = ()
    nth: int = 0
    sort: str = ""
    optional: bool = False
    tied: bool = False
    many: bool = False
    nested: bool = False
    start: int = 0
    length: int = 0
    numeric: bool = False
    in_every_20: bool = False
    zero_is_value: bool = False
    listed: bool = False
    codes: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    role: str = ""

    @property
    def choice(self) -> bool:
        """Whether its list has another code."""
        return len(self.codes) > 1

    @property
    def zero_led(self) -> bool:
        """Whether its value can start with a zero."""
        known = any(code.startswith("0") and code.strip("0") for code in self.codes)
        return known or (self.sort == "number" and self.length > 1)

    @property
    def followed(self) -> bool:
        """Whether another element may come behind it."""
        return len(self.around) > 1

    @property
    def ei(self) -> str:
        """The place in 2.0, as the findings have it."""
        return f"{self.record} {self.name}".strip()

    @property
    def text(self) -> str:
        """The place for people: that of 2.0, or that of 2.1 where 2.0 has none."""
        return self.ei if self.name or not self.paths else self.paths[0]

    def fits(self, facts: dict[str, Any]) -> bool:
        """Whether the facts that a kind asks for hold: a value, or one of a list."""
        for fact, asked in facts.items():
            known = getattr(self, fact)
            if isinstance(asked, list):
                if not any(_is(known, item) for item in asked):
                    return False
            elif not _is(known, asked):
                return False
        return True


def _is(known: object, asked: object) -> bool:
    if isinstance(known, tuple):
        return bool(known) if asked is True else any(f"/{k}".endswith(f"/{asked}") for k in known)
    return known == asked
