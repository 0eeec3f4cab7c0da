"""A mailbox of a few files, audited through the command."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness.cli import main
from tests.harness.mailbox.audited import Audit, Audited


@pytest.fixture
def audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Writes files into a mailbox and audits it."""

    def run(files: Mapping[str, bytes], *options: object) -> Audited:
        box = tmp_path / "box"
        box.mkdir(exist_ok=True)
        for name, data in files.items():
            path = box / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        with pytest.raises(SystemExit) as end:
            main(["pairs", str(box), "--json", *map(str, options)])
        return Audited(int(end.value.code or 0), json.loads(capsys.readouterr().out))

    return run
