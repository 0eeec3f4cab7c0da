"""Software that is reached in another way for each operation, asked as one."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence

from harness.sut import Answer, Request, Sut


class Several:
    """One system under test out of several, by operation; named after the first of them."""

    def __init__(self, suts: Mapping[str, Sut]) -> None:
        self.suts = suts
        first = next(iter(suts.values()))
        self.name, self.version, self.way = first.name, first.version, first.way
        commands = {operation: sut.command for operation, sut in suts.items()}
        self.command = "; ".join(f"{key}: {command}" for key, command in commands.items())

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers, in the order of the requests; those of one operation are asked together."""
        answers: dict[int, Answer] = {}
        for operation, sut in self.suts.items():
            places = [at for at, request in enumerate(requests) if request.op == operation]
            if places:
                given = sut.ask([requests[at] for at in places])
                answers.update(zip(places, given, strict=True))
        return [answers[at] for at in range(len(requests))]

    def close(self) -> None:
        """End what is still running, of each of them."""
        with contextlib.ExitStack() as stack:
            for sut in self.suts.values():
                stack.callback(sut.close)
