"""Servers that are right message by message: `python -m tests.suts.world.load PORTFILE NAME`.

It writes its port to the file when it listens.
"""

from __future__ import annotations

import sys
import threading
import time

from tests.suts.programs.one_function import serve
from tests.suts.spoiling import faithful

_MOST = 40
# How long two requests are under way together, in seconds.
pause = 0.01
# The request that is worked on, which all threads share.
_request: list[tuple[bytes, str, str]] = []
_under_way: list[bytes] = []
_guard = threading.Lock()


def shares_the_request_between_threads(data: bytes, source: str, target: str) -> bytes:
    _request[:] = [(data, source, target)]
    time.sleep(pause)
    return faithful(*_request[0])


def mixes_up_more_than_forty(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    with _guard:
        _under_way.append(output)
        answer = _under_way[0] if len(_under_way) > _MOST else output
    time.sleep(pause)
    with _guard:
        _under_way.remove(output)
    return answer


def main() -> None:
    serve(globals()[sys.argv[2]], sys.argv[1])


if __name__ == "__main__":
    main()
