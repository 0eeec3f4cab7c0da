"""Gates that are wrong elsewhere than around the deadlines: those of `moment_faults.toml`."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import ClassVar

from tests.suts.second.gate import AMSTERDAM, DECLARATION, HEEN, RETOUR, Gate, code_of, partners_of

# --- the days and the hours of the freeze ---


class _Frozen(Gate):
    """Holds the freeze only where `holds` says so."""

    def holds(self, now: datetime, direction: str) -> bool:
        raise NotImplementedError

    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        frozen = super().is_frozen(now, direction, release, code)
        return frozen and self.holds(now, direction)


class _InOfficeHours(_Frozen):
    def holds(self, now: datetime, direction: str) -> bool:
        return 7 <= now.hour < 19


class _OnWorkingDays(_Frozen):
    def holds(self, now: datetime, direction: str) -> bool:
        return now.weekday() < 5


class _WithoutSunday(_Frozen):
    """Has a list of days, and one of them is not in it."""

    def holds(self, now: datetime, direction: str) -> bool:
        return now.day in (8, 9, 10, 12)


class _FromOneOnwards(_Frozen):
    """Compares the date and the time each for itself."""

    def holds(self, now: datetime, direction: str) -> bool:
        return (now.hour, now.minute) >= (13, 1) or now.day == 12


class _SendsAtNight(_Frozen):
    def holds(self, now: datetime, direction: str) -> bool:
        return not (direction == "send" and 1 <= now.hour < 4)


class _ImportsInTheEvening(_Frozen):
    def holds(self, now: datetime, direction: str) -> bool:
        return not (direction == "receive" and now.hour in (21, 22) and now.day != 8)


class _ThreeDays(_Frozen):
    """Freezes for 72 hours."""

    def holds(self, now: datetime, direction: str) -> bool:
        return now < self.freeze + timedelta(hours=72)


freezes_in_office_hours = _InOfficeHours()
freezes_on_working_days = _OnWorkingDays()
forgets_the_sunday = _WithoutSunday()
compares_day_and_hour_apart = _FromOneOnwards()
sends_its_queue_at_night = _SendsAtNight()
imports_in_the_evening = _ImportsInTheEvening()
freezes_three_days = _ThreeDays()


# --- months and years before and after ---


class _EachYear(Gate):
    """Looks at month, day and time, not at the year."""

    def now(self, at: str) -> datetime:
        return super().now(at).replace(year=2017)


class _EachMonth(Gate):
    """Freezes by the day of the month."""

    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return self.freeze <= now.replace(year=2017, month=6, day=min(now.day, 30)) < self.opening


class _AsText(Gate):
    """Compares with the opening as text, the day first."""

    def is_too_early(self, now: datetime) -> bool:
        return f"{now:%d-%m-%Y %H:%M}" < f"{self.opening:%d-%m-%Y %H:%M}"


class _UntilNewYear(Gate):
    """Is switched off at the end of the year."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        if self.now(at).year > 2017:
            return "allow"
        return super().decide(data, source, target, direction, at)


class _FromMay(Gate):
    """Begins a month before the first deadline."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        if self.now(at) < datetime(2017, 5, 1):
            return "allow"
        return super().decide(data, source, target, direction, at)


class _AllWinter(Gate):
    """Knows the months of one year: from January on it is before June again."""

    def is_too_early(self, now: datetime) -> bool:
        return (now.month, now.day, now.hour) < (6, 12, 13)


class _OldAgain(Gate):
    """Blocks 2.0 for half a year after the opening."""

    def is_over(self, now: datetime) -> bool:
        return self.opening <= now < self.opening + timedelta(days=180)


class _NotYet(Gate):
    """Has no calendar for another year than that of the switch."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        if self.now(at).year < 2017:
            return "block"
        return super().decide(data, source, target, direction, at)

    def now(self, at: str) -> datetime:
        return datetime.strptime(super().now(at).strftime("%y%m%d%H%M"), "%y%m%d%H%M")


freezes_each_year = _EachYear()
freezes_each_month = _EachMonth()
compares_dates_as_text = _AsText()
is_off_from_new_year = _UntilNewYear()
begins_in_may = _FromMay()
is_early_again_in_january = _AllWinter()
takes_20_again_in_december = _OldAgain()
knows_no_year_before = _NotYet()


# --- how a moment is written ---


class _Written(Gate):
    """Reads a moment in its own way."""

    def read(self, at: str) -> datetime:
        raise NotImplementedError

    def now(self, at: str) -> datetime:
        return self.read(at).astimezone(AMSTERDAM).replace(tzinfo=None)


_PARTS = re.compile(r"(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)")


def parts(at: str) -> tuple[datetime, str, str]:
    """The time as it is written, its fraction, and its zone."""
    found = _PARTS.fullmatch(at)
    assert found, at
    return datetime.fromisoformat(found[1]), (found[2] or "")[1:], found[3]


def shifted(hours: int, minutes: int = 0) -> timezone:
    return timezone(timedelta(hours=hours, minutes=minutes))


class _OwnZones(_Written):
    """Knows UTC and the two of the Netherlands, and takes others as local."""

    def read(self, at: str) -> datetime:
        time, _, zone = parts(at)
        known = {"Z": shifted(0), "+01:00": shifted(1), "+02:00": shifted(2)}
        return time.replace(tzinfo=known.get(zone, AMSTERDAM))


class _WholeHours(_Written):
    """Leaves out the minutes of an offset."""

    def read(self, at: str) -> datetime:
        time, _, zone = parts(at)
        return time.replace(tzinfo=shifted(0 if zone == "Z" else int(zone[:3])))


class _NoSign(_Written):
    """Takes each offset as east of Greenwich."""

    def read(self, at: str) -> datetime:
        time, _, zone = parts(at)
        offset = (0, 0) if zone == "Z" else (int(zone[1:3]), int(zone[4:]))
        return time.replace(tzinfo=shifted(*offset))


class _NoFraction(_Written):
    """Has a pattern without a fraction."""

    def read(self, at: str) -> datetime:
        return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S%z")


class _Microseconds(_Written):
    """Has a pattern with at most six digits of a fraction."""

    def read(self, at: str) -> datetime:
        pattern = "%Y-%m-%dT%H:%M:%S.%f%z" if "." in at else "%Y-%m-%dT%H:%M:%S%z"
        return datetime.strptime(at, pattern)


class _CutAtThePoint(_Written):
    """Cuts a fraction, and the zone behind it."""

    def read(self, at: str) -> datetime:
        found = datetime.fromisoformat(at.partition(".")[0])
        return found if found.tzinfo else found.replace(tzinfo=AMSTERDAM)


class _Rounds(_Written):
    """Rounds to whole seconds."""

    def read(self, at: str) -> datetime:
        time, fraction, _ = parts(at)
        up = timedelta(seconds=round(float(f"0.{fraction or 0}")))
        zone = datetime.fromisoformat(at).tzinfo
        return time.replace(tzinfo=zone) + up


class _Milliseconds(_Written):
    """Takes the digits of a fraction as a number of milliseconds."""

    def read(self, at: str) -> datetime:
        time, fraction, _ = parts(at)
        zone = datetime.fromisoformat(at).tzinfo
        return time.replace(tzinfo=zone) + timedelta(milliseconds=int(fraction or 0))


knows_its_own_zones_only = _OwnZones()
reads_whole_hours_of_an_offset = _WholeHours()
loses_the_sign_of_an_offset = _NoSign()
fails_on_a_fraction = _NoFraction()
fails_on_seven_digits = _Microseconds()
cuts_at_the_fraction = _CutAtThePoint()
rounds_to_seconds = _Rounds()
counts_a_fraction_in_milliseconds = _Milliseconds()


# --- agreements ---


class _Other(Gate):
    """Looks up agreements in its own way."""

    def rows(self, partners: list[str]) -> dict[str, list[datetime]]:
        """What was agreed with some partners, by deadline."""
        found = {kind: Gate.agreed(self, kind, partners) for kind in (DECLARATION, HEEN, RETOUR)}
        return {kind: moments for kind, moments in found.items() if moments}


class _MovesAll(_Other):
    """An agreement moves each deadline of a partner that has none of its own."""

    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        rows = self.rows(partners)
        return rows.get(kind) or [at for found in rows.values() for at in found]


class _FirstOnly(Gate):
    """Keeps the first agreement of a partner."""

    first: ClassVar = {"0344": HEEN, "98025566": HEEN, "0384": DECLARATION}

    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        return super().agreed(kind, [code for code in partners if self.first.get(code) == kind])


class _LastOnly(_FirstOnly):
    """Keeps the last agreement of a partner."""

    first: ClassVar = {"0344": HEEN, "98025566": DECLARATION, "0384": RETOUR}


class _LatestOfTwo(Gate):
    def deadline(self, kind: str, data: bytes) -> datetime:
        return max(self.agreed(kind, partners_of(data)), default=self.too_late[kind])


class _FreezesThePartner(Gate):
    """Takes an agreement on return messages as the beginning of the freeze for a partner."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        moved = min(self.agreed(RETOUR, partners_of(data)), default=self.freeze)
        if moved <= self.now(at) < self.opening:
            return "block"
        return super().decide(data, source, target, direction, at)


class _AgreementAlone(Gate):
    """Asks the agreement alone where there is one."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        now, found = self.now(at), self.agreed(self.kind(code_of(data)), partners_of(data))
        if found and not self.is_frozen(now, direction, target, code_of(data)):
            return self.late(self.kind(code_of(data)), direction) if now >= min(found) else "allow"
        return super().decide(data, source, target, direction, at)


class _NoFreezeForPartners(Gate):
    """Lets a partner with an agreement go on in the freeze."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        if self.freeze <= self.now(at) < self.opening and self.has_any(data):
            return "allow"
        return super().decide(data, source, target, direction, at)

    def has_any(self, data: bytes) -> bool:
        partners = partners_of(data)
        return any(self.agreed(kind, partners) for kind in (DECLARATION, HEEN, RETOUR))


class _AgreementOnEi(Gate):
    """Holds JW321 and JW322 to what was agreed on heenberichten."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        found = self.agreed(HEEN, partners_of(data)) if code_of(data) in self.stays_ei else []
        if found and direction == "send" and min(found) <= self.now(at) < self.freeze:
            return "block"
        return super().decide(data, source, target, direction, at)


class _NationalWarning(Gate):
    """Warns from the national deadline on, whatever was agreed."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word = super().decide(data, source, target, direction, at)
        if direction == "receive" and word in ("warn", "allow") and target == "2.0":
            kind = self.kind(code_of(data))
            if kind != RETOUR and code_of(data) not in self.stays_ei and self.now(at) < self.freeze:
                return "warn" if self.now(at) >= self.too_late[kind] else "allow"
        return word


class _BlocksReadingAgreed(Gate):
    """Stops what is read behind an agreed moment, where the national one only warns."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word = super().decide(data, source, target, direction, at)
        is_agreed = word == "warn" and self.agreed(self.kind(code_of(data)), partners_of(data))
        return "block" if is_agreed else word


moves_every_deadline_of_a_partner = _MovesAll()
keeps_the_first_agreement = _FirstOnly()
keeps_the_last_agreement = _LastOnly()
takes_the_latest_of_two = _LatestOfTwo()
freezes_with_the_last_retour = _FreezesThePartner()
asks_the_agreement_alone = _AgreementAlone()
frees_partners_of_the_freeze = _NoFreezeForPartners()
holds_ei_to_an_agreement = _AgreementOnEi()
warns_from_the_national_deadline = _NationalWarning()
stops_reading_behind_an_agreement = _BlocksReadingAgreed()


# --- warnings and blocks ---


class _LateWarns(Gate):
    """Only warns of one thing that must be stopped."""

    def __init__(self, **only: bool) -> None:
        self.only = only

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word, now = super().decide(data, source, target, direction, at), self.now(at)
        cause = (
            "pair"
            if source != target
            else "freeze"
            if self.freeze <= now < self.opening
            else "early"
            if target == "2.1"
            else "over"
            if now >= self.opening
            else "late"
        )
        return "warn" if word == "block" and cause in self.only else word


class _WarnsForADay(Gate):
    """Warns in the first day behind the deadline, and lets pass what is read later."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word, now = super().decide(data, source, target, direction, at), self.now(at)
        is_long_ago = now >= self.deadline(self.kind(code_of(data)), data) + timedelta(days=1)
        return "allow" if word == "warn" and is_long_ago else word


class _StopsForADay(Gate):
    """Takes 2.0 again a day behind the deadline, as its list of stops is emptied at night."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word, now = super().decide(data, source, target, direction, at), self.now(at)
        late = self.deadline(self.kind(code_of(data)), data)
        is_again = late + timedelta(days=1) <= now < self.freeze and target == "2.0" == source
        return "allow" if word == "block" and is_again else word


class _StopsReadingLate(Gate):
    """Stops reading on the last day before the freeze, as there is no time left to answer."""

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        word, now = super().decide(data, source, target, direction, at), self.now(at)
        return "block" if word == "warn" and now.date() == self.freeze.date() else word


only_warns_of_a_pair = _LateWarns(pair=True)
only_warns_in_the_freeze = _LateWarns(freeze=True)
only_warns_of_an_early_message = _LateWarns(early=True)
only_warns_of_20_after_the_opening = _LateWarns(over=True)
only_warns_of_a_late_message = _LateWarns(late=True)
warns_for_a_day = _WarnsForADay()
stops_for_a_day = _StopsForADay()
stops_reading_on_the_last_day = _StopsReadingLate()
