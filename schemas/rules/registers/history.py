"""What earlier messages of a set said, as the registers of `registers.csv` keep it.

Nothing is overwritten: a register holds all that was entered under a key, so that what a return
message gives back, or refuses as a whole, can be taken out again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from schemas.rules.registers.numbered import UNSAID, Numbered

# Of a key the parts that must be the same, and the numbers that a release may have no place for.
Sure = tuple[Any, ...]
Key = tuple[Sure, tuple[Any, ...]]
# Whether what was entered counts: not while it is in doubt, and no more when it was given back.
HOLDS, OPEN, GONE = "holds", "open", "gone"
KEEP, ADD, LEAST, LATEST, FORGET, WITHDRAW = (
    "keep", "add", "least", "latest", "forget", "withdraw",
)  # fmt: skip


class Sent:
    """A message that entered something; one that was refused as a whole never happened.

    One that is there in the other release too is known in its own alone.
    """

    __slots__ = ("has_twin", "is_refused", "name", "release")

    def __init__(self, name: str, release: str) -> None:
        self.name, self.release = name, release
        self.is_refused = self.has_twin = False

    def counts_in(self, release: str) -> bool:
        """Whether a message of a release knows of it."""
        return not self.has_twin or self.release == release


class Entered:
    """What a class of a message entered under a key."""

    __slots__ = ("action", "age", "numbers", "sent", "standing", "stays", "value")

    def __init__(
        self,
        sent: Sent,
        action: str = KEEP,
        numbers: tuple[Any, ...] = (),
        value: Any = None,
        age: str = "",
        *,
        stays: bool = False,
    ) -> None:
        self.sent, self.action, self.numbers = sent, action, numbers
        self.value, self.age, self.stays = value, age, stays
        self.standing = HOLDS

    @property
    def is_gone(self) -> bool:
        """Whether it was given back, or its message refused."""
        return not self.stays and (self.standing == GONE or self.sent.is_refused)

    def counts_in(self, release: str) -> bool:
        """Whether a message of a release finds it there."""
        return not self.is_gone and self.sent.counts_in(release)

    def says_as(self, other: Entered) -> bool:
        """Whether it says the same, under one key."""
        return (self.action, self.value, self.age) == (other.action, other.value, other.age)


class _Withdrawn:
    """What was withdrawn of what earlier messages of a type entered, and whether that is sure."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], dict[Any, bool]] = {}

    def add(self, item: Entered, sure: bool) -> None:
        """Take note of what withdraws a value, or any where it names none."""
        values = self.values.setdefault((item.sent.name, item.age), {})
        values[item.value] = values.get(item.value, False) or sure

    def undoes(self, item: Entered) -> bool | None:
        """Whether something is withdrawn for sure; None where nothing says so at all."""
        values = self.values.get((item.sent.name, item.age)) if self.values else None
        if values is None:
            return None
        found = [values[value] for value in {None, item.value} if value in values]
        return any(found) if found else None


class Register:
    """All that was entered, by key."""

    def __init__(self) -> None:
        self.entries: dict[Sure, Numbered[Entered]] = {}

    def enter(self, sure: Sure, item: Entered) -> None:
        """Enter something behind what is there."""
        entries = self.entries.get(sure)
        if entries is None:
            entries = self.entries[sure] = Numbered()
        entries.add(item.numbers, item)

    def _matching(self, sure: Sure, numbers: tuple[Any, ...]) -> Iterator[Entered]:
        """What was entered under a key, and may have these numbers; the newest first."""
        entries = self.entries.get(sure)
        return entries.newest_first(numbers) if entries else iter(())

    def known(self, key: Key, release: str) -> bool | None:
        """Whether something stands under a key; None where that is in doubt."""
        doubt = False
        for _, sure in self.live(key, release):
            if sure:
                return True
            doubt = True
        return None if doubt else False

    def last(self, key: Key, release: str) -> Any:
        """What stands under a key: the newest, the sum or the least, as its action says."""
        found = self.live(key, release)
        newest = next(found, None)
        return newest and _FOLDS[newest[0].action](newest, found)

    def live(self, key: Key, release: str) -> Iterator[tuple[Entered, bool]]:
        """What stands under a key, the newest first, and whether that is sure."""
        sure_parts, numbers = key
        withdrawn, is_sure = _Withdrawn(), True
        for item in self._matching(sure_parts, numbers):
            match = item.counts_in(release) and same(numbers, item.numbers)
            if match is False:
                continue
            sure = match is True and (item.standing == HOLDS or item.stays)
            if item.action == WITHDRAW:
                withdrawn.add(item, sure)
                continue
            undone = withdrawn.undoes(item)
            if undone:
                continue
            sure = sure and undone is None
            if item.action != FORGET:
                yield item, sure and is_sure
            elif sure:
                return
            else:
                is_sure = False

    def given_back(
        self, sure: Sure, back: Entered, sent: Collection[int], name: str
    ) -> Entered | None:
        """What some messages, or the last of a type where none is known, entered as it comes back.

        Of several under a key the one that says the same, and that did not come back yet.
        """
        found = [
            item
            for item in self._matching(sure, back.numbers)
            if (id(item.sent) in sent if sent else item.sent.name == name and not item.is_gone)
            and same(back.numbers, item.numbers) is not False
        ]
        alike = [item for item in found if item.says_as(back)] or found
        return next((item for item in alike if item.standing == HOLDS), next(iter(alike), None))


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool | None:
    """Whether the numbers of two classes are the same, as far as both releases can say them.

    In one release they must be equal. Between two neither yes nor no where one has a number, and
    no number is said by both.
    """
    if one == other:
        return True
    if UNSAID not in one and UNSAID not in other:
        return False
    both = [(a, b) for a, b in zip(one, other, strict=True) if UNSAID not in (a, b)]
    if any(a != b and None not in (a, b) for a, b in both):
        return False
    has_number = any(item not in (None, UNSAID) for item in (*one, *other))
    is_said = any(a == b and a is not None for a, b in both)
    return True if is_said or not has_number else None


Standing = tuple[Entered, bool]


def _newest(newest: Standing, _: Iterator[Standing]) -> Any:
    item, sure = newest
    return item.value if sure else None


def _latest(newest: Standing, others: Iterator[Standing]) -> Any:
    """The latest by its own date; of one date the one that came last."""
    return _newest(max([newest, *others], key=lambda one: one[0].age), others)


def _sum(newest: Standing, others: Iterator[Standing]) -> Any:
    return sum(item.value or 0 for item, sure in (newest, *others) if sure)


def _least(newest: Standing, others: Iterator[Standing]) -> Any:
    values = (item.value for item, _ in (newest, *others))
    return min((value for value in values if value is not None), default=None)


_FOLDS = {KEEP: _newest, LATEST: _latest, ADD: _sum, LEAST: _least}


class History:
    """The registers of the messages of a set that were judged so far."""

    def __init__(self) -> None:
        self.registers: dict[str, Register] = {}
        self.sent: dict[tuple[str, ...], list[Sent]] = {}

    def register(self, name: str) -> Register:
        """A register by its name, made when it is first asked for."""
        found = self.registers.get(name)
        if found is None:
            found = self.registers[name] = Register()
        return found


class State:
    """What judging one message needs besides its nodes.

    `cache` is for this message alone, `keys` for the class that is judged, which `node` tells.
    """

    __slots__ = ("cache", "history", "is_reordered", "keys", "node", "sent")

    def __init__(self, history: History, sent: Sent | None = None) -> None:
        self.history = history
        self.sent = sent or Sent("", "")
        self.is_reordered = False
        self.cache: dict[object, Any] = {}
        self.node: object = None
        self.keys: dict[object, Key] = {}
