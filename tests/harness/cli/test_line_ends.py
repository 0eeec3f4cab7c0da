"""Line ends of 2.0 that a reader accepts: `validate` tells of them, `convert` goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.cli.door import PASS, RED, Done
from tests.paths import GOLDEN

Ikeur = Callable[..., Done]
PLAIN = (GOLDEN / "WMO305.ei").read_bytes()
ENDS = {
    "EI-LINE-END": PLAIN.replace(b"\r\n", b"\n"),
    "EI-LAST-LINE-END": PLAIN.removesuffix(b"\r\n"),
}


@pytest.mark.parametrize("code", ENDS)
def test_they_are_told_of_and_only_advise(ikeur: Ikeur, tmp_path: Path, code: str) -> None:
    file = tmp_path / "message.ei"
    file.write_bytes(ENDS[code])
    done = ikeur("validate", "--json", "--block-on", "ABCD", file)
    (told,) = done.json
    assert done.code == PASS
    assert told["valid"] is True
    assert [(item["code"], item["evidence"], item["blocking"]) for item in told["findings"]] == [
        (code, "C", False)
    ]
    assert "evidence C, advises" in ikeur("validate", file).said


@pytest.mark.parametrize("code", ENDS)
def test_conversion_goes_on(ikeur: Ikeur, tmp_path: Path, code: str) -> None:
    file = tmp_path / "message.ei"
    file.write_bytes(ENDS[code])
    done = ikeur("convert", "--from", "2.0", "--to", "2.1", file)
    assert done.code == PASS
    assert done.out == ikeur("convert", "--from", "2.0", "--to", "2.1", GOLDEN / "WMO305.ei").out


def test_another_fault_beside_them_still_blocks(ikeur: Ikeur, tmp_path: Path) -> None:
    file = tmp_path / "message.ei"
    file.write_bytes(ENDS["EI-LINE-END"].replace(b"0200", b"0300", 1))
    done = ikeur("validate", "--json", file)
    blocking = {item["code"]: item["blocking"] for item in done.json[0]["findings"]}
    assert done.code == RED
    assert blocking == {"EI-LINE-END": False, "EI-RELEASE": True}
