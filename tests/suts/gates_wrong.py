"""Faulty gates, each with one fault; `gate_faults.toml` tells what must be found of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo

from tests.suts.second.gate import (
    DECLARATION,
    HEEN,
    RETOUR,
    RETOUREN,
    Gate,
    partners_of,
    without_agreements,
)

MINUTE = timedelta(minutes=1)


class _Shifted(Gate):
    """All moments earlier or later."""

    def __init__(self, kind: str, by: timedelta) -> None:
        shifted = {kind: Gate.too_late[kind] + by} if kind in Gate.too_late else {}
        self.too_late = {**Gate.too_late, **shifted}
        if kind in (RETOUR, "freeze"):
            self.freeze += by
        if kind == "opening":
            self.opening += by


declarations_a_minute_late = _Shifted(DECLARATION, MINUTE)
declarations_a_minute_early = _Shifted(DECLARATION, -MINUTE)
heen_a_minute_late = _Shifted(HEEN, MINUTE)
heen_a_minute_early = _Shifted(HEEN, -MINUTE)
freezes_a_minute_late = _Shifted(RETOUR, MINUTE)
freezes_a_minute_early = _Shifted(RETOUR, -MINUTE)
opens_a_minute_late = _Shifted("opening", MINUTE)
opens_a_minute_early = _Shifted("opening", -MINUTE)
# At the beginning of the day in the place of 13:00.
opens_at_midnight = _Shifted("opening", -timedelta(hours=13))


class _Clock(Gate):
    """Another clock on the wall."""

    def __init__(self, zone: tzinfo | None) -> None:
        self.zone = zone

    def now(self, at: str) -> datetime:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(self.zone) if self.zone else moment).replace(tzinfo=None)


uses_utc = _Clock(UTC)
forgets_summer_time = _Clock(timezone(timedelta(hours=1)))
ignores_the_zone = _Clock(None)


class _GemeentenOnly(Gate):
    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        return super().agreed(kind, [code for code in partners if len(code) == 4])


class _ForEveryone(Gate):
    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        return super().agreed(kind, ["0344", "98025566", "0384"])


class _OnlyLater(Gate):
    def deadline(self, kind: str, data: bytes) -> datetime:
        return max([*self.agreed(kind, partners_of(data)), self.too_late[kind]])


ignores_the_override = without_agreements
knows_overrides_of_gemeenten_only = _GemeentenOnly()
applies_an_override_to_everyone = _ForEveryone()
never_moves_a_deadline_forward = _OnlyLater()


class _Converted(Gate):
    stays_ei = frozenset()


class _NotFrozen(Gate):
    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return super().is_frozen(now, direction, release, code) and code not in self.stays_ei


takes_jw321_as_converted = _Converted()
lets_jw321_through_the_freeze = _NotFrozen()


class _NoFreeze(Gate):
    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return False


class _Imports(Gate):
    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return direction == "send" and super().is_frozen(now, direction, release, code)

    def late(self, kind: str, direction: str) -> str:
        return "allow" if direction == "receive" else super().late(kind, direction)


class _ImportsNightly(Gate):
    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        is_night = direction == "receive" and self.now(at).hour < 5
        return "allow" if is_night else super().decide(data, source, target, direction, at)


class _StaysFrozen(Gate):
    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        imports = direction == "receive" and now >= self.freeze
        return imports or super().is_frozen(now, direction, release, code)


forgets_the_freeze = _NoFreeze()
imports_during_the_freeze = _Imports()
imports_at_night = _ImportsNightly()
never_switches_the_import_on_again = _StaysFrozen()


class _NoPairs(Gate):
    def is_broken(self, source: str, target: str, code: str) -> bool:
        return False


class _Early(Gate):
    def is_too_early(self, now: datetime) -> bool:
        return False

    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return release == "2.0" and super().is_frozen(now, direction, release, code)


class _GoesOn(Gate):
    def is_over(self, now: datetime) -> bool:
        return False

    def deadline(self, kind: str, data: bytes) -> datetime:
        return datetime.max if kind == RETOUR else super().deadline(kind, data)


allows_a_broken_pair = _NoPairs()
sends_21_before_the_opening = _Early()
goes_on_with_20 = _GoesOn()


class _OneDeadline(Gate):
    def kind(self, code: str) -> str:
        return RETOUR if code in RETOUREN else HEEN


class _RetourAsHeen(Gate):
    def kind(self, code: str) -> str:
        return HEEN if code in RETOUREN else super().kind(code)


class _BothWays(Gate):
    def late(self, kind: str, direction: str) -> str:
        return "block"


class _NoWarning(Gate):
    def late(self, kind: str, direction: str) -> str:
        return super().late(kind, direction).replace("warn", "allow")


declares_until_the_other_deadline = _OneDeadline()
stops_return_messages_with_the_rest = _RetourAsHeen()
stops_reading_with_sending = _BothWays()
never_warns = _NoWarning()


class _Says(Gate):
    """Another word for what it decides."""

    def __init__(self, **words: object) -> None:
        self.words = words

    def __call__(self, data: bytes, source: str, target: str, direction: str, at: str) -> object:
        word = self.decide(data, source, target, direction, at)
        said = self.words.get(word, self.words.get("all", f"{word} for a reason"))
        if isinstance(said, Exception):
            raise said
        return said


class Refused(Exception):
    """What the gate refuses."""


always_allows = _Says(all="allow all is well")
always_blocks = _Says(all="block better safe")
always_warns = _Says(all="warn take care")
only_warns = _Says(block="warn this is too late")
answers_nonsense = _Says(all="perhaps")
answers_in_capitals = _Says(block="BLOCK the freeze")
answers_in_dutch = _Says(block="blokkeer de freeze")
gives_no_reason = _Says(block="block", warn="warn")
answers_nothing = _Says(block="")
refuses_in_place_of_blocking = _Says(block=Refused("not now"))
fails_on_what_is_too_late = _Says(block=ValueError("too late"))
