"""The ways to change a cell of a table into one that says something else, and could be right."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

Rows = list[dict[str, str]]
# Changes the rows in place; False where this row cannot be changed so.
Way = Callable[[Rows, int, str, Random], bool]
# What the rows of a table have in common that may change places.
GROUPS = ("record", "type", "map", "message")
GRADES = {"A": "B", "B": "C", "C": "D", "D": "C"}
# What an expression says otherwise; the first that it has.
TURNED = {
    "at_least": "at_most",
    "at_most": "at_least",
    "and(": "or(",
    "or(": "and(",
    "present": "absent",
    "absent": "present",
    "Begindatum": "Einddatum",
    "Ingangsdatum": "Einddatum",
    "Categorie": "Code",
    "Ontvanger": "Afzender",
    "'1'": "'2'",
}


def _another(rows: Rows, row: int, column: str, random: Random) -> bool:
    own = rows[row][column]
    others = sorted({other[column] for other in rows} - {own})
    if others:
        rows[row][column] = random.choice(others)
    return bool(others)


def _alike(rows: Rows, one: int, other: int) -> bool:
    if other >= len(rows):
        return False
    path = rows[one].get("path", ""), rows[other].get("path", "")
    groups = [column for column in GROUPS if column in rows[one] and "path" not in rows[one]]
    same = all(rows[one][column] == rows[other][column] for column in groups)
    return same and path[0].rpartition("/")[0] == path[1].rpartition("/")[0]


def _swap(rows: Rows, row: int, column: str, random: Random) -> bool:
    for other in range(row + 1, len(rows)):
        if _alike(rows, row, other) and rows[other][column]:
            pair = rows[row], rows[other]
            pair[0][column], pair[1][column] = pair[1][column], pair[0][column]
            return bool(pair[1][column])
    return False


def _order(rows: Rows, row: int, column: str, random: Random) -> bool:
    if not _alike(rows, row, row + 1) or not all(r.get("type") for r in rows[row : row + 2]):
        return False
    rows[row], rows[row + 1] = rows[row + 1], rows[row]
    return True


def _boundary(rows: Rows, row: int, column: str, random: Random) -> bool:
    """The next field begins a column later."""
    if not _alike(rows, row, row + 1) or int(rows[row + 1]["length"]) < 2:
        return False
    for place, name, by in ((row, "length", 1), (row, "end", 1)):
        rows[place][name] = str(int(rows[place][name]) + by)
    for name, by in (("length", -1), ("start", 1)):
        rows[row + 1][name] = str(int(rows[row + 1][name]) + by)
    return True


def _bound(rows: Rows, row: int, column: str, random: Random) -> bool:
    """Optional or required, once or more often."""
    rows[row][column] = {"min": {"0": "1"}, "max": {"1": "*"}}[column].get(
        rows[row][column], {"min": "0", "max": "1"}[column]
    )
    return True


def _number(rows: Rows, row: int, column: str, random: Random) -> bool:
    if not rows[row][column].isdigit():
        return False
    rows[row][column] = str(int(rows[row][column]) + random.choice((1, 6)))
    return True


def _grade(rows: Rows, row: int, column: str, random: Random) -> bool:
    rows[row][column] = GRADES.get(rows[row][column], rows[row][column])
    return True


def _flag(rows: Rows, row: int, column: str, random: Random) -> bool:
    rows[row][column] = "yes" if rows[row][column] == "no" else "no"
    return True


def _code(rows: Rows, row: int, column: str, random: Random) -> bool:
    """A code that is nowhere in its column."""
    own, known = rows[row][column], {other[column] for other in rows}
    signs = "0123456789" if own[-1:].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    free = [own[:-1] + sign for sign in signs if own[:-1] + sign not in known]
    if own and free:
        rows[row][column] = free[0]
    return bool(own and free)


def _day(rows: Rows, row: int, column: str, random: Random) -> bool:
    text = rows[row][column]
    if text:
        rows[row][column] = f"{date.fromisoformat(text[:10]) + timedelta(1)}{text[10:]}"
    return bool(text)


def _word(rows: Rows, row: int, column: str, random: Random) -> bool:
    """One word less."""
    words = rows[row][column].split()
    if len(words) > 1:
        words.pop(random.randrange(len(words)))
    rows[row][column] = " ".join(words)
    return len(words) > 0


def _expression(rows: Rows, row: int, column: str, random: Random) -> bool:
    text = rows[row][column]
    found = next((old for old in TURNED if old in text), "")
    if found:
        rows[row][column] = text.replace(found, TURNED[found], 1)
    else:
        rows[row][column] = re.sub(
            r"\b[0-9]+\b", lambda match: str(int(match[0]) + 1), text, count=1
        )
    return True


def _text(rows: Rows, row: int, column: str, random: Random) -> bool:
    rows[row][column] = f"{rows[row][column]} x".strip()
    return True


def _drop(rows: Rows, row: int, column: str, random: Random) -> bool:
    del rows[row]
    return bool(rows)


WAYS: dict[str, Way] = {
    "another": _another,
    "swap": _swap,
    "order": _order,
    "boundary": _boundary,
    "bound": _bound,
    "number": _number,
    "grade": _grade,
    "flag": _flag,
    "code": _code,
    "day": _day,
    "word": _word,
    "expression": _expression,
    "text": _text,
    "drop": _drop,
}
