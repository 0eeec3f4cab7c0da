"""A test case and its stable id."""

from __future__ import annotations

from dataclasses import dataclass

from harness.sut.protocol import CONVERT

# The releases that a message passes through, in order.
Route = tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A test case; `route` lists the releases in order.

    `op` is the operation under test, `pair` the other message type involved, if any.
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
        """The route as text, such as `2.0-2.1`."""
        return "-".join(self.route)

    @property
    def messages(self) -> tuple[str, ...]:
        """The message types that the software must claim for the case to apply."""
        return (self.message, self.pair) if self.pair else (self.message,)

    @property
    def id(self) -> str:
        """The stable id, from which the case can be rebuilt."""
        kind = f".{self.kind}" if self.kind else ""
        place = f"s{self.seed}.n{self.index}"
        return f"{self.message}.{self.suite}{kind}.{self.direction}.{place}"


def there(release: str) -> tuple[str, str]:
    """The route from a release to the other one."""
    return (release, "2.1" if release == "2.0" else "2.0")


def back(release: str) -> tuple[str, str, str]:
    """The route from a release to the other one and back."""
    return (*there(release), release)
