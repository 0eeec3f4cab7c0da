"""Every seeded fault of a mailbox is found, and nothing else; `make mailbox` does more."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.harness.mailbox.audited import Audit
from tests.harness.mailbox.mailbox_maker import FAULTS, ONE_IN, make, write_times

# So many that each kind of fault is in it twice.
FILES = 2 * 2 * ONE_IN * len(FAULTS)


@pytest.mark.parametrize("seed", [2, 3])
def test_every_seeded_fault_is_found_and_nothing_else(
    audit: Audit, tmp_path: Path, seed: int
) -> None:
    made = make(tmp_path / "box", FILES, seed)
    write_times(tmp_path / "times.csv", made)
    done = audit({}, "--manifest", tmp_path / "times.csv")
    problems = done.json["problems"]
    found = Counter((item["code"], item["file"], item["other"], item["rule"]) for item in problems)
    assert found == Counter(made.expected)
    assert (done.code, done.json["files"]) == (1, made.files)
    assert {item["code"] for item in problems} >= {
        "PAIRS-RELEASE", "PAIRS-TWICE", "PAIRS-EARLY", "PAIRS-NO-HEEN", "PAIRS-REUSED",
        "PAIRS-DEADLINE", "PAIRS-COPY", "FILE-CUT", "FILE-MISSING",
    }  # fmt: skip
