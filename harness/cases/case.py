"""One thing asked of the system under test, with a stable id."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harness.sut.protocol import CONVERT

# The releases that a message goes through, in order.
Route = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One thing asked of the system under test; `route` names the releases in order.

    `op` is the operation that is asked for, `pair` the other message type that it takes, if any.
    """

    suite: str
    message: str
    route: Route
    seed: int
    index: int
    kind: str = ""
    op: str = CONVERT
    pair: str = ""

    @property
    def direction(self) -> str:
        """The route as text."""
        return "-".join(self.route)

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types that software must claim to be asked it."""
        return (self.message, self.pair) if self.pair else (self.message,)

    @property
    def id(self) -> str:
        """The stable name of the case, from which it can be made again."""
        kind = f".{self.kind}" if self.kind else ""
        place = f"s{self.seed}.n{self.index}"
        return f"{self.message}.{self.suite}{kind}.{self.direction}.{place}"


def there(release: str) -> tuple[str, str]:
    """The route from a release to the other one."""
    return (release, "2.1" if release == "2.0" else "2.0")


def back(release: str) -> tuple[str, str, str]:
    """The route from a release to the other one and back."""
    return (*there(release), release)


def with_op(case: Case, op: str) -> Case:
    """The case, which asks for another operation."""
    return replace(case, op=op)
