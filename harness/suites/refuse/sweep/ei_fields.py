"""The sweep over the fields of a 2.0 message: every layout fault at every field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from harness.suites.refuse.damage.foreign_input import in_small_letters, unlisted
from harness.suites.refuse.sweep.spots import Base, Spot
from schemas.ei.layout import allowed_codes
from schemas.ei.lines import ENCODING
from schemas.ei.record_templates import LINE_END
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.mapping_rules import MESSAGE_CODE
from schemas.facts.message_types import MessageType
from schemas.facts.records import COMMENT, Field
from schemas.facts.table_rows import weakest

# The roles of a field that repeats another: any other value is a wrong key.
REPEATS = ("equal", "owner")
# Returns an invalid value for the value of a field.
Change = Callable[[Field, str], str]
Fits = Callable[[MessageType, Field], bool]


@dataclass(frozen=True)
class Fault:
    """A fault of one field: the fields that can have it, and the change that causes it."""

    fits: Fits
    change: Change


def _is_type(field: Field) -> bool:
    """Whether a field states the message type, which another value would change."""
    return field.rule.argument == MESSAGE_CODE


def _is_text(message: MessageType, field: Field) -> bool:
    is_own = field.rule.role not in ("constant", "reserve", *REPEATS)
    return is_own and not field.is_number and allowed_codes(message, field) is None


def _is_number(message: MessageType, field: Field) -> bool:
    is_own = field.rule.role not in ("constant", *REPEATS) and not _is_type(field)
    is_free = allowed_codes(message, field) is None and not added(message, field)
    return is_own and field.is_number and is_free


def _starts_left(field: Field) -> bool:
    # The lines of a comment are joined, and may start with a space.
    return field.length > 1 and field.rule.role != "comment-text"


def _has_codes(message: MessageType, field: Field) -> bool:
    return not _is_type(field) and allowed_codes(message, field) is not None


def added(message: MessageType, field: Field) -> list[tuple[totals.Total, totals.Amount, int]]:
    """The totals to which a field contributes, and whether it is added or subtracted."""
    return [
        (total, amount, factor)
        for total in totals.of(message.name)
        for amount, factor in ((total.amount, 1), (total.minus_amount, -1))
        if amount and amount.amount is field
    ]


def _is_total(message: MessageType, field: Field) -> bool:
    return any(total.total.amount is field for total in totals.of(message.name))


def _one_more(field: Field, held: str) -> str:
    number = int(held)
    other = number + 1 if number + 1 < 10**field.length else number - 1
    return str(other).zfill(field.length)


def _other_digit(_field: Field, held: str) -> str:
    end = len(held.rstrip()) or 1
    return held[: end - 1] + ("2" if held[end - 1] == "1" else "1") + held[end:]


def _unlisted(field: Field, _held: str) -> str:
    return unlisted(field.length, field.is_number, field.codelist)[0]


def _has_letters(message: MessageType, field: Field) -> bool:
    return _has_codes(message, field) and bool(_small(field, ""))


def _small(field: Field, _held: str) -> str:
    found = in_small_letters(field.codelist, "2.0") if field.codelist else ""
    return found.ljust(field.length) if found else ""


def _of_role(*roles: str) -> Fits:
    return lambda _, field: field.rule.role in roles


def _of_codec(codec: str) -> Fits:
    return lambda _, field: field.rule.codec == codec


FAULTS: dict[str, Fault] = {
    "value-missing": Fault(
        lambda _, field: field.must_be_filled and not _is_type(field), lambda field, _: field.blank
    ),
    "letter-in-number": Fault(_is_number, lambda _, held: f"{held[:-1]}X"),
    "unknown-code": Fault(_has_codes, _unlisted),
    "code-in-small-letters": Fault(_has_letters, _small),
    "no-such-date": Fault(_of_codec("date"), lambda _field, _: "20170230"),
    "no-such-time": Fault(_of_codec("time"), lambda _field, _: "126000"),
    "control-character": Fault(_is_text, lambda _, held: f"\t{held[1:]}"),
    "not-left-aligned": Fault(
        lambda message, field: _is_text(message, field) and _starts_left(field),
        lambda _, held: f" {held[:-1]}",
    ),
    "text-in-reserve": Fault(_of_role("reserve"), lambda _, held: f"{held[:-1]}X"),
    "wrong-key": Fault(_of_role("equal"), _other_digit),
    "wrong-comment": Fault(_of_role("comment-of", "comment-line"), _one_more),
    "wrong-count": Fault(_of_role("count"), _one_more),
    "wrong-total": Fault(_is_total, _one_more),
}


@cache
def _repeating(name: str) -> dict[tuple[str, str], tuple[Field, ...]]:
    """The fields that repeat another, by the record and name of that other."""
    found: dict[tuple[str, str], tuple[Field, ...]] = {}
    for record in catalogue().one(name).records.values():
        for field in record.fields:
            if field.rule.role in REPEATS:
                code, _, repeated = field.rule.argument.partition("/")
                found[code, repeated] = (*found.get((code, repeated), ()), field)
    return found


def get(text: str, field: Field) -> str:
    """The raw value of a field in a record."""
    return text[field.start - 1 : field.end]


def put(text: str, field: Field, value: str) -> str:
    """Replace the value of a field in a record."""
    return text[: field.start - 1] + value + text[field.end :]


def carried(base: Base, at: int, field: Field, value: str) -> list[str]:
    """Replace a value in one record, and in the later records that repeat it."""
    message, texts = base.specimen.message, list(base.lines)
    held = get(texts[at], field)
    texts[at] = put(texts[at], field, value)
    repeating = _repeating(message.name).get((field.record, field.name), ())
    if field.rule.role == "sequence":
        repeating = tuple(item for item in _comments(message) if item.rule.role == "comment-of")
    is_next = False
    for place in range(at + 1, len(texts)):
        is_next = is_next or texts[place][:2] == field.record
        for other in repeating:
            is_own = other.record == texts[place][:2] and get(texts[place], other) == held
            # A reference to an owner may follow other owners; anything else is below its own.
            if is_own and (other.rule.role == "owner" or not is_next):
                texts[place] = put(texts[place], other, value)
    return texts


def _comments(message: MessageType) -> tuple[Field, ...]:
    return message.records[COMMENT].fields if COMMENT in message.records else ()


def _is_sign(message: MessageType, field: Field) -> bool:
    """Whether a field is the sign of a total, or of an amount that adds up to one."""
    return any(
        amount is not None and amount.sign is field
        for total in totals.of(message.name)
        for amount in (total.total, total.minus_total, total.amount, total.minus_amount)
    )


def _maker(message: MessageType, field: Field, fault: Fault) -> Callable[[Base], bytes | None]:
    # Zeros that are a value only together with another field are ambiguous here.
    zero_is_own = field.zero_is_value and not field.rule.absent_with
    is_absent = field.has_value and not zero_is_own
    is_sign = _is_sign(message, field)

    def make(base: Base) -> bytes | None:
        for at, text in enumerate(base.lines):
            held = get(text, field)
            if text[:2] != field.record or (is_absent and held == field.blank):
                continue
            # Another sign than that of credit is read as debit, so that a total would be wrong too.
            if is_sign and held == totals.CREDIT:
                continue
            value = fault.change(field, held)
            return joined(carried(base, at, field, value)) if value != held else None
        return None

    return make


def joined(texts: list[str]) -> bytes:
    """The records as the bytes of a message."""
    return "".join(f"{text}{LINE_END}" for text in texts).encode(ENCODING)


def address(field: Field) -> str:
    """The record and the name of a field."""
    # A record may have several reserve fields with the same name.
    place = f" {field.start}" if field.rule.role == "reserve" else ""
    return f"{field.record} {field.name}{place}"


def _grade(message: MessageType, kind: str, field: Field) -> str:
    stated = [item.evidence_20 for item in totals.of(message.name) if item.total.amount is field]
    return weakest(field.evidence, *(stated if kind == "wrong-total" else []))


def spots(message: MessageType) -> Iterator[Spot]:
    """The spots of the fields of a message type, one per fault."""
    fields = [field for record in message.records.values() for field in record.fields]
    for kind, fault in FAULTS.items():
        for field in fields:
            if fault.fits(message, field):
                grade = _grade(message, kind, field)
                yield Spot(kind, address(field), grade, _maker(message, field, fault))
