"""A pattern of XML Schema means the same here as to a library that knows all of them."""

from __future__ import annotations

import re
from itertools import product

import pytest
from elementpath.regex import translate_pattern

from schemas.facts.simple_types import compile_pattern
from schemas.message.alternatives import any_of
from tests.schemas.tables_edit import OWN, rows

TEXTS = [
    *map(chr, range(0x180)), *" \u0660\u2028\u3000", "", "1234", "12345678", "123456789", "A" * 9,
    "a\nb", "a\rb", "\r", "\n\n", "  ", " a ", "a ", "NL123456789B01", "+a", "a-b", "^", "ab1", "-",
]  # fmt: skip
ODD = [
    "a.c", "[^\\s].", ".+", "[a-z]{2}", "[A-Z0-9]+", "[^a-c+-]*", "a|b", "(ab)+", "\\d{2}", "\\w+",
    "^a$", "[a-z-[aeiou]]+", "a?", "a{1,2}", "[+:]", "[0-9]*", "[a\\-b]", "\\.", "[^\\s]*",
    "a|", "(|a)b", "a||b", "((a)b)+c", "(a{2}|b*)*c", "(a|ab)c", "()",
    "\\i\\c*",
]  # fmt: skip


def own() -> list[str]:
    tables = (OWN / "xml21").glob("*.csv")
    found = {
        row.get(column, "")
        for path in tables
        for row in rows(f"xml21/{path.stem}")
        for column in ("pattern", "fixed_pattern")
    }
    return sorted(found)


@pytest.mark.parametrize("pattern", [*own(), *ODD])
def test_a_pattern_matches_what_it_matches_to_a_library(pattern: str) -> None:
    judge = re.compile(translate_pattern(pattern, back_references=False, lazy_quantifiers=False))
    found = compile_pattern(pattern)
    assert [text for text in TEXTS if found.fullmatch(text)] == [
        text for text in TEXTS if judge.fullmatch(text)
    ]


@pytest.mark.parametrize(
    "pattern", ["[", "a**", "a*?", "a*+", "{2}", "(a", "[z-a]", "a{2", "a)", "(*a)", "a|+"]
)
def test_what_is_no_pattern_is_told(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    "texts", [[], [""], ["", "a"], ["01", "02", "12"], ["ab", "b", "abc", ""], ["-]", "^]", "\\]"]]
)
def test_a_pattern_of_fixed_texts_matches_these_and_no_others(texts: list[str]) -> None:
    characters = sorted({*"".join(texts), "x"})
    tried = ("".join(item) for length in range(4) for item in product(characters, repeat=length))
    found = re.compile(any_of(texts))
    assert [text for text in tried if found.fullmatch(text)] == sorted(
        texts, key=lambda t: (len(t), t)
    )
