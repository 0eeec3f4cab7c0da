"""What ikeur says in English of a finding or an error, in the language of the reader.

Results and events have these words in English, for machines; `said.csv` has them in each language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from reports.shared.texts import Texts, texts
from schemas.errors import IkeurError
from schemas.facts import table_rows as tables

# What stands for the code where a place, the label of a return code or a check of smoke is told.
PLACE, RETURN_CODE, CHECK = "PLACE", "RETURN-CODE", "CHECK"
_ENGLISH = "en"
# Longer texts are values or quote software, and would take long to compare.
_MOST_READ = 2000
# The start of the names of placeholders that are such numbers.
_DECIMAL = "decimal"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class _Phrase:
    """A phrase of English with its placeholders as groups, and the same in another language."""

    pattern: re.Pattern[str]
    words: int
    other: str


def said(code: str, text: str, t: Texts) -> str:
    """The words of ikeur about a finding or error with this code; any other text is unchanged."""
    if t.lang == _ENGLISH or len(text) > _MOST_READ:
        return text
    return _translated(code, text, t.lang)


@cache
def table(lang: str) -> tuple[tuple[str, str, str], ...]:
    """The rows: the codes, which may have wildcards, the words in English, and in a language."""
    rows = tables.rows("said", _FOLDER)
    return tuple((row["codes"], row["said_en"], row[f"said_{lang}"]) for row in rows)


def error_said(error: IkeurError, t: Texts) -> str:
    """An error on one line, as `str` has it in English."""
    what, do = (said(error.code, text, t) for text in (error.what, error.do))
    return str(IkeurError(error.code, what, said(PLACE, error.where, t), do))


@lru_cache(maxsize=1024)
def _translated(code: str, text: str, lang: str) -> str:
    whole = _whole(code, text, lang)
    if whole is not None:
        return whole
    parts = text.split("; ")
    return "; ".join(_whole(code, part, lang) or part for part in parts)


def _whole(code: str, text: str, lang: str) -> str | None:
    """A text that is one phrase, or None; a placeholder may be filled with another phrase."""
    for phrase in _phrases(code, lang):
        if match := phrase.pattern.fullmatch(text):
            values = match.groupdict().items()
            return phrase.other.format(
                **{name: _value(name, code, value, lang) for name, value in values}
            )
    return None


def _value(name: str, code: str, value: str, lang: str) -> str:
    """What fills a placeholder: a number with decimals, or any text, which may be a phrase."""
    if name.startswith(_DECIMAL):
        return value.replace(".", texts(lang)("decimal"))
    return _translated(code, value, lang)


@cache
def _phrases(code: str, lang: str) -> tuple[_Phrase, ...]:
    """The phrases about findings with a code, those with the most words of their own first."""
    found = [
        _phrase(english, other)
        for codes, english, other in table(lang)
        if any(fnmatchcase(code, item) for item in codes.split())
    ]
    return tuple(sorted(found, key=lambda phrase: -phrase.words))


def _phrase(english: str, other: str) -> _Phrase:
    pattern, words = "", 0
    for literal, name, _, _ in Formatter().parse(english):
        words += len(literal)
        pattern += re.escape(literal) + (f"(?P<{name}>.+?)" if name else "")
    return _Phrase(re.compile(pattern, re.DOTALL), words, other)
