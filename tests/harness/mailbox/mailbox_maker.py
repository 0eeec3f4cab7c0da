"""A synthetic mailbox with known faults, and what an audit must find in it.

Every so many exchanges one has a fault, of each kind by turns; the rest is in order. What must be
found is written down with each fault, by what the switch of 2.0 to 2.1 asks.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.harness.mailbox.mailbox_messages import DECLARES, HEENS, RETOUR, message

AANBIEDER = "98765432"
GEMEENTEN = [f"{number:04}" for number in range(14, 74)]
ONE_IN = 25
PER_ZIP = 200
# The last day of declarations was 28 May 2017, of other heenberichten 6 June; from 8 June 13:00
# nothing was sent or read until 12 June 13:00.
OLD, NEW = date(2017, 4, 3), date(2017, 6, 13)
OLD_DAYS, NEW_DAYS = 50, 60
SUFFIX = {"2.0": ".ei", "2.1": ".xml"}

Expected = tuple[str, str, str, str]


@dataclass
class Exchange:
    """One question and its answer, made file by file."""

    number: int
    standard: str
    heen: str
    release: str
    gemeente: str
    asked: date
    answered: date
    files: list[tuple[str, bytes]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    times: list[tuple[str, str, str]] = field(default_factory=list)

    def ask(
        self, mark: str = "", release: str = "", on: date | None = None, variant: int = 0
    ) -> str:
        """Add a heenbericht; its path."""
        release = release or self.release
        data = message(
            self.standard + self.heen,
            release,
            self.number + variant,
            gemeente=self.gemeente,
            aanbieder=AANBIEDER,
            id=self.identification,
            date=str(on or self.asked),
        )
        return self.add(f"{self.heen}{mark}{SUFFIX[release]}", data)

    def answer(
        self, mark: str = "", release: str = "", on: date | None = None, to: date | None = None
    ) -> str:
        """Add a return message; its path."""
        release = release or self.release
        data = message(
            self.standard + RETOUR[self.heen],
            release,
            self.number,
            gemeente=self.gemeente,
            aanbieder=AANBIEDER,
            id=self.identification,
            date=str(to or self.asked),
            own_id=f"R{self.number}{mark}",
            own_date=str(on or self.answered),
        )
        return self.add(f"{RETOUR[self.heen]}{mark}{SUFFIX[release]}", data)

    @property
    def identification(self) -> str:
        return f"M{self.number:09}"

    def add(self, name: str, data: bytes) -> str:
        """Add a file; its path."""
        path = f"{self.gemeente}/{self.number % 7}/{self.number:07}-{self.standard}{name}"
        self.files.append((path, data))
        return path

    def expect(self, code: str, file: str, other: str = "", rule: str = "") -> None:
        """Write down what must be found."""
        self.expected.append((code, file, other, rule))

    def move(self, asked: date, days: int = 3) -> None:
        """Let it be on another day."""
        self.asked, self.answered = asked, asked + timedelta(days)


def good(it: Exchange) -> None:
    it.ask()
    it.answer()


def opened(it: Exchange) -> None:
    stays = it.release == "2.1" or it.heen == "321"
    it.expect("PAIRS-WAITING" if stays else "PAIRS-OPEN", it.ask())


def wrong_release(it: Exchange) -> None:
    if it.heen == "321":
        it.heen = "301"
    heen, other = it.ask(), {"2.0": "2.1", "2.1": "2.0"}[it.release]
    retour = it.answer(release=other, on=max(it.answered, NEW))
    it.expect("PAIRS-RELEASE", retour, heen)
    if other == "2.0":
        it.expect("PAIRS-DEADLINE", retour, rule="SWITCH-LATE")


def twice(it: Exchange) -> None:
    it.ask()
    first = it.answer()
    it.expect("PAIRS-TWICE", it.answer("b", on=it.answered + timedelta(1)), first)


def early(it: Exchange) -> None:
    it.move(it.asked + timedelta(2))
    heen = it.ask()
    it.expect("PAIRS-EARLY", it.answer(on=it.asked - timedelta(1)), heen)


def no_heen(it: Exchange) -> None:
    it.expect("PAIRS-NO-HEEN", it.answer())


def reused(it: Exchange) -> None:
    first, later = it.ask(), it.asked + timedelta(2)
    it.expect("PAIRS-REUSED", it.ask("b", on=later, variant=1), first)
    it.answer()
    it.answer("b", to=later, on=later)


def copied(it: Exchange) -> None:
    first = it.ask()
    path = it.add(f"{it.heen}x{SUFFIX[it.release]}", it.files[-1][1])
    it.expect("PAIRS-COPY", path, first)
    it.answer()


def converted(it: Exchange) -> None:
    """Nothing wrong: the old messages, and what the emergency provision made of them."""
    it.release = "2.0"
    it.heen = "305" if it.heen == "321" else it.heen
    it.move(min(it.asked, OLD + timedelta(OLD_DAYS)))
    good(it)
    it.ask(release="2.1")
    it.answer(release="2.1")


def too_late(it: Exchange) -> None:
    if it.heen == "321":
        return in_the_freeze(it)
    it.release = "2.0"
    declares = it.heen in DECLARES
    it.move(date(2017, 5, 29) if declares else date(2017, 6, 7), 1)
    rule = "SWITCH-DECLARATION" if declares else "SWITCH-HEEN"
    it.expect("PAIRS-DEADLINE", it.ask(), rule=rule)
    it.answer()
    return None


def in_the_freeze(it: Exchange) -> None:
    it.move(date(2017, 6, 9), 4)
    it.expect("PAIRS-DEADLINE", it.ask(), rule="SWITCH-FREEZE")
    retour = it.answer()
    if it.release == "2.0" and it.heen != "321":
        it.expect("PAIRS-DEADLINE", retour, rule="SWITCH-LATE")


def too_soon(it: Exchange) -> None:
    if it.heen == "321":
        return in_the_freeze(it)
    it.release = "2.1"
    it.move(date(2017, 6, 1), 20)
    it.expect("PAIRS-DEADLINE", it.ask(), rule="SWITCH-EARLY")
    it.answer()
    return None


def sent_too_late(it: Exchange) -> None:
    """On the last day, but after the hour: only its time tells."""
    if it.heen in ("303", "321"):
        it.heen = "307"
    it.release = "2.0"
    it.move(date(2017, 6, 6), 1)
    heen, retour = it.ask(), it.answer()
    it.times += [(heen, "2017-06-06T17:05", ""), (retour, "", "2017-06-07T09:00+02:00")]
    it.expect("PAIRS-DEADLINE", heen, rule="SWITCH-HEEN")


def read_too_late(it: Exchange) -> None:
    if it.heen == "321":
        it.heen = "301"
    it.release = "2.0"
    it.move(min(it.asked, OLD + timedelta(OLD_DAYS)))
    it.ask()
    retour = it.answer()
    it.times.append((retour, "2017-06-08T12:00:00+02:00", "2017-06-08T11:30:00Z"))
    it.expect("PAIRS-DEADLINE", retour, rule="SWITCH-RETOUR")


def lost(it: Exchange) -> None:
    good(it)
    path = f"{it.gemeente}/lost-{it.number}.ei"
    it.times.append((path, "2017-05-01T12:00", ""))
    it.expect("FILE-MISSING", path)


def cut_off(it: Exchange) -> None:
    good(it)
    path, data = it.files[0]
    it.files[0] = (path, data[: -len(data) // 8])
    it.expect("FILE-CUT", path)


def cut_in_header(it: Exchange) -> None:
    good(it)
    data = it.files[-1][1][:130]
    it.expect("FILE-CUT", it.add("half.tmp", data))


def empty(it: Exchange) -> None:
    good(it)
    it.expect("FILE-EMPTY", it.add("empty.xml", b""))
    it.expect("FILE-OTHER", it.add("notes.pdf", b"%PDF-1.4"))


def garbage(it: Exchange) -> None:
    good(it)
    it.expect("FILE-NO-MESSAGE", it.add("strange.ei", bytes(range(256))))
    it.expect("EI-TYPE", it.add("type.ei", b"01999" + b" " * 300 + b"\r\n"))
    it.expect("XML-TYPE", it.add("type.xml", b"<?xml version='1.0'?><Order xmlns='urn:x'/>"))


FAULTS: tuple[Callable[[Exchange], None], ...] = (
    opened, wrong_release, twice, early, no_heen, reused, copied, converted, too_late,
    in_the_freeze, too_soon, sent_too_late, read_too_late, lost, cut_off, cut_in_header, empty,
    garbage,
)  # fmt: skip


def exchanges(seed: int) -> Iterator[Exchange]:
    """Exchanges without end, one in so many of which has a fault."""
    draw = random.Random(seed)
    number = 0
    while True:
        number += 1
        release = draw.choice(("2.0", "2.1"))
        start, days = (OLD, OLD_DAYS) if release == "2.0" else (NEW, NEW_DAYS)
        standard = draw.choice(("WMO", "JW"))
        heen = draw.choice((*HEENS, "321") if (standard, release) == ("JW", "2.0") else HEENS)
        asked = start + timedelta(draw.randrange(days))
        answered = asked + timedelta(draw.randrange(5))
        it = Exchange(number, standard, heen, release, draw.choice(GEMEENTEN), asked, answered)
        turn, at = divmod(number, ONE_IN)
        (good if at else FAULTS[turn % len(FAULTS)])(it)
        yield it


@dataclass
class Mailbox:
    """A mailbox that was made: how many files it has, and what must be found."""

    files: int = 0
    expected: list[Expected] = field(default_factory=list)
    times: list[tuple[str, str, str]] = field(default_factory=list)


def make(folder: Path, files: int, seed: int = 1) -> Mailbox:
    """Write a mailbox of so many files, or a few more, some of them in zips."""
    made, waiting = Mailbox(), []
    for it in exchanges(seed):
        made.files += len(it.files)
        inside = it.number % 10 == 1 and not it.times
        name = f"{it.number // PER_ZIP:05}.zip!/" if inside else ""
        if inside:
            waiting += it.files
        else:
            _write(folder, it.files)
        made.expected += [
            (code, name + file, name + other if other else "", rule)
            for code, file, other, rule in it.expected
        ]
        made.times += it.times
        if it.number % PER_ZIP == PER_ZIP - 1 or made.files >= files:
            _zip(folder / f"{it.number // PER_ZIP:05}.zip", waiting)
            waiting.clear()
        if made.files >= files:
            return made
    raise AssertionError


def write_times(path: Path, made: Mailbox) -> None:
    """Write when messages were sent and read."""
    rows = "".join(",".join(row) + "\n" for row in made.times)
    path.write_text(f"file,sent,read\n{rows}", "utf-8")


def _write(folder: Path, files: list[tuple[str, bytes]]) -> None:
    for path, data in files:
        place = folder / path
        if not place.parent.exists():
            place.parent.mkdir(parents=True)
        place.write_bytes(data)


def _zip(path: Path, files: list[tuple[str, bytes]]) -> None:
    if files:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(name, data)
