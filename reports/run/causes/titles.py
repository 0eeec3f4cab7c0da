"""The title of a cause: what happened, in values."""

from __future__ import annotations

from reports.events.finding_place import without_places
from reports.run import finding_text as findings
from reports.run.causes.causes import Cause
from reports.run.causes.field_identity import end_of, identity
from reports.run.causes.same_cause import kind_of_flaw
from reports.run.causes.text_changes import change_of
from reports.run.in_language import reason, translated
from reports.shared import code_text
from reports.shared.texts import Texts
from reports.shared.visible import excerpt, quoted, shortened, visible

_MOST_VALUE, _MOST_REASON = 40, 120
_MOST_MESSAGES = 2
# More fields than this are counted, and one is named as an example.
_FEW_FIELDS = 2


def title(cause: Cause, t: Texts) -> str:
    """What happened at the place of a cause, with the message types, on one line."""
    return visible(f"{messages(cause, t)}{_told(cause, t)}")


def messages(cause: Cause, t: Texts) -> str:
    """The message types of a cause as the start of a text: the first two, and how many more."""
    names = cause.messages
    rest = len(names) - _MOST_MESSAGES
    more = f" {t.count('title.more', rest)}" if rest > 0 else ""
    return f"{', '.join(names[:_MOST_MESSAGES])}{more}{':' if len(names) > 1 else ''} "


def _told(cause: Cause, t: Texts) -> str:
    if cause.example.taken_with:
        return _accepted(cause, t)
    if cause.code.startswith("SUT-"):
        why = reason([cause.code], cause.reason or cause.example.actual, t)
        said = shortened(why, _MOST_REASON)
        return f"{code_text.meaning(cause.code, t)} {said}"
    if cause.moved and cause.moved != "as":
        return _moved(cause, t)
    many, told = _fields(cause), _deviates(cause, t)
    return t("title.fields", n=many, example=told) if many > _FEW_FIELDS else told


def _fields(cause: Cause) -> int:
    """The number of fields that deviate in the same way, whatever their message type."""
    alike = [one for one in (cause, *cause.follows) if one.code == cause.code and one.place]
    return len({identity(one.example) or one.place for one in alike})


def _accepted(cause: Cause, t: Texts) -> str:
    """The flaw that is accepted, and how many other kinds."""
    kinds = {kind_of_flaw(item) for item in (cause, *cause.follows)} - {"", kind_of_flaw(cause)}
    more = f"; {t.count('title.kinds', len(kinds))}" if kinds else ""
    flaw, many = findings.flaw(cause.example, t), _fields(cause)
    if many > _FEW_FIELDS:
        flaw = t("title.flaw.fields", flaw=flaw, n=many, place=_place(cause))
    return f"{t('title.accepted', flaw=flaw)}{more}"


def _moved(cause: Cause, t: Texts) -> str:
    """The two fields whose values moved; the second without its record if that is the same."""
    one, other = _place(cause), _place(cause.follows[0])
    record = f"{one.partition(' ')[0]} "
    return t(f"title.{cause.moved}", one=one, other=other.removeprefix(record))


def _deviates(cause: Cause, t: Texts) -> str:
    example = translated(cause.example, t)
    expected, actual = (
        quoted(text, t("nothing"))
        for text in excerpt(example.expected, example.actual, _MOST_VALUE)
    )
    key = f"title.{cause.code}"
    if change := change_of(cause):
        target = example.direction.split("-")[1][-1:] if change == "utf8" else ""
        key = f"title.change.{change}{target}"
    values = {"place": _place(cause), "expected": expected, "actual": actual}
    if t.get(key):
        return t(key, **values)
    meaning = example.rule or code_text.meaning(cause.code, t).removesuffix(".")
    return t("title.value", what=meaning, **values) if values["place"] else meaning


def _place(cause: Cause) -> str:
    """The record and field, or the end of the path of an element."""
    place = cause.place
    return end_of(without_places(place)) if place.startswith("/") else place
