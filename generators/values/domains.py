"""Generators of realistic values: names, numbers, dates and codes, by kind of field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

from generators.values import texts
from generators.values.draw import FIRST_DAY, Draw, pool
from generators.values.specs import LONG_LIST, Spec
from schemas.facts import table_rows as tables
from schemas.facts.dated_lists import dated_lists

Domain = Callable[[Draw, Spec], str]
_EXTREME, _LEAP, _SHORT = 0.05, 0.1, 0.01
_SHORT_OF = 500
# The turns of the messages: in one an AGB code starts with a zero, in one other texts of digits do,
# and one has letters of the other case.
_TURNS, _ZERO_OF_AGB, _ZERO, _OTHER_CASE = 8, 2, 3, 4
_POWERS = tuple(10**digits for digits in range(1, 10))
_LEAP_DAYS = tuple(date(year, 2, 29).toordinal() for year in range(1924, 2017, 4))
_BIRTH_LEAP_DAYS = _LEAP_DAYS[:-1]
_MOST_DATES = 2048
_TIMES = ("00:00:00", "23:59:59", "12:00:00", "08:30:05")
# A test range: no citizen is issued one of these BSNs.
_BSN_FIRST, _BSN_LAST = 999900006, 999999990


@cache
def _bsns() -> tuple[str, ...]:
    """Return the numbers of the test range that pass the 11-test."""
    start = str(_BSN_FIRST)[:4]
    of_start = sum(int(digit) * (9 - place) for place, digit in enumerate(start))
    found = []
    for a, b, c, d in product(range(10), repeat=4):
        check = (of_start + 5 * a + 4 * b + 3 * c + 2 * d) % 11
        number = f"{start}{a}{b}{c}{d}{check}"
        if check < 10 and _BSN_FIRST <= int(number) <= _BSN_LAST:
            found.append(number)
    return tuple(found)


def bsn(draw: Draw, _: Spec) -> str:
    """A BSN of the test range that passes the 11-test, unique within the message."""
    numbers = _bsns()
    return numbers[(int(draw.identity[:8], 16) + draw.number()) % len(numbers)]


def number(draw: Draw, spec: Spec) -> str:
    """A number, occasionally its lowest or highest."""
    random, lowest, highest = draw.random, spec.lowest, spec.highest
    share = random()
    if share < 2 * _EXTREME:
        return str(lowest if share < _EXTREME else highest)
    most = min(highest, _POWERS[int(random() * len(_POWERS))])
    return str(lowest + int(random() * (most - lowest + 1)))


def digits(draw: Draw, spec: Spec) -> str:
    """A numeric field of 2.0, zero-filled, occasionally its lowest or highest."""
    return number(draw, spec).zfill(spec.longest)


def code(draw: Draw, spec: Spec) -> str:
    """A code of the list; a long list is cycled through, so that no code is left out."""
    codes = spec.codes
    if len(codes) > LONG_LIST:
        return draw.in_turn(codes)
    return codes[int(draw.random() * len(codes))]


def fixed(draw: Draw, spec: Spec) -> str:
    """One of the few values that an element may have, in turn."""
    return draw.in_turn(spec.fixed)


def agb(draw: Draw, _: Spec) -> str:
    """An AGB code, some with a leading zero."""
    return draw.digits(8) if draw.chance(0.2) else f"98{draw.digits(6)}"


@cache
def _municipalities() -> tuple[str, ...]:
    """Return the municipalities that existed throughout, so that one fits any start date."""
    return dated_lists()["municipalities"].on_all_days()


def municipality(draw: Draw, _: Spec) -> str:
    """A municipality, most with a leading zero."""
    return draw.pick(_municipalities())


def party_agb(draw: Draw, _: Spec) -> str:
    """The AGB code of a party of this message, rarely shared; some start with a zero."""
    number = int(draw.identity[20:32], 16)
    if draw.index % _TURNS == _ZERO_OF_AGB:
        return f"06{number % 10**6:06}"
    return f"98{number // 5 % 10**6:06}" if number % 5 else f"{number // 5 % 10**8:08}"


def party_municipality(draw: Draw, _: Spec) -> str:
    """The municipality of this message."""
    known = _municipalities()
    return known[int(draw.identity[24:32], 16) % len(known)]


def service_bureau(draw: Draw, _: Spec) -> str:
    """The AGB code of a service bureau, which starts with 98."""
    return f"98{draw.between(1, 999999):06}"


class _Iso(dict[int, str]):
    """Cache of dates in ISO 8601, by ordinal."""

    def __missing__(self, ordinal: int) -> str:
        text = date.fromordinal(ordinal).isoformat()
        if len(self) < _MOST_DATES:
            self[ordinal] = text
        return text


_iso = _Iso().__getitem__


def message_date(draw: Draw, _: Spec) -> str:
    """The date of the message."""
    return _iso(draw.today)


def later_date(draw: Draw, _: Spec) -> str:
    """A date on or after the message date."""
    return _iso(draw.today + int(draw.random() * 13))


def earlier_date(draw: Draw, _: Spec) -> str:
    """A date on or before the message date."""
    return _iso(draw.today - int(draw.random() * 61))


def begin_date(draw: Draw, _: Spec) -> str:
    """The start of a period."""
    random = draw.random
    draw.begin = _LEAP_DAYS[-1] if random() < _EXTREME else draw.today - int(random() * 501)
    return _iso(draw.begin)


def end_date(draw: Draw, _: Spec) -> str:
    """The end of the period started last."""
    return _iso(draw.begin + int(draw.random() * 731))


def period_begin(draw: Draw, _: Spec) -> str:
    """The start of a declared period, before the message date."""
    draw.begin = draw.latest - draw.between(0, 500)
    return _iso(draw.begin)


def period_end(draw: Draw, _: Spec) -> str:
    """The end of a declared period, which its lines may not exceed."""
    draw.latest = draw.between(draw.begin, draw.latest)
    return _iso(draw.latest)


def line_end(draw: Draw, _: Spec) -> str:
    """The end of a line, within the declared period or before it."""
    return _iso(draw.between(draw.begin, draw.latest))


def assignment_number(draw: Draw, spec: Spec) -> str:
    """The number of an assignment, rarely used twice."""
    start = int(draw.identity[8:20], 16) % (spec.highest - 10_000)
    return str(start + draw.number() % 10_000 + 1)


def birth_date(draw: Draw, _: Spec) -> str:
    """A birth date before any message, occasionally a leap day."""
    if draw.chance(_LEAP):
        return _iso(draw.pick(_BIRTH_LEAP_DAYS))
    return _iso(FIRST_DAY - draw.between(0, 36500))


def time(draw: Draw, _: Spec) -> str:
    """A time, occasionally midnight or the last second of the day."""
    if draw.chance(0.2):
        return draw.pick(_TIMES)
    return f"{draw.between(0, 23):02}:{draw.between(0, 59):02}:{draw.between(0, 59):02}"


def identification(draw: Draw, spec: Spec) -> str:
    """The identification of a message."""
    # Short ones are rare, as a sender may use each only once.
    length = spec.shortest if draw.index % _SHORT_OF == 0 else spec.longest
    start = draw.number() % 16
    text = draw.identity[start : start + length]
    if draw.index % _TURNS == _ZERO:
        return str(int(draw.identity[start : start + 9], 16)).zfill(spec.longest)
    return text.upper() if draw.index % _TURNS == _OTHER_CASE else text


def invoice_number(draw: Draw, spec: Spec) -> str:
    """The number of a declaration: letters and digits."""
    length = spec.shortest if draw.chance(_SHORT) else draw.pick((spec.longest, 8))
    first = {_ZERO: "0", _OTHER_CASE: "f"}.get(draw.index % _TURNS, "F")
    return f"{first}{draw.digits(length - 1)}" if length > 1 else draw.digits(1)


def sequence_number(draw: Draw, spec: Spec) -> str:
    """A number that increases within the message, and begins anew at 1 after the highest."""
    return str((draw.number() - 1) % (10**spec.longest - 1) + 1).zfill(spec.longest)


def reference(draw: Draw, spec: Spec) -> str:
    """A reference, unique within the message unless it has the shortest length."""
    if draw.chance(_SHORT):
        return f"{draw.number():x}".zfill(spec.shortest)[: spec.longest]
    if draw.chance(_EXTREME):
        return f"{draw.identity}{draw.number():04}"[-spec.longest :].rjust(spec.longest, "R")
    return f"REF{draw.number():05}-{draw.identity[:8]}"[: spec.longest]


def person_number(draw: Draw, spec: Spec) -> str:
    """An organisation's number for a person, unique within the message."""
    if draw.chance(_EXTREME):
        return f"{draw.number():x}"
    length = spec.longest if draw.chance(0.2) else 11
    return str(draw.number()).zfill(min(length, spec.longest))


def btw_number(draw: Draw, _: Spec) -> str:
    """A btw number in the right notation that is not issued."""
    return f"NL{draw.digits(9)}B{draw.between(1, 99):02}"


def category(draw: Draw, spec: Spec) -> str:
    """A product category; the following product code belongs to it."""
    draw.category = draw.pick(spec.codes)
    return draw.category


def product_code(draw: Draw, spec: Spec) -> str:
    """A product code of the list, or of the drawn category if there is no list."""
    if spec.codes:
        return draw.in_turn(spec.codes)
    return f"{draw.category}{draw.pick('ABC')}{draw.digits(2)}"


_OWN: dict[str, Domain] = {
    function.__name__: function
    for function in (
        bsn, agb, municipality, service_bureau, message_date, later_date, earlier_date,
        begin_date, end_date, period_begin, period_end, line_end, assignment_number, birth_date,
        time, identification, invoice_number,
        sequence_number, reference, person_number, btw_number, category, product_code,
    )
}  # fmt: skip


# These depend on the message: its date, a period, or the values drawn before.
STATEFUL: frozenset[Domain] = frozenset(
    (
        party_agb, party_municipality, bsn, message_date, later_date, earlier_date, begin_date,
        end_date, period_begin,
        period_end, line_end, assignment_number, identification,
        invoice_number, sequence_number, reference, person_number,
    )
)  # fmt: skip


# These depend on the number of the message, or on each other.
_IN_TURN: frozenset[Domain] = frozenset((fixed, category, product_code))


def is_free(make: Domain, spec: Spec) -> bool:
    """Whether a value depends on nothing else in the message, nor on its number."""
    return make not in STATEFUL and make not in _IN_TURN and not spec.has_long_list


# The rules ask for these to be unique in a message.
UNIQUE: frozenset[Domain] = frozenset((bsn, assignment_number, reference))


# The parties in the header are drawn per message, so that many messages have many parties.
_PARTIES: dict[Domain, Domain] = {agb: party_agb, municipality: party_municipality}


@cache
def by_target() -> dict[str, Domain]:
    """Return the domains by the end of the path, or the type, of what they apply to."""
    domains = _OWN | texts.DOMAINS
    return {
        row["target"]: domains[row.one_of("domain", domains)]
        for row in tables.rows("domains", Path(__file__).parent)
    }


def choose(spec: Spec, type_name: str = "") -> Domain:
    """Return the domain of an element or field, by its name, type or base."""
    if spec.fixed:
        return fixed
    targets = by_target()
    steps = spec.name.split("/")
    for start in range(len(steps)):
        if found := targets.get("/".join(steps[start:])):
            return found
    if type_name in targets:
        found = targets[type_name]
        return _PARTIES.get(found, found) if spec.name.startswith("Header/") else found
    if spec.codes:
        return code
    plain: dict[str, Domain] = {
        "integer": number, "digits": digits, "date": earlier_date, "time": time,
    }  # fmt: skip
    return plain.get(spec.base, texts.words)


__all__ = ["Domain", "choose", "pool"]
