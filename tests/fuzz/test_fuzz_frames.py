"""Frames come back whole, however the bytes come in, and all else is no frame."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import strategies as st

from harness.sut.frames import Frame, FrameError, take, write
from tests.fuzz.fuzzed import EVERY_RUN, fuzzed
from tests.timing import soon

LENGTH = "Content-Length"
# A name is a name; a value is one line, and blanks around it say nothing.
NAMES = st.text(st.characters(codec="utf-8", exclude_characters=":"), min_size=1, max_size=12)
VALUES = st.text(st.characters(codec="utf-8"), max_size=40) | st.integers(1, 30_000).map(
    "x".__mul__
)


def _is_one_line(text: str) -> bool:
    return text == text.strip() and not {"\r", "\n"} & set(text)


FIELDS = st.dictionaries(
    NAMES.filter(lambda name: _is_one_line(name) and name != LENGTH),
    VALUES.filter(_is_one_line),
    max_size=6,
)
BODIES = st.binary(max_size=300) | st.sampled_from([b"\r\n\r\n", b"Id: 1\r\n\r\n", b"x" * 100_000])
LINES = st.sampled_from(
    [b"Id: 1", b"Content-Length: 3", b"Content-Length: 0", b"Content-Length: 99999999999999",
     b"Content-Length: 99999999", b"Content-Length: -1", b"content-length: 1", b":", b"", b"x",
     b"\n", b"\r", b"\r\n", b"\r\n\r\n", b": " * 9_000, b"\xff", b"\xe2\x80\xa8", b"\0"]
) | st.binary(max_size=30)  # fmt: skip
STREAMS = st.lists(st.tuples(LINES, st.sampled_from([b"\r\n", b"\r\n", b"\n", b"\r", b""]))).map(
    lambda lines: b"".join(line + end for line, end in lines)
)
CUTS = st.lists(st.integers(0, 10**6), max_size=8) | st.just(range(2_000))


def _chunks(data: bytes, cuts: Iterable[int]) -> list[bytes]:
    places = sorted({cut % (len(data) + 1) for cut in cuts} | {0, len(data)})
    return [data[one:other] for one, other in pairwise(places)]


def _taken(chunks: list[bytes]) -> tuple[list[Frame], str, bytes]:
    """The frames in a stream, the error that ended it, and what is left."""
    buffer, frames = bytearray(), []
    for chunk in chunks:
        buffer += chunk
        try:
            while frame := take(buffer):
                frames.append(frame)
        except FrameError as error:
            return frames, type(error).__name__, b""
    return frames, "", bytes(buffer)


@fuzzed(100, frames=st.lists(st.tuples(FIELDS, BODIES), max_size=4), cuts=CUTS)
def test_frames_in_a_row_come_back_whole_whatever_the_chunks(
    frames: list[tuple[dict[str, str], bytes]], cuts: Iterable[int]
) -> None:
    data = b"".join(write(fields, body) for fields, body in frames)
    found, error, left = soon(_taken, _chunks(data, cuts))
    small = all(len(write(fields, b"")) <= 16_000 for fields, _ in frames)
    if not small:
        assert (found, error, left) == _taken([data])
        return
    assert (error, left) == ("", b"")
    assert found == [Frame(f | {LENGTH: str(len(body))}, body) for f, body in frames]


@fuzzed(100, EVERY_RUN / 8, data=STREAMS | st.binary(max_size=400), cuts=CUTS)
def test_any_stream_gives_the_same_frames_whatever_the_chunks(
    data: bytes, cuts: Iterable[int]
) -> None:
    whole = soon(_taken, [data])
    assert soon(_taken, _chunks(data, cuts)) == whole
