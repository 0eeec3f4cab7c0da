"""The page of the protocol: its exchange is a real one, its limits are the ones kept."""

from __future__ import annotations

import re
import subprocess
import sys

from harness.configuration.connect import SutOptions, reach
from harness.configuration.ikeur_toml import SutConfig
from harness.sut import frames, process
from harness.sut.command import CommandSut
from tests.examples.page import PAGE, golden, shown
from tests.paths import ROOT

REQUEST, RESPONSE = shown()
HEAD = {"Id": "1", "Op": "convert", "From": "2.0", "To": "2.1", "Message": "WMO308"}
MIB, KIB = 1024 * 1024, 1024


def test_the_request_shown_is_what_is_sent_for_a_published_message() -> None:
    assert frames.write(HEAD, golden("WMO308.ei")) == REQUEST


def test_the_response_shown_is_a_whole_frame_with_the_expected_message() -> None:
    buffer = bytearray(RESPONSE)
    frame = frames.take(buffer)

    assert frame is not None
    assert buffer == b""
    assert (frame.fields["Id"], frame.fields["Status"]) == ("1", "ok")
    assert frame.body == golden("WMO308.xml")


def test_the_reference_converter_answers_what_is_shown() -> None:
    shim = [sys.executable, "harness/sut/python_shim.py", "harness.reference:convert"]
    done = subprocess.run(shim, input=REQUEST, capture_output=True, cwd=ROOT, timeout=60)

    assert (done.returncode, done.stdout) == (0, RESPONSE)


def test_the_limits_on_the_page_are_the_ones_that_are_kept() -> None:
    text = PAGE.read_text(encoding="utf-8")
    told = {(int(number), unit) for number, unit in re.findall(r"(\d+) (MiB|KiB|seconds)", text)}
    sut = reach(SutOptions({"command": "true"}), SutConfig())
    assert isinstance(sut, CommandSut)
    body, head = 64, 16

    assert told == {(body, "MiB"), (head, "KiB"), (sut.timeout, "seconds")}
    assert body * MIB == process.MOST_OUTPUT
    assert _refused_as_flood(body * MIB + 1)
    assert not _refused_as_flood(body * MIB)
    assert _gives_up_on_a_head_of(head * KIB)
    assert not _gives_up_on_a_head_of(head * KIB - 1)


def _refused_as_flood(length: int) -> bool:
    try:
        frames.take(bytearray(f"Id: 1\r\nContent-Length: {length}\r\n\r\n".encode()))
    except frames.FloodError:
        return True
    return False


def _gives_up_on_a_head_of(size: int) -> bool:
    try:
        frames.take(bytearray(b"Id: " + b"1" * (size - 4)))
    except frames.FrameError:
        return True
    return False
