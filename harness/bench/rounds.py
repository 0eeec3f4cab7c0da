"""Runs the rounds of a bench: the software, the reference converter and the anchor in turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from harness.bench.endurance import MESSAGES, endure, of_several_clients
from harness.bench.fidelity import Fidelity
from harness.bench.measure import Part, ask
from harness.bench.resource_usage import Watch, processor_time
from harness.bench.settings import ROUTES, Lot, Settings, lots
from harness.bench.store import Store
from harness.cases.case import Route
from harness.sut import process
from harness.sut.circuit_breaker import CircuitBreaker
from harness.sut.protocol import OK, Request, Sut
from harness.sut.stream import StreamSut
from schemas.errors import RunBroken
from schemas.message.parse_xml import parse
from schemas.xml.validators import own

SUT, REFERENCE = "sut", "reference"
# The time of a message of the endurance, which is asked once, as a share of one in a round.
_ENDURING = 0.2
# The time to generate a lot, as a share of a round with it.
_PREPARING = 0.5


@dataclass
class Measured:
    """All measurements: the parts of each side, in order.

    `anchors` has the seconds per message of the anchor, by lot and round; `asking` is the processor
    time of ikeur itself while asking, `restarts` the number of restarts of software that should
    stay alive.
    """

    parts: dict[str, dict[tuple[Lot, Route], list[Part]]] = field(
        default_factory=lambda: {SUT: {}, REFERENCE: {}}
    )
    anchors: dict[Lot, list[float]] = field(default_factory=dict)
    peaks: dict[str, int] = field(default_factory=dict)
    asking: float = 0.0
    restarts: int = 0
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured yet."""
        return not self.parts[SUT]


class Rounds:
    """Measures a system under test next to the reference converter."""

    def __init__(
        self, settings: Settings, sut: Sut, reference: StreamSut, store: Store, fidelity: Fidelity
    ) -> None:
        self.settings = settings
        self.sut = sut
        self.reference = reference
        self.store = store
        self.fidelity = fidelity
        self.lots = list(lots(settings))
        self.measured = Measured()
        self.breaker = {SUT: CircuitBreaker(sut), REFERENCE: CircuitBreaker(reference)}
        self._begin = time.monotonic()

    @property
    def work(self) -> float:
        """The total work, in the unit of `run`."""
        once = sum(lot.work for lot in self.lots)
        warm_up = sum(lot.work for lot in self._warm_up())
        return once * (_PREPARING + self.settings.rounds) + warm_up + self._enduring

    def _warm_up(self) -> list[Lot]:
        """The smallest messages of each type, enough to warm up."""
        return [lot for lot in self.lots if lot.size == self.lots[0].size]

    def run(self) -> Iterator[float]:
        """Generate the messages, warm up and measure; yields the work done by each step.

        Software that only fails is given up.
        """
        breaker, warm_up = self.breaker[SUT], self._warm_up()
        with Watch() as watch:
            self.measured.peaks = watch.peaks
            yield from self._prepare(warm_up)
            yield from self._round(watch, warm_up, 0)
            if not breaker.is_over:
                yield from self._prepare([lot for lot in self.lots if lot not in warm_up])
            self._begin = time.monotonic()
            for number in range(1, self.settings.rounds + 1):
                yield from self._round(watch, self.lots, number)
        yield from self._endurance()
        if breaker.is_over:
            self.measured.reason = breaker.streak.reason(self.settings.lang)

    @property
    def _enduring(self) -> float:
        """The work of the endurance; 0 where it is left out."""
        is_short = self.settings.count or self.lots[0].size > 1 or not self.sut.shares_process
        return 0.0 if is_short else MESSAGES * _ENDURING * self.lots[0].work / self.lots[0].count

    def _endurance(self) -> Iterator[float]:
        """Ask many more of the smallest messages."""
        if not self._enduring or self.breaker[SUT].is_over:
            return
        asked = self.fidelity.tallies.total()
        yield self._enduring * min(asked / MESSAGES, 1)
        some = self._warm_up()
        for lot in of_several_clients(some):
            self.store.prepare(lot)
        for number in endure(self.breaker[SUT], some, self.store, self.fidelity, asked):
            yield self._enduring * number / MESSAGES
        self._count_restarts()

    def _count_restarts(self) -> None:
        if isinstance(self.sut, StreamSut):
            self.measured.restarts = max(self.sut.starts - 1, 0)

    def _prepare(self, some: Sequence[Lot]) -> Iterator[float]:
        for lot in some:
            self.store.prepare(lot)
            yield lot.work * _PREPARING

    def _round(self, watch: Watch, some: Sequence[Lot], number: int) -> Iterator[float]:
        """Ask all lots; round 0 is the warm-up."""
        for lot in some:
            if self.breaker[SUT].is_over:
                return
            self._lot(watch, lot, number)
            yield lot.work

    def _lot(self, watch: Watch, lot: Lot, number: int) -> None:
        if number:
            self.measured.anchors.setdefault(lot, []).append(self._anchor(lot))
        for route in ROUTES:
            requests = self.store.requests(lot, route)
            # The sides take turns to go first.
            for side in (SUT, REFERENCE) if number % 2 else (REFERENCE, SUT):
                self._side(watch, side, lot, route, requests, number)

    def _side(
        self,
        watch: Watch,
        side: str,
        lot: Lot,
        route: Route,
        requests: Sequence[Request],
        number: int,
    ) -> None:
        processes, part = self._processes(side), Part(time.monotonic() - self._begin)
        watch.wake(side, processes)
        before, own_before = processor_time(processes()), time.process_time()
        asked = ask(self.breaker[side], requests, part)
        part.cpu = processor_time(processes()) - before
        own_time = time.process_time() - own_before
        if side == SUT:
            self._count_restarts()
        part.held = watch.sleep()
        if number:
            self.measured.parts[side].setdefault((lot, route), []).append(part)
        if side == SUT:
            self.measured.asking += own_time if number else 0.0
            self.fidelity.judge(lot, route, asked)
        elif any(answer.status != OK for answer in (*asked.alone, *asked.together)):
            what = "the reference converter gave no answer"
            do = "see that the machine has memory and time left, and run again"
            raise RunBroken("RUN-REFERENCE", what, f"{lot.message.name}, {lot.size} clients", do)

    def _processes(self, side: str) -> Callable[[], list[int]]:
        if side == REFERENCE:
            return lambda: [self.reference.pid] if self.reference.pid else []
        return lambda: [pid for pid in process.running() if pid != self.reference.pid]

    def _anchor(self, lot: Lot) -> float:
        """The seconds per message that lxml needs to parse and validate."""
        schema, taken = own().schema(lot.message), 0.0
        for index in range(lot.count):
            data = self.store.source(lot, "2.1", index)
            begin = time.perf_counter()
            root = parse(data).root
            valid = root is not None and schema.validate(root)
            taken += time.perf_counter() - begin
            assert valid
        return taken / lot.count
