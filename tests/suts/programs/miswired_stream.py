"""A converter over a stream that is wired wrongly: `miswired_stream.py HOW`."""

from __future__ import annotations

import os
import sys
import time

from harness.reference import converter as reference
from harness.sut.frames import Frame, take, write
from schemas.errors import Refused

HOW = sys.argv[1]


def answered(frame: Frame) -> bytes:
    fields = frame.fields
    try:
        status, body = "ok", reference.convert(frame.body, fields["From"], fields["To"])
    except Refused as error:
        status, body = "refused", b"" if HOW == "refuses_silently" else str(error).encode()
    if HOW == "refuses_all":
        status, body = "refused", b"not today"
    if HOW == "says_done":
        status = "done"
    if HOW == "says_hello":
        body = b"hello"
    if HOW == "gives_nothing":
        body = b""
    data = write({"Id": "1" if HOW == "always_1" else fields["Id"], "Status": status}, body)
    head, _, rest = data.partition(b"\r\n\r\n")
    if HOW == "lf":
        head = head.replace(b"\r\n", b"\n") + b"\n\n"
        return head + rest
    if HOW == "too_long":
        return data.replace(b"Content-Length: ", b"Content-Length: 9")
    if HOW == "logs":
        return b"converting...\r\n" + data
    return data


def main() -> None:
    if HOW == "dies":
        sys.exit(4)
    buffer, waiting, first = bytearray(), [], b""
    while data := os.read(0, 65536):
        buffer += data
        while frame := take(buffer):
            if HOW == "first_again" and first:
                # The body of the first answer, whatever was asked.
                os.write(1, write({"Id": frame.fields["Id"], "Status": "ok"}, first))
                continue
            answer = answered(frame)
            if HOW == "swaps":
                waiting.append((frame, answer))
                if len(waiting) == 3:
                    for (one, _), (_, other) in zip(waiting, waiting[::-1], strict=True):
                        body = other.partition(b"\r\n\r\n")[2]
                        os.write(1, write({"Id": one.fields["Id"], "Status": "ok"}, body))
                    waiting = []
                elif not buffer:
                    time.sleep(0.3)
                    os.set_blocking(0, False)
                    try:
                        more = os.read(0, 65536)
                    except BlockingIOError:
                        more = b""
                    os.set_blocking(0, True)
                    buffer += more
                    if not more:
                        for _, single in waiting:
                            os.write(1, single)
                        waiting = []
                continue
            if HOW != "waits_for_the_end":
                os.write(1, answer)
            if HOW == "one_and_out":
                return
            if HOW == "one_and_deaf":
                time.sleep(60)


if __name__ == "__main__":
    main()
