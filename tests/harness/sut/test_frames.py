"""Frames of the stream protocol: whole or not at all, however the bytes come in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.sut.frames import Frame, FrameError, take, unexpected_text, write
from tests.timing import soon

BODY = b"<Bericht>\r\n\r\nId: 9\r\n\xff\x00</Bericht>"
REQUEST = (
    b"Id: 7\r\nOp: convert\r\nFrom: 2.0\r\nTo: 2.1\r\nMessage: WMO301\r\n"
    b"Content-Length: 4\r\n\r\nABCD"
)


def whole(buffer: bytearray) -> Frame:
    """The next frame, which must be there."""
    frame = take(buffer)
    assert frame is not None
    return frame


def test_a_frame_is_lines_a_blank_line_and_exactly_so_many_bytes() -> None:
    fields = {"Id": "7", "Op": "convert", "From": "2.0", "To": "2.1", "Message": "WMO301"}
    assert write(fields, b"ABCD") == REQUEST


def test_what_is_written_is_taken_again() -> None:
    buffer = bytearray(write({"Id": "1", "Status": "ok"}, BODY))
    frame = take(buffer)
    assert frame is not None
    assert (frame.fields["Id"], frame.fields["Status"], frame.body) == ("1", "ok", BODY)
    assert frame.fields["Content-Length"] == str(len(BODY))
    assert buffer == b""


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase])
def test_names_are_read_in_any_case(change: Callable[[str], str]) -> None:
    names = {name: change(name) for name in ("Id", "Status", "Content-Length")}
    text = f"{names['Id']}: Aa-1\r\n{names['Status']}: ok\r\n{names['Content-Length']}: 2\r\n\r\nAB"
    assert take(bytearray(text.encode())) == Frame(
        {"Id": "Aa-1", "Status": "ok", "Content-Length": "2"}, b"AB"
    )


@pytest.mark.parametrize("body", [b"", b"A", BODY])
def test_a_frame_that_comes_in_two_parts_is_taken_when_it_is_whole(body: bytes) -> None:
    data = write({"Id": "1", "Status": "ok"}, body)
    for place in range(len(data)):
        buffer = bytearray(data[:place])
        assert take(buffer) is None
        assert buffer == data[:place], "an unfinished frame is left as it is"
        buffer += data[place:]
        assert take(buffer) == Frame(
            {"Id": "1", "Status": "ok", "Content-Length": str(len(body))}, body
        )
        assert buffer == b""


def test_a_frame_that_comes_byte_by_byte() -> None:
    buffer, frames = bytearray(), []
    for byte in REQUEST + REQUEST.replace(b"Id: 7", b"Id: 8"):
        buffer.append(byte)
        frame = take(buffer)
        if frame:
            frames.append(frame.fields["Id"])
    assert frames == ["7", "8"]


def test_of_two_frames_the_first_is_taken_and_the_second_left() -> None:
    one, other = write({"Id": "1"}, b"one"), write({"Id": "2"}, b"other")
    buffer = bytearray(one + other + b"Id: 3\r\n")
    assert whole(buffer).body == b"one"
    assert whole(buffer).body == b"other"
    assert take(buffer) is None
    assert buffer == b"Id: 3\r\n"


def test_spaces_around_a_value_and_colons_in_it_are_read() -> None:
    buffer = bytearray(b"Id:  7 \r\nAt: 2017-06-12T00:00:00+02:00\r\nContent-Length:0\r\n\r\n")
    assert whole(buffer).fields == {
        "Id": "7", "At": "2017-06-12T00:00:00+02:00", "Content-Length": "0"
    }  # fmt: skip


@pytest.mark.parametrize(
    "length",
    ["", "-1", "+4", "4.0", "0x4", "four", "4 4", "1e3", "٤", "９", "9" * 13, "99999999999"],
)
def test_a_length_that_is_no_number_or_far_too_large(length: str) -> None:
    with pytest.raises(FrameError, match="Content-Length"):
        take(bytearray(f"Id: 1\r\nContent-Length: {length}\r\n\r\nABCD".encode()))


def test_a_frame_without_a_length() -> None:
    with pytest.raises(FrameError, match="Content-Length"):
        take(bytearray(b"Id: 1\r\nStatus: ok\r\n\r\n"))


def test_a_length_that_is_too_short_leaves_the_rest_which_is_no_frame() -> None:
    buffer = bytearray(b"Id: 1\r\nContent-Length: 2\r\n\r\nABCD\r\n\r\n")
    assert whole(buffer).body == b"AB"
    with pytest.raises(FrameError):
        take(buffer)


def test_a_length_that_is_too_long_waits_for_more() -> None:
    buffer = bytearray(b"Id: 1\r\nContent-Length: 5\r\n\r\nABCD")
    assert take(buffer) is None


@pytest.mark.parametrize(
    "data",
    [
        b"Id: 1\nStatus: ok\nContent-Length: 0\r\n\r\n",
        b"Id: 1\r\nStatus: ok\nContent-Length: 0\r\n\r\n",
        b"Id 1\r\nContent-Length: 0\r\n\r\n",
        b"\r\n\r\n",
        b"Converting message 1 ...\r\n",
        b"Traceback (most recent call last)\r\n\r\n",
        b"x" * 20_000,
        b"Id: " + b"1" * 20_000,
    ],
    ids=[
        "LF",
        "one LF",
        "no colon",
        "no fields",
        "a log line",
        "a trace",
        "no end",
        "a long field",
    ],
)
def test_what_can_never_become_a_frame_is_told_at_once(data: bytes) -> None:
    with pytest.raises(FrameError):
        take(bytearray(data))


def test_lines_that_end_in_lf_are_told_at_once() -> None:
    with pytest.raises(FrameError):
        take(bytearray(b"Id: 1\nStatus: ok\nContent-Length: 4\n\nABCD"))


NAMES = st.text("ABCdef-", min_size=1, max_size=8).filter(lambda name: name != "Content-Length")
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES, TEXTS, min_size=1, max_size=5), st.binary(max_size=200), st.data())
def test_any_fields_and_body_come_through_in_any_parts(
    fields: dict[str, str], body: bytes, data: st.DataObject
) -> None:
    sent = write(fields, body)
    place = data.draw(st.integers(0, len(sent)))
    buffer = bytearray(sent[:place])
    frame = take(buffer)
    assert (frame is None) == (place < len(sent))
    if frame is None:
        buffer += sent[place:]
        frame = whole(buffer)
    assert frame.body == body
    assert {name: frame.fields[name] for name in fields} == fields


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_garbage_is_a_frame_nothing_yet_or_an_error(data: bytes) -> None:
    buffer = bytearray(data)
    try:
        frame = take(buffer)
    except FrameError:
        return
    if frame is None:
        assert buffer == data
    else:
        assert len(buffer) < len(data)


def in_parts(data: bytes, step: int) -> None:
    """Take what there is to take, as the bytes come in."""
    buffer = bytearray()
    for place in range(0, len(data), step):
        buffer += data[place : place + step]
        while take(buffer):
            pass


@pytest.mark.parametrize("step", [1, 1000, 100_000], ids=["by byte", "in parts", "at once"])
@pytest.mark.parametrize(
    "data",
    [
        b"Id: 1\r\nContent-Length: 2\r\n\r\nABno frame\r\nId: 2\r\n",
        b"\r\nId: 1\r\n",
        b"Id: 1\r\nLong: " + b"1" * 20_000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"Id: 1\r\n" * 3_000 + b"Content-Length: 0\r\n\r\n",
    ],
    ids=["a line after a frame", "an empty line first", "a long line", "many lines"],
)
def test_what_is_no_frame_is_told_in_whatever_parts_it_comes(data: bytes, step: int) -> None:
    with pytest.raises(FrameError):
        in_parts(data, step)


def test_megabytes_are_taken_in_time_in_one_frame_or_in_many() -> None:
    large = write({"Id": "1"}, bytes(32 * 1024 * 1024))
    many = write({"Id": "1"}, b"") * 20_000
    for data in (large, many):
        soon(in_parts, data, 64 * 1024)


def test_a_header_may_be_long_and_no_longer() -> None:
    start, end = b"Id: 1\r\nContent-Length: 0\r\nLong: ", b"\r\n\r\n"
    fits = start + b"1" * (16 * 1024 - len(start + end)) + end
    assert take(bytearray(fits[:-1])) is None
    assert len(whole(bytearray(fits)).fields["Long"]) == 16 * 1024 - len(start + end)
    with pytest.raises(FrameError, match="empty line"):
        take(bytearray(fits.replace(end, b"1" + end)))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ""),
        (b"ready\nId: 1\r\nStatus: ok\r\n", "ready"),
        (b"INFO: ready\r\n\r\nstatus: ok\r\nId: 1\r\n", "INFO: ready"),
        (b"Loading...", "Loading..."),
        # A header with other line ends is no text before a header.
        (b"Id: 1\nStatus: ok\n", ""),
        (b"\xff\xfe" + b"a" * 100_000, "\ufffd\ufffd" + "a" * 78),
    ],
)
def test_the_text_before_a_header_is_quoted_as_far_as_it_says_something(
    data: bytes, said: str
) -> None:
    assert unexpected_text(bytearray(data)) == said
