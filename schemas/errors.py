"""The error types of ikeur; each error says what is wrong, where, and what to do."""

from __future__ import annotations


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
