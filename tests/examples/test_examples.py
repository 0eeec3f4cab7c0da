"""The examples are software that a vendor can start from: each passes a run as it stands."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sysconfig
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from page import GOLDEN, ROOT, shown

from harness import frames

HERE = ROOT / "examples"
SCRIPTS = sysconfig.get_path("scripts")
# The compiler, as there is a java that cannot run a source file.
NEEDS = {"python": "python3", "node": "node", "java": "javac", "shell": "sh"}
FOLDERS = list(NEEDS)
# One type that is converted and one that is refused, as each message starts a program.
FEW = ["--count=1", "--messages=WMO305,JW321", "--timeout=60"]
SUITES = {"schema", "convert", "roundtrip", "refuse"}
REASON = "JW321 is not converted"

Needed = Callable[[str], str]


def not_there_yet(what: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=f"{what} does not exist yet")


@pytest.fixture(autouse=True)
def _the_converter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", SCRIPTS, prepend=os.pathsep)


def ikeur(folder: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run ikeur as one does who stands in the folder of an example."""
    return subprocess.run(
        ["ikeur", *words], cwd=HERE / folder, capture_output=True, text=True, timeout=240
    )


def assert_passes(folder: str, out: Path, *options: str) -> None:
    done = ikeur(folder, "run", *FEW, *options, f"--out={out}")
    assert done.returncode == 0, done.stdout + done.stderr
    cases = json.loads((out / "results.json").read_text(encoding="utf-8"))["cases"]
    assert {case["suite"] for case in cases} == SUITES
    assert [case["id"] for case in cases if case["verdict"] != "pass" or case["findings"]] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_an_example_passes_a_run(needed: Needed, tmp_path: Path, folder: str) -> None:
    needed(NEEDS[folder])
    assert_passes(folder, tmp_path / "out")


def test_the_example_in_python_passes_as_a_stream_too(tmp_path: Path) -> None:
    assert_passes("python", tmp_path / "out", "--stream=python3 stream.py")


@not_there_yet("the way http")
def test_the_server_passes_a_run(server: str, tmp_path: Path) -> None:
    assert_passes("node", tmp_path / "out", f"--url={server}")


@not_there_yet("the way folder")
def test_the_script_for_a_folder_passes_a_run(tmp_path: Path) -> None:
    assert_passes("shell", tmp_path / "out", "--folder=sh folder.sh {input} {output}")


@not_there_yet("the command smoke")
@pytest.mark.parametrize("folder", FOLDERS)
def test_an_example_passes_smoke(needed: Needed, folder: str) -> None:
    needed(NEEDS[folder])
    done = ikeur(folder, "smoke")
    assert done.returncode == 0, done.stdout + done.stderr


STREAMS = {
    "python": ["python3", "stream.py"],
    "node": ["node", "stream.mjs"],
    "java": ["java", "Convert.java"],
}


@pytest.mark.parametrize("folder", STREAMS)
def test_a_stream_answers_each_request_and_ends_with_its_input(needed: Needed, folder: str) -> None:
    needed(NEEDS[folder])
    request, response = shown()
    head = {"Id": "2", "Op": "convert", "From": "2.0", "To": "2.1", "Message": "JW321"}
    sent = request + frames.write(head, golden("JW321.ei"))
    with subprocess.Popen(
        STREAMS[folder], cwd=HERE / folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdin is not None
        program.stdin.write(sent[:200])
        program.stdin.flush()
        time.sleep(0.2)  # so that the rest comes as a second block
        out, _ = program.communicate(sent[200:], timeout=60)

    assert program.returncode == 0
    assert out.startswith(response)
    rest = bytearray(out[len(response) :])
    refused = frames.take(rest)
    assert refused is not None
    assert rest == b""
    assert (refused.fields["Id"], refused.fields["Status"]) == ("2", "refused")
    assert REASON in refused.body.decode()


@pytest.mark.parametrize("folder", STREAMS)
def test_a_stream_tells_an_error_and_lives_on(
    needed: Needed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    needed(NEEDS[folder])
    converter = tmp_path / "ikeur"
    converter.write_text("#!/bin/sh\ncat >/dev/null\necho broken >&2\nexit 1\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    done = subprocess.run(
        STREAMS[folder], cwd=HERE / folder, input=shown()[0] * 2, capture_output=True, timeout=60
    )

    assert done.returncode == 0
    answers = bytearray(done.stdout)
    for _ in range(2):
        frame = frames.take(answers)
        assert frame is not None
        assert frame.fields["Status"] == "error"
        assert b"broken" in frame.body


def golden(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


@pytest.fixture
def server(needed: Needed) -> Iterator[str]:
    """The address of the example server."""
    node = needed("node")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([node, "http.mjs", str(port)], cwd=HERE / "node") as program:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            program.kill()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        else:
            return


def post(url: str, data: bytes, fields: Mapping[str, str]) -> tuple[int, bytes]:
    headers = {f"Ikeur-{name}": value for name, value in fields.items()}
    try:
        request = urllib.request.Request(url, data, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_server_answers_200_or_422_and_500_for_what_is_no_request(server: str) -> None:
    fields = {"Id": "1", "Op": "convert", "From": "2.0", "To": "2.1"}
    assert post(server, golden("WMO308.ei"), fields) == (200, golden("WMO308.xml"))

    code, reason = post(server, golden("JW321.ei"), fields)
    assert code == 422
    assert REASON in reason.decode()

    assert post(server, golden("WMO308.ei"), {})[0] == 500


def folder_script(source: Path, target: Path) -> subprocess.CompletedProcess[bytes]:
    words = ["sh", str(HERE / "shell" / "folder.sh"), str(source), str(target)]
    return subprocess.run(words, capture_output=True, timeout=60)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "in box", tmp_path / "out box"
    source.mkdir()
    target.mkdir()
    return source, target


def test_the_script_for_a_folder_leaves_one_file_for_each_message(
    folders: tuple[Path, Path],
) -> None:
    source, target = folders
    for name, as_name in [("WMO308.ei", "a.ei"), ("WMO308.xml", "b.xml"), ("JW321.ei", "c.ei")]:
        shutil.copy(GOLDEN / name, source / as_name)
    assert folder_script(source, target).returncode == 0

    left = {path.name: path.read_bytes() for path in target.iterdir()}
    assert REASON in left.pop("c.refused").decode()
    assert left == {"a.xml": golden("WMO308.xml"), "b.ei": golden("WMO308.ei")}


def test_the_script_for_a_folder_leaves_nothing_for_a_crash_and_tells_why(
    folders: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = folders
    shutil.copy(GOLDEN / "WMO308.ei", source)
    converter = tmp_path / "ikeur"
    converter.write_text("#!/bin/sh\necho broken >&2\nexit 1\n")
    converter.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    assert b"broken" in folder_script(source, target).stderr
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_place_in_an_example_is_the_vendors(folder: str) -> None:
    programs = [path for path in (HERE / folder).iterdir() if path.suffix != ".toml"]
    texts = [path.read_text(encoding="utf-8") for path in programs if path.is_file()]
    assert "".join(texts).count("YOUR CONVERTER GOES HERE") == 1
