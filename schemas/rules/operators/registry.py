"""The operators of expressions: what each takes, what it gives, and how it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.rules.element_refs import BOOL, DATE, NUMBER, TEXT, Run

ANY = "value"
SAME = "same"
# Arguments that are not judged where they stand: the name of a class, what is said of each class,
# the name of a register, and a text or number that is written out.
CLASS, OF_EACH, OF_EACH_NUMBER, OF_EACH_VALUE = (
    "class",
    "of each",
    "number of each",
    "value of each",
)
REGISTER, WRITTEN_TEXT, WRITTEN_NUMBER = "register", "'text'", "digits"
# What an operator gives besides a kind.
OF_VALUE = "of the value"
KINDS = (TEXT, NUMBER, DATE, BOOL, ANY, SAME)


@dataclass(frozen=True)
class Compiled:
    """A compiled expression: what it gives, and the function that gives it."""

    kind: str
    run: Run


@dataclass(frozen=True)
class Operator:
    """An operator; the last of what it takes may end in `...`, and stand once or more.

    `gives` is a kind, or `same` for that of its arguments.
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    says: str
    make: Callable[..., Run]

    @property
    def usage(self) -> str:
        """How it is written."""
        return f"{self.name}({', '.join(self.takes)})"


OPERATORS: dict[str, Operator] = {}
Make = Callable[..., Run]


def operator(name: str, takes: str, gives: str, says: str = "") -> Callable[[Make], Make]:
    """Enter a function as the way an operator is made; `takes` is separated by commas.

    What it says is its docstring, where `says` is not given.
    """

    def enter(make: Make) -> Make:
        parts = tuple(part.strip() for part in takes.split(",") if part.strip())
        OPERATORS[name] = Operator(name, parts, gives, says or make.__doc__ or "", make)
        return make

    return enter
