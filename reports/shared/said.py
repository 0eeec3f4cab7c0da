"""What ikeur says in English of a finding or an error, in the language of the reader.

Results and events have these words in English, for machines; `said.csv` has them in each language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter

from reports.shared.texts import Texts, texts
from schemas.errors import IkeurError
from schemas.facts import table_rows as tables

# What stands for the code where a place, the label of a return code or a check of smoke is told.
PLACE, RETURN_CODE, CHECK = "PLACE", "RETURN-CODE", "CHECK"
_ENGLISH = "en"
# Longer phrases are values or quote software, and would take long to compare.
_MOST_READ = 400
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
    return text if t.lang == _ENGLISH else _translated(code, text, t.lang)


@cache
def table(lang: str) -> tuple[tuple[str, str, str], ...]:
    """The rows: codes, of which `EI-*` stands for many, the words in English, and in a language."""
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
    for phrase in _phrases(code, lang) if len(text) <= _MOST_READ else ():
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


@lru_cache(maxsize=256)
def _phrases(code: str, lang: str) -> tuple[_Phrase, ...]:
    """The phrases about findings with a code, those with the most words of their own first."""
    keys = (code, f"{code.partition('-')[0]}-*")
    found = [phrase for key in keys if key in _rows(lang) for phrase in _compiled(key, lang)]
    return tuple(sorted(found, key=lambda phrase: -phrase.words))


@cache
def _compiled(key: str, lang: str) -> tuple[_Phrase, ...]:
    return tuple(_phrase(english, other) for english, other in _rows(lang)[key])


@cache
def _rows(lang: str) -> Mapping[str, list[tuple[str, str]]]:
    """The phrases by each of their codes."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    for codes, english, other in table(lang):
        for code in codes.split():
            found[code].append((english, other))
    return dict(found)


def _phrase(english: str, other: str) -> _Phrase:
    pattern, words = "", 0
    for literal, name, _, _ in Formatter().parse(english):
        words += len(literal)
        pattern += re.escape(literal) + (f"(?P<{name}>.+?)" if name else "")
    return _Phrase(re.compile(pattern, re.DOTALL), words, other)
