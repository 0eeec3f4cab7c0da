"""What a run goes by is told by a digest, so that another table is another run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from harness.version import digest_of, tables_digest
from schemas.facts.table_rows import TABLES

SCHEMAS = TABLES.parent


@pytest.mark.parametrize("name", ["tables/messages.csv", "rules/rules.csv", "rules/judgements.csv"])
def test_another_table_has_another_digest(tmp_path: Path, name: str) -> None:
    for path in SCHEMAS.rglob("*.csv"):
        target = tmp_path / path.relative_to(SCHEMAS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    assert digest_of(tmp_path) == tables_digest()

    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    assert digest_of(tmp_path) != tables_digest()
