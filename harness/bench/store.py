"""The messages of a bench, made before the clock starts and kept in files."""

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

# A message may be no larger than an answer that is read.
_MOST_BYTES = process.MOST_OUTPUT // 2
_PROBE = 100
# Of one message so many different answers are known again.
_MOST_KNOWN = 8

# The codes of the findings of an answer, each with the number of the deviation that covers it.
Codes = tuple[tuple[str, int], ...]


@dataclass
class AnswerHistory:
    """What came of one message: the answers judged before, by digest, and how often it was wrong.

    Of each answer the verdict and the codes of its findings are known. `crowded` counts how often
    it was wrong with others under way.
    """

    judged: dict[bytes, tuple[str, Codes]] = field(default_factory=dict)
    times: int = 0
    times_wrong: int = 0
    crowded: int = 0

    def remember(self, digest: bytes, verdict: str, codes: Codes) -> None:
        """Keep a verdict, as long as there are few."""
        if len(self.judged) < _MOST_KNOWN:
            self.judged[digest] = verdict, codes

    def count(self, is_right: bool, is_crowded: bool) -> None:
        """Count one more answer."""
        self.times += 1
        if not is_right:
            self.times_wrong += 1
            self.crowded += is_crowded

    @property
    def is_unsteady(self) -> bool:
        """Whether it came out right as well as wrong."""
        return 0 < self.times_wrong < self.times


def digest(data: bytes) -> bytes:
    """By this an answer is known again."""
    return hashlib.sha256(data).digest()


def _expected(data: bytes) -> AnswerHistory:
    return AnswerHistory({digest(data): ("right", ())})


class Store:
    """Writes the messages of each lot into a folder, and gives them back."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.seed = seed
        # How many clients the messages of a lot have: fewer than asked where that does not fit.
        self.clients: dict[Lot, int] = {}
        self.known: dict[tuple[Lot, Route, int], AnswerHistory] = {}

    def prepare(self, lot: Lot) -> None:
        """Make the messages of a lot: with fewer clients where the releases cannot hold so many."""
        clients = self._at_most(lot)
        while not self._write(lot, clients):
            clients = max(1, clients * 3 // 4)
        self.clients[lot] = clients

    def _at_most(self, lot: Lot) -> int:
        """The number of clients that is asked for, or of which the bytes can still be read."""
        if lot.size <= _PROBE:
            return lot.size
        probed = max(map(len, self._made(lot, 0, _PROBE).sources.values()))
        return min(lot.size, _PROBE * _MOST_BYTES // probed)

    def _write(self, lot: Lot, clients: int) -> bool:
        """Write all messages; False where one cannot be, as totals have so many digits."""
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
        """One message of a lot, made again."""
        return self._made(lot, index, self.clients[lot])

    def _made(self, lot: Lot, index: int, clients: int) -> Specimen:
        specimen = Specimen(lot.message, self.seed, index)
        return specimen.about(generate(lot.message, self.seed, index, clients=clients))

    def requests(self, lot: Lot, route: Route) -> list[Request]:
        """What is asked of the software about a lot."""
        source, target = route
        return [
            Request(lot.message.name, source, target, self.source(lot, source, index))
            for index in range(lot.count)
        ]

    def source(self, lot: Lot, release: str, index: int) -> bytes:
        """One message in a release."""
        try:
            return self._path(lot, release, index).read_bytes()
        except OSError as error:
            what = f"a message that was made is gone: {error.strerror}"
            raise RunBroken("RUN-FILE", what, str(error.filename), "run again") from None

    def _path(self, lot: Lot, release: str, index: int) -> Path:
        return self.folder / f"{lot.message.name}-{lot.size}-{index}-{release}"
