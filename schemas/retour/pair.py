"""What a return message has in common with the message it answers, and what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from schemas.ei.links import number_field
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts import totals
from schemas.facts.message_types import MessageType, catalogue
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.totals import CREDIT, Amount, Total
from schemas.message.node import Node
from schemas.retour.code_slots import Slots, all_keys, keys_of, slots_of

HEEN, RETOUR = "heen", "retour"
# How a field that only the return message has is filled.
IDENTIFICATION, DATE, COPY, FREE = "identification", "date", "copy", "free"
_ROLES = (IDENTIFICATION, DATE, COPY, FREE)
# What the codes of a class say.
NO_REMARK, NOT_ASSESSED, FAULT = "no remark", "not assessed", "fault"
GRANTED_ALL = "all"
DEBIT = "D"


@dataclass(frozen=True)
class Said:
    """What a class of a return message says: its code, and whether its amount is granted."""

    code: str
    grants: bool
    evidence: str


@dataclass(frozen=True)
class Own:
    """A value that only the return message has; `sources` are keys of the same class of the heen.

    The first source that is there counts.
    """

    key: str
    role: str
    sources: tuple[str, ...]
    evidence: str


@cache
def said() -> dict[str, Said]:
    """What codes say, by name."""
    return {
        row["said"]: Said(row["code"], row["granted"] == GRANTED_ALL, row.evidence)
        for row in tables.rows("retour_codes")
    }


def no_remark() -> str:
    """The code of a class on which there is no remark."""
    return said()[NO_REMARK].code


def not_assessed() -> str:
    """The code of a class that was not looked at."""
    return said()[NOT_ASSESSED].code


class Terms:
    """A pair of message types in one release: which keys of a class answer to which."""

    def __init__(self, heen: MessageType, release: str) -> None:
        self.heen, self.release = heen, release
        self.retour = catalogue().one(heen.pair)

    def keys(self, message: MessageType, record: str) -> Mapping[str, str]:
        """For each field of a record its key in a node of this release."""
        return keys_of(message.name, self.release, record)

    @cached_property
    def own(self) -> dict[str, tuple[Own, ...]]:
        """For each record the values that only the return message has, but for codes and grants."""
        found: dict[str, tuple[Own, ...]] = {}
        for row in tables.rows("retour"):
            if not any(self.retour.name.endswith(number) for number in row["messages"].split()):
                continue
            if row["role"] not in _ROLES:
                raise TableError("TABLE-RULE", f"unknown role {row['role']!r}", row.where)
            record = HEADER if row["record"] == TRAILER else row["record"]
            known, theirs = self.keys(self.retour, record), self.keys(self.heen, record)
            names = list(filter(None, row["source"].split("|")))
            if row["field"] not in known or not set(names) <= theirs.keys():
                raise TableError("TABLE-FIELD", "no such field", row.where)
            item = Own(
                key=known[row["field"]],
                role=row["role"],
                sources=tuple(theirs[name] for name in names),
                evidence=row.evidence,
            )
            found[record] = (*found.get(record, ()), item)
        return found

    @cached_property
    def dropped(self) -> dict[str, frozenset[str]]:
        """For each record the keys of the heen that its return message has no place for."""
        return {
            code: frozenset(
                {*all_keys(self.heen.name, self.release, code)}
                - {*all_keys(self.retour.name, self.release, code)}
            )
            | self._replaced(self.heen, code)
            | {key for item in self.own.get(code, ()) if item.role == COPY for key in item.sources}
            for code in self.heen.records
        }

    @cached_property
    def added(self) -> dict[str, frozenset[str]]:
        """For each record the keys of the return message that its heen does not have."""
        return {
            code: frozenset(
                {*all_keys(self.retour.name, self.release, code)}
                - {*all_keys(self.heen.name, self.release, code)}
            )
            | self._replaced(self.retour, code)
            | {item.key for item in self.own.get(code, ())}
            for code in self.retour.records
        }

    def _replaced(self, message: MessageType, record: str) -> frozenset[str]:
        """The code of the message, which each of the two has its own of."""
        return frozenset({self.code_key(message)} if record == HEADER else ())

    def code_key(self, message: MessageType) -> str:
        """The key of the code of the message."""
        return self.keys(message, HEADER)[message.code_field.name]

    def code(self, code: str) -> str:
        """The message code of the return message, to that of the heen."""
        return self.retour.codes[self.heen.codes.index(code)]

    def slots(self, record: str) -> Slots:
        """Where the return codes of a class stand."""
        return slots_of(self.retour.name, self.release, record)

    @cached_property
    def total(self) -> Total | None:
        """The submitted and the granted total, where the return message has them."""
        return next((item for item in totals.of(self.retour.name) if item.minus_total), None)

    def amount(self, node: Node, amount: Amount) -> int:
        """A signed amount of a return message, or of the same name in its heen, in eurocents."""
        keys = self.keys(self.retour, node.record)
        text = node.get(keys[amount.amount.name], "0")
        number = int(text) if text.isascii() and text.isdigit() else 0
        return -number if node.get(keys[amount.sign.name]) == CREDIT else number

    def submitted(self, header: Node) -> int:
        """The total of a heen, as its answer repeats it, in eurocents."""
        copied = {
            item.key: header.get(item.sources[0]) for item in self.own[HEADER] if item.role == COPY
        }
        assert self.total is not None
        return self.amount(Node(HEADER, copied), self.total.total)

    def is_credit(self, node: Node, amount: Amount) -> bool:
        """Whether an amount of a return message is called credit."""
        return node.get(self.keys(self.retour, node.record)[amount.sign.name]) == CREDIT

    def number_field(self, record: str) -> Field | None:
        """The field that numbers a record, in the release that has one."""
        return number_field(self.retour, record) if self.release == "2.0" else None

    def put(self, node: Node, amount: Amount, number: int) -> None:
        """Write a signed amount, in eurocents; zero is debit."""
        keys, field = self.keys(self.retour, node.record), amount.amount
        text = str(abs(number))
        in_20 = self.release == "2.0"
        node.values[keys[field.name]] = text.zfill(field.length) if in_20 else text
        node.values[keys[amount.sign.name]] = CREDIT if number < 0 else DEBIT


@cache
def terms(heen: str, release: str) -> Terms:
    """The terms of a heenbericht and its return message in a release."""
    return Terms(catalogue().one(heen), release)
