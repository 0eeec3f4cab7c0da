"""The texts of the reports, in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from schemas.errors import UsageError
from schemas.facts import table_rows as tables

LANGUAGES = ("nl", "en")
_FOLDER = Path(__file__).parent


def rows() -> tuple[tables.Row, ...]:
    """The rows of the table: `key`, `nl` and `en`."""
    return tuple(tables.rows("texts", _FOLDER))


@dataclass(frozen=True)
class Texts:
    """The texts of one language; calling it with a key formats the text."""

    lang: str
    table: dict[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key, formatted with `values`."""
        if not values:
            return self.table[key]
        shown = {
            name: self.number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return self.table[key].format(**shown)

    def get(self, key: str, fallback: str = "") -> str:
        """The text of a key, or `fallback` if there is none."""
        return self.table.get(key, fallback)

    def count(self, key: str, n: int, **values: object) -> str:
        """A text with a number in it, in the singular for 1."""
        return self(f"{key}.one" if n == 1 else key, n=n, **values)

    def number(self, n: int) -> str:
        """An integer with thousands separators."""
        return f"{n:,}".replace(",", self.table["thousands"])

    def decimal(self, value: float) -> str:
        """A number with one decimal."""
        return f"{value:.1f}".replace(".", self.table["decimal"])

    def seconds(self, seconds: float) -> str:
        """A duration for people."""
        if seconds < 60:
            return self("seconds", n=self.decimal(seconds))
        minutes, rest = divmod(round(seconds), 60)
        return self("minutes", m=minutes, n=rest)

    def date(self, stamp: str) -> str:
        """An ISO 8601 time for people; any other text is returned unchanged."""
        try:
            when = datetime.fromisoformat(stamp)
        except ValueError:
            return stamp
        month = self.table["months"].split()[when.month - 1]
        text = self("date", day=when.day, month=month, year=f"{when:%Y}", time=f"{when:%H:%M}")
        return f"{text} ({when.tzname()})" if when.tzinfo else text


@cache
def texts(lang: str) -> Texts:
    """The texts of a language; raises UsageError for an unknown language."""
    if lang not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise UsageError("USE-LANG", f"unknown language {lang!r}", do=f"choose from {known}")
    return Texts(lang, {row["key"]: row[lang] for row in rows()})
