"""The messages of a bench, generated before the clock starts and kept in files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from generators.message import generate
from harness.bench.settings import ROUTES, Lot
from harness.cases.case import Route
from harness.cases.specimen import Specimen
from harness.sut import process
from harness.sut.protocol import Request
from schemas.errors import Refused, RunBroken
from schemas.facts.codelists import RELEASES

# A message may be no larger than the answers that are read.
_MOST_BYTES = process.MOST_OUTPUT // 2
_PROBE = 100
# The most different answers remembered per message.
_MOST_KNOWN = 8

# The codes of the findings of an answer, each with the number of its deviation.
Codes = tuple[tuple[str, int], ...]


@dataclass
class AnswerHistory:
    """The answers to one message: verdicts by digest, and how often it came out wrong.

    `crowded` counts the wrong answers while others were in flight.
    """

    judged: dict[bytes, tuple[str, Codes]] = field(default_factory=dict)
    times: int = 0
    times_wrong: int = 0
    crowded: int = 0

    def remember(self, digest: bytes, verdict: str, codes: Codes) -> None:
        """Keep a verdict, while there are few."""
        if len(self.judged) < _MOST_KNOWN:
            self.judged[digest] = verdict, codes

    def count(self, is_right: bool, is_crowded: bool) -> None:
        """Count an answer."""
        self.times += 1
        if not is_right:
            self.times_wrong += 1
            self.crowded += is_crowded

    @property
    def is_unsteady(self) -> bool:
        """Whether the message came out both right and wrong."""
        return 0 < self.times_wrong < self.times


def digest(data: bytes) -> bytes:
    """The digest that identifies an answer."""
    return hashlib.sha256(data).digest()


def _expected(data: bytes) -> AnswerHistory:
    return AnswerHistory({digest(data): ("right", ())})


class Store:
    """Writes the messages of each lot to a folder, and reads them back."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        # The number of clients per message of a lot, reduced where the requested number does not
        # fit.
        self.clients: dict[Lot, int] = {}
        self.known: dict[tuple[Lot, Route, int], AnswerHistory] = {}

    def prepare(self, lot: Lot) -> None:
        """Generate the messages of a lot, with fewer clients if a release cannot hold so many."""
        clients = self._at_most(lot)
        while not self._write(lot, clients):
            clients = max(1, clients * 3 // 4)
        self.clients[lot] = clients

    def _at_most(self, lot: Lot) -> int:
        """The requested number of clients, or the largest whose bytes can be read."""
        if lot.size <= _PROBE:
            return lot.size
        probed = max(map(len, self._made(lot, 0, _PROBE).sources.values()))
        return min(lot.size, _PROBE * _MOST_BYTES // probed)

    def _write(self, lot: Lot, clients: int) -> bool:
        """Write all messages; returns False if a number in one has too many digits."""
        for index in range(lot.count):
            specimen = self._made(lot, index, clients)
            try:
                sources = specimen.sources
                expected = {release: specimen.expected_bytes(release) for release in RELEASES}
            except Refused:
                if clients == 1:
                    raise
                return False
            for release, data in sources.items():
                self._path(lot, release, index).write_bytes(data)
            for route in ROUTES:
                self.known[lot, route, index] = _expected(expected[route[-1]])
        return True

    def specimen(self, lot: Lot, index: int) -> Specimen:
        """Generate a message of a lot again."""
        return self._made(lot, index, self.clients[lot])

    def _made(self, lot: Lot, index: int, clients: int) -> Specimen:
        specimen = Specimen(lot.message, self.seed, index)
        made = specimen.about(generate(lot.message, self.seed, index, clients=clients))
        # Some notations multiply the size, which a lot is held to.
        made.is_plain = True
        return made

    def requests(self, lot: Lot, route: Route) -> list[Request]:
        """The requests of a lot."""
        source, target = route
        return [
            Request(lot.message.name, source, target, self.source(lot, source, index))
            for index in range(lot.count)
        ]

    def source(self, lot: Lot, release: str, index: int) -> bytes:
        """The bytes of a message in a release."""
        try:
            return self._path(lot, release, index).read_bytes()
        except OSError as error:
            what = f"a message that was made is gone: {error.strerror}"
            raise RunBroken("RUN-FILE", what, str(error.filename), "run again") from None

    def _path(self, lot: Lot, release: str, index: int) -> Path:
        return self.folder / f"{lot.message.name}-{lot.size}-{index}-{release}"
