"""Whatever software writes on a stream or a connection, each request has an answer in time."""

from __future__ import annotations

from contextlib import closing
from unittest import mock

from hypothesis import strategies as st

from harness.sut.frames import write
from harness.sut.http.http import HttpSut
from harness.sut.protocol import OK, REFUSED, Answer, Request
from harness.sut.stream import StreamSut
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.fuzz.inputs.left_behind import MOST, holds
from tests.fuzz.inputs.wires import Written, processes, servers
from tests.timing import soon

# Where nothing more comes, and where all that is needed is there.
WAIT, PATIENCE = 0.02, 10.0
REQUEST = Request("WMO305", "2.0", "2.1", b"0" * 50)
BODIES = st.binary(max_size=40) | st.sampled_from([b"", b"x" * 5_000, b"\r\n\r\n", b"\xff\x00\x1b"])
IDS = st.sampled_from(["1", "1", "2", "3", "4", "0", "-1", "01", "٣", "9" * 30, "x", ""])
STATUSES = st.sampled_from(["ok", "ok", "ok", "refused", "error", "OK", "", "ok\0"])
SAID = st.sampled_from([b"", b"", b"no", b"\xff\x00\x1b[31m\r\n", b"x" * 5_000])
ENDS = st.sampled_from([None, None, 0, 3, 1, -9])


def _frame(number: str, status: str, body: bytes, told: int) -> bytes:
    """A frame that says of its length what it has, and so many bytes more."""
    whole = write({"Id": number, "Status": status}, body)
    return whole.replace(b"Length: %d" % len(body), b"Length: %d" % max(len(body) + told, 0), 1)


FRAMES = st.builds(_frame, IDS, STATUSES, BODIES, st.sampled_from([0, 0, 0, 0, 1, -1, 10**8]))
STREAMS = st.lists(
    FRAMES | st.sampled_from([b"Loading...\r\n", b"\n", b"\r\n\r\n", b"Id: 1\r\n", b":", b"\xff"]),
    max_size=6,
).map(b"".join)
WRITTEN = st.lists(st.builds(Written, STREAMS, SAID, ENDS, st.booleans()), min_size=1, max_size=3)


def _asked_stream(written: list[Written], count: int) -> list[Answer]:
    with processes(written), closing(StreamSut(["program"], "", "", WAIT)) as sut:
        return sut.ask([REQUEST] * count) + sut.ask([REQUEST])


def _asked_once(written: Written) -> Answer:
    with processes([written]), closing(StreamSut(["program"], "", "", PATIENCE)) as sut:
        return sut.ask([REQUEST])[0]


@fuzzed(100, EVERY_RUN / 8, written=WRITTEN, count=st.integers(1, 3))
def test_whatever_is_written_on_a_stream_each_request_has_an_answer(
    written: list[Written], count: int
) -> None:
    answers = soon(_asked_stream, written, count)
    assert len(answers) == count + 1
    for answer in answers:
        holds(answer)


@fuzzed(
    60, EVERY_RUN / 8, body=BODIES, status=st.sampled_from([OK, REFUSED]), more=STREAMS, said=SAID
)
def test_an_answer_that_came_is_the_answer_whatever_follows_it(
    body: bytes, status: str, more: bytes, said: bytes
) -> None:
    first = write({"Id": "1", "Status": status}, body)
    answer = _asked_once(Written(first + more, said))
    assert answer.status == status
    assert answer.output == (body if status == OK else b"")


def _head(status: bytes, fields: list[bytes], end: bytes) -> bytes:
    return end.join([status, *fields, b"", b""])


HEADS = st.builds(
    _head,
    st.sampled_from(
        [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK", b"HTTP/1.1 422 No", b"HTTP/1.1 422",
         b"HTTP/1.0 200 OK", b"HTTP/1.1 100 Continue", b"HTTP/1.1 204 No", b"HTTP/1.1 302 Found",
         b"HTTP/1.1 -1 OK", b"HTTP/1.1 2000 OK", b"HTTP/9 200 OK", b"hello", b"", b"\xff"]
    ),
    st.lists(
        st.sampled_from(
            [b"Content-Length: 5", b"Content-Length: 0", b"Content-Length: -1",
             b"Content-Length: 99999999999999999999", b"Content-Length: x", b"Content-Length: 1_0",
             b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked",
             b"Transfer-Encoding: gzip", b"Connection: close", b"Connection: keep-alive",
             b"Ikeur-Id: 1", b"Ikeur-Id: 2", b"Ikeur-Id: \xff", b"Upgrade: x", b" folded",
             b"no colon", b": ", b"\0", b"X: " + b"y" * 5_000]
        ),
        max_size=4,
    ),
    st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n"]),
)  # fmt: skip
CHUNKS = st.lists(
    st.sampled_from(
        [b"5\r\nhello\r\n", b"0\r\n\r\n", b"0\r\n", b"-1\r\n", b"-5\r\n", b"ffffffffff\r\n",
         b"5;a=b\r\nhello\r\n", b"1_0\r\n", b"5", b"A: b\r\n", b"\r\n", b"hello",
         b"x\r\n", b"z" * 3_000]
    ),
    max_size=6,
).map(b"".join)  # fmt: skip
RESPONSES = st.lists(st.tuples(HEADS, CHUNKS | BODIES).map(b"".join), max_size=3).map(b"".join)


def _asked_http(written: list[Written], count: int) -> list[Answer]:
    with (
        servers(written),
        mock.patch("harness.sut.http.connection.MOST_OUTPUT", MOST),
        mock.patch("harness.sut.http.connection._LET_GO", 0.01),
        closing(HttpSut("http://localhost/", "", "", WAIT)) as sut,
    ):
        return [sut.ask([REQUEST])[0] for _ in range(count)]


@fuzzed(
    100,
    EVERY_RUN / 8,
    written=st.lists(
        st.builds(Written, RESPONSES | st.binary(max_size=60), st.just(b""), ENDS),
        min_size=1,
        max_size=3,
    ),
    count=st.integers(1, 3),
)
def test_whatever_a_server_sends_each_request_has_an_answer(
    written: list[Written], count: int
) -> None:
    answers = soon(_asked_http, written, count)
    assert len(answers) == count
    for answer in answers:
        holds(answer)
        assert len(answer.output) <= MOST
