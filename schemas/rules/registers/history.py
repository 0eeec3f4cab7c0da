"""Registers of what earlier messages of a set recorded, as defined in registers.csv.

Registers are append-only, so that entries which a return message gives back or refuses can be
undone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from schemas.rules.registers.numbered import UNSUPPORTED, Numbered

# A key: the parts that must match exactly, and numbers that a release may not be able to express.
ExactKey = tuple[Any, ...]
Key = tuple[ExactKey, tuple[Any, ...]]
# Status of an entry: it counts, is in doubt, or was given back.
HOLDS, OPEN, GONE = "holds", "open", "gone"
KEEP, ADD, LEAST, LATEST, FORGET, WITHDRAW = (
    "keep", "add", "least", "latest", "forget", "withdraw",
)  # fmt: skip


class Sent:
    """A message that recorded entries; they never count once `is_refused` is set.

    A message that exists in both releases counts in its own release only.
    """

    __slots__ = ("has_duplicate", "is_refused", "name", "release")

    def __init__(self, name: str, release: str) -> None:
        self.name, self.release = name, release
        self.is_refused = self.has_duplicate = False

    def counts_in(self, release: str) -> bool:
        """Whether messages of a release see the entries of this one."""
        return not self.has_duplicate or self.release == release


class Entry:
    """An entry that a class of a message recorded under a key.

    `age` is the date by which the latest of several entries counts. An entry that `stays` cannot
    be undone.
    """

    __slots__ = ("action", "age", "numbers", "sent", "status", "stays", "value")

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
        self.status = HOLDS

    @property
    def is_gone(self) -> bool:
        """Whether it was given back or its message refused."""
        return not self.stays and (self.status == GONE or self.sent.is_refused)

    def counts_in(self, release: str) -> bool:
        """Whether messages of a release see it."""
        return not self.is_gone and self.sent.counts_in(release)

    def same_content(self, other: Entry) -> bool:
        """Whether action, value and age are equal."""
        return (self.action, self.value, self.age) == (other.action, other.value, other.age)


class _Withdrawn:
    """Withdrawals met while walking back through a key's entries, and whether each is certain."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], dict[Any, bool]] = {}

    def add(self, item: Entry, sure: bool) -> None:
        """Note a withdrawal of one value, or of any value where it names none."""
        values = self.values.setdefault((item.sent.name, item.age), {})
        values[item.value] = values.get(item.value, False) or sure

    def undoes(self, item: Entry) -> bool | None:
        """Whether an entry is certainly withdrawn; None where no withdrawal names it."""
        values = self.values.get((item.sent.name, item.age)) if self.values else None
        if values is None:
            return None
        found = [values[value] for value in {None, item.value} if value in values]
        return any(found) if found else None


class Register:
    """All entries of a register, by key."""

    def __init__(self) -> None:
        self.entries: dict[ExactKey, Numbered[Entry]] = {}

    def enter(self, exact: ExactKey, item: Entry) -> None:
        """Append an entry."""
        entries = self.entries.get(exact)
        if entries is None:
            entries = self.entries[exact] = Numbered()
        entries.add(item.numbers, item)

    def _matching(self, exact: ExactKey, numbers: tuple[Any, ...]) -> Iterator[Entry]:
        """Return the entries under a key whose numbers may match, newest first."""
        entries = self.entries.get(exact)
        return entries.newest_first(numbers) if entries else iter(())

    def known(self, key: Key, release: str) -> bool | None:
        """Whether an entry counts under a key; None where that is in doubt."""
        doubt = False
        for _, sure in self.live(key, release):
            if sure:
                return True
            doubt = True
        return None if doubt else False

    def last(self, key: Key, release: str) -> Any:
        """Return the value under a key: newest, latest, sum or least, depending on the action."""
        found = self.live(key, release)
        newest = next(found, None)
        return newest and _FOLDS[newest[0].action](newest, found)

    def live(self, key: Key, release: str) -> Iterator[tuple[Entry, bool]]:
        """Yield the entries that count under a key, newest first, and whether each is certain."""
        exact, numbers = key
        withdrawn, certain_below = _Withdrawn(), True
        for item in self._matching(exact, numbers):
            match = item.counts_in(release) and same(numbers, item.numbers)
            if match is False:
                continue
            sure = match is True and (item.status == HOLDS or item.stays)
            if item.action == WITHDRAW:
                withdrawn.add(item, sure)
                continue
            undone = withdrawn.undoes(item)
            if undone:
                continue
            sure = sure and undone is None
            if item.action != FORGET:
                yield item, sure and certain_below
            elif sure:
                return
            else:
                certain_below = False

    def given_back(
        self, exact: ExactKey, back: Entry, sent: Collection[int], name: str
    ) -> Entry | None:
        """Return the entry that a class of a return message (`back`) gives back, or None.

        Only entries of the messages in `sent` (ids of Sent) are considered, or those of message
        type `name` if that is empty. An entry with the same content that was not given back before
        is preferred.
        """
        found = [
            item
            for item in self._matching(exact, back.numbers)
            if (id(item.sent) in sent if sent else item.sent.name == name and not item.is_gone)
            and same(back.numbers, item.numbers) is not False
        ]
        alike = [item for item in found if item.same_content(back)] or found
        return next((item for item in alike if item.status == HOLDS), next(iter(alike), None))


def same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool | None:
    """Compare the numbers of two keys as far as both releases can express them.

    Within one release they must be equal. Across releases the result is None (undecided) if either
    key has a number but no number is expressed by both.
    """
    if one == other:
        return True
    if UNSUPPORTED not in one and UNSUPPORTED not in other:
        return False
    both = [(a, b) for a, b in zip(one, other, strict=True) if UNSUPPORTED not in (a, b)]
    if any(a != b and None not in (a, b) for a, b in both):
        return False
    has_number = any(item not in (None, UNSUPPORTED) for item in (*one, *other))
    shares_number = any(a == b and a is not None for a, b in both)
    return True if shares_number or not has_number else None


# An entry that counts, and whether that is certain.
LiveEntry = tuple[Entry, bool]


def _newest(newest: LiveEntry, _: Iterator[LiveEntry]) -> Any:
    item, sure = newest
    return item.value if sure else None


def _latest(newest: LiveEntry, others: Iterator[LiveEntry]) -> Any:
    """The latest by its own date; of equal dates the one recorded last."""
    return _newest(max([newest, *others], key=lambda one: one[0].age), others)


def _sum(newest: LiveEntry, others: Iterator[LiveEntry]) -> Any:
    return sum(item.value or 0 for item, sure in (newest, *others) if sure)


def _least(newest: LiveEntry, others: Iterator[LiveEntry]) -> Any:
    values = (item.value for item, _ in (newest, *others))
    return min((value for value in values if value is not None), default=None)


_FOLDS = {KEEP: _newest, LATEST: _latest, ADD: _sum, LEAST: _least}


class History:
    """The registers filled by the messages judged so far, and the heenberichten among these."""

    def __init__(self) -> None:
        self.registers: dict[str, Register] = {}
        self.sent: dict[tuple[str, ...], list[Sent]] = {}

    def register(self, name: str) -> Register:
        """Return the register with a name, creating it on first use."""
        found = self.registers.get(name)
        if found is None:
            found = self.registers[name] = Register()
        return found


class State:
    """State of judging one message, besides its nodes.

    `cache` lives as long as the message, `keys` as long as the current class (`node`).
    """

    __slots__ = ("cache", "history", "is_reordered", "keys", "node", "sent")

    def __init__(self, history: History, sent: Sent | None = None) -> None:
        self.history = history
        self.sent = sent or Sent("", "")
        self.is_reordered = False
        self.cache: dict[object, Any] = {}
        self.node: object = None
        self.keys: dict[object, Key] = {}
