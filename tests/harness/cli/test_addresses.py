"""An address that leads to no server is told in one line, before anything is asked or written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.harness.cli.door import RED, USAGE, Done

Ikeur = Callable[..., Done]
RUN = ("run", "--messages", "WMO305", "--suite", "convert", "--count", "1")
NONE = {
    "dots alone": "http://..:80/",
    "an empty label": "http://a..b/",
    "a host of 300 letters": f"http://{'a' * 300}/",
    "a label of 64 letters": f"http://{'a' * 64}.nl/",
    "no host": "http:///x",
    "no host but a port": "http://:80/",
    "a port that is too large": "http://localhost:99999/",
    "port 0": "http://localhost:0/",
    "a port below 0": "http://localhost:-1/",
    "a port in other digits": "http://localhost:٨٠/",
    "a port that is none": "http://localhost:8_0/",
    "two ports": "http://localhost:80:80/",
    "a name and a password": "http://me:secret@localhost/",
    "a password alone": "http://:secret@localhost/",
    "letters beyond ASCII": "http://gemeente-één.nl/",
    "a space": "http://local host/",
    "a space behind": "http://localhost/ ",
    "a tab": "http://localhost/\t",
    "a line end": "http://localhost/\r\nHost: other",
    "a delete": "http://local\x7fhost/",
    "an escape": "http://localhost/\x1b[31m",
    "brackets that are not closed": "http://[::1/",
    "brackets with no address": "http://[::zz]/",
    "something behind the brackets": "http://[::1]x/",
    "an address of five numbers": "http://1.2.3.4.5/",
    "a number above 255": "http://256.1.1.1/",
    "escaped letters": "http://%6cocalhost/",
    "a backslash": "http://localhost\\@other/",
    "a file": "file:///etc/passwd",
    "another scheme": "ftp://localhost/",
    "no scheme": "localhost:8080",
    "a very long one": f"http://localhost/{'x' * 10_000}",
    "nothing": "",
}


def check(done: Done, code: str) -> None:
    assert done.code == USAGE, done
    assert done.out == b""
    assert done.told.startswith(f"ikeur: {code}: ")
    assert len(done.told.splitlines()) == 1
    assert len(done.told) < 1100
    assert "give " in done.told
    assert "secret" not in done.told


@pytest.mark.parametrize("name", NONE)
def test_an_address_that_is_none_is_told(ikeur: Ikeur, tmp_path: Path, name: str) -> None:
    check(ikeur(*RUN, "--url", NONE[name]), "USE-URL")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["dots alone", "a host of 300 letters", "a name and a password"])
def test_it_is_told_by_a_process_too(ikeur_process: Ikeur, tmp_path: Path, name: str) -> None:
    check(ikeur_process("smoke", "--url", NONE[name]), "USE-URL")
    config = f'[sut.convert]\nurl = "{NONE[name]}"\n'
    (tmp_path / "ikeur.toml").write_text(config, encoding="utf-8")
    check(ikeur_process(*RUN), "USE-URL")


@pytest.mark.parametrize(
    "address",
    ["", "tcp://..:8786", f"tcp://{'a' * 300}:1", "tcp://[::1:8786", "file:///x", "inproc://x",
     "tcp://localhost:99999", "tls://me:secret@localhost:8786", "local host:1", "tcp://a\x1b:1"],
)  # fmt: skip
def test_an_address_of_no_scheduler_is_told(ikeur: Ikeur, tmp_path: Path, address: str) -> None:
    check(ikeur(*RUN, "--reference", "--out", "out", "--cluster", address), "USE-CLUSTER")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/x?y=z", "http://[::1]:1/", "HTTP://a_b.nl.:1"])
def test_an_address_at_which_nothing_answers_is_told_as_such(ikeur: Ikeur, url: str) -> None:
    done = ikeur("smoke", "--url", url)
    assert (done.code, done.told.splitlines()) == (USAGE, [done.told.rstrip("\n")])
    assert "USE-URL: nothing answers" in done.told


class _Server(ThreadingHTTPServer):
    def __init__(self, location: str = "") -> None:
        self.asked, self.location = 0, location
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        self.server.asked += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(307 if self.server.location else 200)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def servers() -> Iterator[tuple[_Server, _Server]]:
    """A server that sends on to the other one."""
    other = _Server()
    first = _Server(other.url)
    yield first, other
    for server in (first, other):
        server.shutdown()
        server.server_close()


def test_no_server_is_asked_but_the_one_that_is_named(
    ikeur: Ikeur, servers: tuple[_Server, _Server]
) -> None:
    first, other = servers
    done = ikeur(*RUN, "--url", first.url)
    assert done.code == RED
    assert "307" in done.said
    assert (first.asked > 0, other.asked) == (True, 0)
