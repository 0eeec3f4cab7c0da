"""No text that a person reads lacks a language, wherever it stands."""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from reports.shared.texts import LANGUAGES, texts
from tests.paths import ROOT

ROOMS = ("schemas", "generators", "reports", "harness")
ENDS = {f"_{lang}": lang for lang in LANGUAGES}


def files(suffix: str) -> Iterator[Path]:
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob(f"*{suffix}"))


def test_a_table_with_texts_has_each_in_every_language() -> None:
    lacking, read = [], 0
    for path in files(".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            parts = {name[:-3] for name in reader.fieldnames or () if name[-3:] in ENDS}
            for number, row in enumerate(reader, 2):
                for part in parts:
                    cells = [row.get(f"{part}{end}", "") for end in ENDS]
                    read += 1
                    if any(cells) and not all(cells):
                        lacking.append((path.relative_to(ROOT).as_posix(), number, part))
    assert read > 1_000
    assert lacking == []


def test_the_texts_of_reports_and_commands_are_there_in_every_language() -> None:
    tables = [texts(lang).table for lang in LANGUAGES]
    assert all(table.keys() == tables[0].keys() for table in tables)
    assert [key for table in tables for key, text in table.items() if not text] == []


def dicts(path: Path) -> Iterator[dict[str, ast.expr]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Dict):
            keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
            yield {key: value for key, value in zip(keys, node.values, strict=True) if key}  # type: ignore[misc]


def test_a_text_of_a_suite_has_every_language() -> None:
    lacking, found = [], 0
    for path in files(".py"):
        for known in dicts(path):
            languages = [lang for lang in LANGUAGES if lang in known]
            found += bool(languages)
            if languages and len(languages) < len(LANGUAGES):
                lacking.append((path.relative_to(ROOT).as_posix(), sorted(known)))
    assert found > 10
    assert lacking == []
