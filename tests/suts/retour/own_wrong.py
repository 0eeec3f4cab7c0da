"""Responders with an identification or a date that an answer cannot have."""

from __future__ import annotations

from tests.suts.retour.tools import Pair, spoilt

_OWN = ("IDENTIFICATIE RETOURBERICHT", "REFERENTIENUMMER GEMEENTE")
_SENT = ("IDENTIFICATIE BERICHT", "FACTUURNUMMER DECLARANT")


def _identify(pair: Pair, value: str) -> None:
    known = pair.terms.keys(pair.terms.retour, "01")
    pair.put(pair.retour, next(name for name in _OWN if name in known), value)


def _sent(pair: Pair) -> str:
    """What identifies the message."""
    known = pair.terms.keys(pair.terms.retour, "01")
    return pair.get(pair.retour, next(name for name in _SENT if name in known))


def _date(pair: Pair, year: int, month: int, day: int) -> None:
    text = f"{year:04}-{month:02}-{day:02}"
    value = text if pair.release == "2.1" else text.replace("-", "")
    pair.put(pair.retour, "DAGTEKENING RETOURBERICHT", value)


@spoilt
def identifies_itself_as_the_message(pair: Pair) -> None:
    """Copies the identification of the message to that of the answer."""
    _identify(pair, _sent(pair))


@spoilt
def identifies_all_answers_alike(pair: Pair) -> None:
    """Has one identification for all answers, from a template."""
    _identify(pair, "RETOUR000001")


@spoilt
def identifies_by_the_start_of_the_message(pair: Pair) -> None:
    """Puts a letter before the identification of the message, and cuts what is too long."""
    _identify(pair, f"R{_sent(pair)}"[:12])


@spoilt
def identifies_by_the_end_of_the_message(pair: Pair) -> None:
    """Puts letters before the last digits of the identification of the message."""
    _identify(pair, f"RET{_sent(pair)[-4:]}")


@spoilt
def identifies_by_the_second(pair: Pair) -> None:
    """Identifies answers by the day and the second in which they are made."""
    from datetime import UTC, datetime

    _identify(pair, f"{datetime.now(UTC):%y%m%d%H%M%S}")


@spoilt
def identifies_by_the_day_of_the_message(pair: Pair) -> None:
    """Identifies answers by the day of the message."""
    _identify(pair, f"R{pair.get(pair.retour, 'DAGTEKENING RETOURBERICHT').replace('-', '')}")


@spoilt
def dates_the_answer_tomorrow(pair: Pair) -> None:
    """Dates the answer on the day on which it will be sent, which is the next one."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    day = datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days=1)
    _date(pair, day.year, day.month, day.day)


@spoilt
def dates_the_answer_at_the_end_of_time(pair: Pair) -> None:
    """Dates the answer on the last day that there is."""
    _date(pair, 9999, 12, 31)
