"""The error types of ikeur; each error says what is wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_ALIKE = 3


class IkeurError(Exception):
    """An error for users: a stable code, what is wrong, where, and what to do about it."""

    def __init__(self, code: str, what: str, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.where = where
        self.do = do

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f"; {self.do}" if self.do else ""
        return f"{self.code}: {self.what}{place}{advice}"


class UsageError(IkeurError):
    """The command or its configuration is invalid."""


class TableError(IkeurError):
    """A row of the tables is invalid or contradicts another."""


class Refused(IkeurError):
    """A message that cannot be read or that the target release cannot express."""


class RunBroken(IkeurError):
    """The run could not be completed."""


def alike(name: str, known: Iterable[str], most: int = _MOST_ALIKE) -> list[str]:
    """The known names most like an unknown one, best first, ignoring case; at most `most`."""
    # Needed for errors only, and every command starts with this module.
    from difflib import get_close_matches

    wanted, names = name.casefold(), {item.casefold(): item for item in known}
    found = get_close_matches(wanted, names, most) if wanted else []
    found += [item for item in names if wanted and wanted in item and item not in found]
    return [names[item] for item in found[:most]]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The question after an unknown name, with a space behind it; empty if no name is like it."""
    found = alike(name, known)
    return f"did you mean {', '.join(found)}? " if found else ""
