"""A system under test that is reached in a different way for each operation."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence

from harness.sut.protocol import Answer, Request, Sut


class SutByOperation:
    """Sends each request to the system under test of its operation; named after the first."""

    def __init__(self, suts: Mapping[str, Sut]) -> None:
        self.suts = suts
        first = next(iter(suts.values()))
        self.name, self.version, self.way = first.name, first.version, first.way
        self.shares_process = any(sut.shares_process for sut in suts.values())
        commands = {operation: sut.command for operation, sut in suts.items()}
        self.command = "; ".join(f"{key}: {command}" for key, command in commands.items())

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Answer in the order of the requests; those of one operation are sent together."""
        return self._each(requests, lambda sut, some: sut.ask(some))

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """Like `ask`, with as many requests per operation in flight as its way allows."""
        return self._each(requests, lambda sut, some: sut.together(some))

    def _each(
        self,
        requests: Sequence[Request],
        ask: Callable[[Sut, Sequence[Request]], list[Answer]],
    ) -> list[Answer]:
        answers: dict[int, Answer] = {}
        for operation, sut in self.suts.items():
            places = [at for at, request in enumerate(requests) if request.op == operation]
            if places:
                given = ask(sut, [requests[at] for at in places])
                answers.update(zip(places, given, strict=True))
        return [answers[at] for at in range(len(requests))]

    def renew(self) -> bool:
        """Send the next requests to new processes; returns False if one is not ours."""
        renewed = [sut.renew() for sut in self.suts.values()]
        return all(renewed)

    def close(self) -> None:
        """Close all of them."""
        with contextlib.ExitStack() as stack:
            for sut in self.suts.values():
                stack.callback(sut.close)
