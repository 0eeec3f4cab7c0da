"""The examples of stream, http and folder keep to the protocol, with no ikeur to ask them."""

from __future__ import annotations

import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.sut import frames
from tests.examples.page import EXAMPLES, golden, shown
from tests.paths import GOLDEN

REASON = "JW321 is not converted"
REQUEST, RESPONSE = shown()
STREAMS = {
    "python": ["python3", "stream.py"],
    "node": ["node", "stream.mjs"],
    "java": ["java", "Convert.java"],
    "php": ["php", "stream.php"],
    "csharp": ["mono", "Converter.exe"],
}

Example = Callable[[str], Path]


def taken(buffer: bytearray) -> frames.Frame:
    frame = frames.take(buffer)
    assert frame is not None
    return frame


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_answers_each_request_and_ends_with_its_input(example: Example, name: str) -> None:
    head = {"Id": "2", "Op": "convert", "From": "2.0", "To": "2.1", "Message": "JW321"}
    sent = REQUEST + frames.write(head, golden("JW321.ei"))
    with subprocess.Popen(
        STREAMS[name], cwd=example(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        program.stdin.write(sent[:200])
        program.stdin.flush()
        time.sleep(0.2)  # so that the rest comes as a second block
        out, _ = program.communicate(sent[200:], timeout=60)

    assert program.returncode == 0
    assert out.startswith(RESPONSE)
    rest = bytearray(out[len(RESPONSE) :])
    refused = taken(rest)
    assert (refused.fields["Id"], refused.fields["Status"]) == ("2", "refused")
    assert REASON in refused.body.decode()
    assert rest == b""


@pytest.mark.usefixtures("broken_converter")
@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_tells_an_error_and_lives_on(example: Example, name: str) -> None:
    done = subprocess.run(
        STREAMS[name], cwd=example(name), input=REQUEST * 2, capture_output=True, timeout=60
    )

    assert done.returncode == 0
    answers = bytearray(done.stdout)
    for frame in (taken(answers), taken(answers)):
        assert frame.fields["Status"] == "error"
        assert frame.body != b""


def post(url: str, data: bytes, fields: Mapping[str, str]) -> tuple[int, bytes]:
    headers = {f"Ikeur-{name}": value for name, value in fields.items()}
    try:
        request = urllib.request.Request(url, data, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_server_answers_200_or_422_and_lives_on_after_an_error(server: str) -> None:
    fields = {"Id": "1", "Op": "convert", "From": "2.0", "To": "2.1", "Message": "WMO308"}
    assert post(server, golden("WMO308.ei"), {})[0] == 500
    assert post(server, golden("WMO308.ei"), fields) == (200, golden("WMO308.xml"))

    code, reason = post(server, golden("JW321.ei"), fields)
    assert code == 422
    assert REASON in reason.decode()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "in box", tmp_path / "out box"
    source.mkdir()
    target.mkdir()
    return source, target


def convert_all(source: Path, target: Path) -> subprocess.CompletedProcess[bytes]:
    words = ["sh", str(EXAMPLES / "shell" / "folder.sh"), str(source), str(target)]
    return subprocess.run(words, capture_output=True, timeout=60)


def test_the_script_for_a_folder_leaves_one_file_for_each_message(
    folders: tuple[Path, Path],
) -> None:
    source, target = folders
    for name, as_name in [("WMO308.ei", "a.ei"), ("WMO308.xml", "b.xml"), ("JW321.ei", "c.ei")]:
        shutil.copy(GOLDEN / name, source / as_name)
    assert convert_all(source, target).returncode == 0

    left = {path.name: path.read_bytes() for path in target.iterdir()}
    assert REASON in left.pop("c.refused").decode()
    assert left == {"a.xml": golden("WMO308.xml"), "b.ei": golden("WMO308.ei")}


@pytest.mark.usefixtures("broken_converter")
def test_the_script_for_a_folder_leaves_nothing_for_a_crash_and_says_why(
    folders: tuple[Path, Path],
) -> None:
    source, target = folders
    shutil.copy(GOLDEN / "WMO308.ei", source)

    assert b"broken" in convert_all(source, target).stderr
    assert list(target.iterdir()) == []
