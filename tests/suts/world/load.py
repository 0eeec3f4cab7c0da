"""Servers that are right message by message: `python -m tests.suts.world.load PORTFILE NAME`.

It writes its port to the file when it listens.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.suts.programs.one_function import serve
from tests.suts.spoiling import faithful

_MOST = 40
# How long two requests are under way together, in seconds.
pause = 0.01
# The request that is worked on, which all threads share.
_request: list[tuple[bytes, str, str]] = []
# The threads with a request that has begun to come in, and the answers since there were many.
_under_way: set[int] = set()
_crowd: list[bytes] = []
_guard = threading.Lock()


@contextmanager
def _counted() -> Iterator[None]:
    """Count the request of this thread as under way."""
    mine = threading.get_ident()
    is_outer = mine not in _under_way
    _under_way.add(mine)
    try:
        yield
    finally:
        if is_outer:
            _under_way.discard(mine)


def shares_the_request_between_threads(data: bytes, source: str, target: str) -> bytes:
    _request[:] = [(data, source, target)]
    time.sleep(pause)
    return faithful(*_request[0])


def mixes_up_more_than_forty(data: bytes, source: str, target: str) -> bytes:
    with _counted():
        output = faithful(data, source, target)
        with _guard:
            is_crowded = len(_under_way) > _MOST
            if not is_crowded:
                _crowd.clear()
            _crowd.append(output)
            answer = _crowd[0] if is_crowded else output
        time.sleep(pause)
    return answer


def main() -> None:
    serve(globals()[sys.argv[2]], sys.argv[1], _counted)


if __name__ == "__main__":
    main()
