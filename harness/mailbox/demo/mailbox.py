"""Makes a mailbox: exchanges spread over the days around a switch, some with a fault."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harness.mailbox.demo.calendar import ANSWERED_AFTER, Calendar
from harness.mailbox.demo.exchange import Exchange
from harness.mailbox.demo.faults import MailboxFault
from schemas.errors import UsageError
from schemas.facts.message_types import MessageType
from schemas.retour.pair import HEEN

# A region: each gemeente has dealings with each aanbieder.
_GEMEENTEN = ("0344", "0352", "0355", "1904")
_AANBIEDERS = ("98026987", "98135790", "98246801")


@dataclass(frozen=True)
class FaultMade:
    """A fault of a mailbox, and the file at which an audit finds it."""

    fault: MailboxFault
    file: str


def exchanges(
    messages: Sequence[MessageType],
    count: int,
    seed: int,
    faults: Sequence[MailboxFault],
    calendar: Calendar,
) -> Iterator[tuple[Exchange, FaultMade | None]]:
    """Yield `count` exchanges, of the types in turn; each fault is made once.

    Raises UsageError if no type is a heenbericht that is exchanged in both releases, or if there
    are more faults than exchanges.
    """
    types = [item for item in messages if item.role == HEEN and item.root is not None]
    if not types:
        raise UsageError("USE-MESSAGE", "no heenbericht that both releases have", do="name WMO305")
    if len(faults) > count:
        what = f"{len(faults)} faults in {count} exchanges"
        raise UsageError("USE-OPTION", what, do="give a larger --count")
    draw = random.Random(f"{seed} mailbox")  # noqa: S311 - repeatable, not secret
    # The faults are spread evenly over the exchanges.
    with_fault = {place * count // len(faults): fault for place, fault in enumerate(faults)}
    for number in range(count):
        fault = with_fault.get(number)
        message = types[number % len(types)]
        one = _exchange(message, number, seed, fault, calendar, draw)
        if fault:
            yield one, FaultMade(fault, fault.make(one, calendar))
        else:
            one.ask()
            one.answer()
            yield one, None


def _exchange(
    message: MessageType,
    number: int,
    seed: int,
    fault: MailboxFault | None,
    calendar: Calendar,
    draw: random.Random,
) -> Exchange:
    releases = (calendar.source, calendar.target)
    release = releases[fault.release == "new" if fault else number % 2]
    # A fault adds messages of some days later, for which there must be room.
    days = calendar.days(message, release)[:-4]
    asked = draw.choice(days)
    parties = draw.choice(_GEMEENTEN), draw.choice(_AANBIEDERS)
    return Exchange(message, release, number, seed, *parties, asked, asked + ANSWERED_AFTER)
