"""An operator: the arguments it takes, what it gives, and how it is compiled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from schemas.rules.element_refs import BOOL, DATE, NUMBER, TEXT, Evaluator

ANY = "value"
SAME = "same"
# Arguments that are not evaluated at the current class: the name of a class, an expression for
# each class, the name of a register, and a literal text or number.
CLASS, OF_EACH, OF_EACH_NUMBER, OF_EACH_VALUE = (
    "class",
    "of each",
    "number of each",
    "value of each",
)
REGISTER, WRITTEN_TEXT, WRITTEN_NUMBER = "register", "'text'", "digits"
# Result of an operator whose kind is that of its last argument.
OF_VALUE = "of the value"
KINDS = (TEXT, NUMBER, DATE, BOOL, ANY, SAME)


@dataclass(frozen=True)
class Compiled:
    """A compiled expression: the kind of its value, and its evaluator."""

    kind: str
    run: Evaluator


@dataclass(frozen=True)
class Operator:
    """An operator.

    `takes` holds the kinds of its arguments; a last one that ends in `...` may be repeated.
    `gives` is the kind of its value, or `same` for that of its arguments.
    """

    name: str
    takes: tuple[str, ...]
    gives: str
    says: str
    make: Callable[..., Evaluator]

    @property
    def usage(self) -> str:
        """The operator with its arguments, as in the documentation."""
        return f"{self.name}({', '.join(self.takes)})"


Make = Callable[..., Evaluator]


def operator(name: str, takes: str, gives: str, says: str = "") -> Callable[[Make], Operator]:
    """Turn the decorated function, which compiles an operator, into that operator.

    `takes` lists the kinds of its arguments, separated by commas. `says` defaults to the docstring.
    """
    parts = tuple(part.strip() for part in takes.split(",") if part.strip())
    return lambda make: Operator(name, parts, gives, says or make.__doc__ or "", make)
