"""What a return message shares with its heenbericht, and what it has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from schemas.ei.links import number_field
from schemas.errors import TableError
from schemas.facts import table_rows as tables
from schemas.facts import totals
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.facts.records import HEADER, TRAILER, Field
from schemas.facts.totals import CREDIT, Amount, Total
from schemas.message.node import Node
from schemas.retour.code_slots import Slots, all_keys, keys_of, slots_of

HEEN, RETOUR = "heen", "retour"
# How a field that exists only in the return message is filled.
IDENTIFICATION, DATE, COPY, FREE = "identification", "date", "copy", "free"
_ROLES = (IDENTIFICATION, DATE, COPY, FREE)
# The meanings of the return codes of a class.
NO_REMARK, NOT_ASSESSED, FAULT = "no remark", "not assessed", "fault"
GRANTED_WHOLE, NOT_ASSESSED_FOR_ANOTHER = "granted whole", "not assessed for another"
REJECTED = "rejected"
_ALL = "all"
# The classes at which a code may stand.
_CLASSES = (_ALL, _IN_HEADER := "header", _BELOW := "below the header")
DEBIT = "D"


@dataclass(frozen=True)
class Said:
    """The meaning of a return code, where it may stand, and whether it grants the amount.

    `numbers` are those of the return messages that may have it; empty for all. `evidence` is of
    what it grants.
    """

    code: str
    numbers: tuple[str, ...]
    classes: str
    grants: bool
    evidence: str

    def may_stand(self, name: str, record: str) -> bool:
        """Whether a class of a return message may have the code."""
        if self.numbers and not name.endswith(self.numbers):
            return False
        return self.classes in (_ALL, _IN_HEADER if record == HEADER else _BELOW)


@dataclass(frozen=True)
class Own:
    """A value that only the return message has.

    `sources` are keys of the same class of the heenbericht; the first one present counts.
    """

    key: str
    role: str
    sources: tuple[str, ...]
    evidence: str


@cache
def said() -> dict[str, Said]:
    """Return the standard return codes, by meaning."""
    return {
        row["said"]: Said(
            row["code"],
            () if row["messages"] == _ALL else tuple(row["messages"].split()),
            row.one_of("classes", _CLASSES),
            row.one_of("granted", (_ALL, "nothing")) == _ALL,
            row.one_of("evidence_granted", tuple(tables.GRADES)),
        )
        for row in tables.rows("retour_codes")
    }


def no_remark() -> str:
    """Return the code for a class without remarks."""
    return said()[NO_REMARK].code


def not_assessed() -> str:
    """Return the code for a class that was not assessed."""
    return said()[NOT_ASSESSED].code


@cache
def unassessed() -> frozenset[str]:
    """Return the codes of which each says that a class was not assessed."""
    return frozenset({said()[NOT_ASSESSED].code, said()[NOT_ASSESSED_FOR_ANOTHER].code})


class Terms:
    """A pair of message types in one release, and how the keys of their classes correspond."""

    def __init__(self, heen: MessageType, release: str) -> None:
        self.heen, self.release = heen, release
        self.retour = catalogue().one(heen.pair)

    def keys(self, message: MessageType, record: str) -> Mapping[str, str]:
        """Return the key of each field of a record, in a node of this release."""
        return keys_of(message.name, self.release, record)

    @cached_property
    def own(self) -> dict[str, tuple[Own, ...]]:
        """The values that only the return message has, by record, except codes and grants."""
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
        """The keys of the heenbericht that the return message lacks, by record."""
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
        """The keys of the return message that the heenbericht lacks, by record."""
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
        """The key of the message code, which differs between the two messages."""
        return frozenset({self.code_key(message)} if record == HEADER else ())

    def code_key(self, message: MessageType) -> str:
        """Return the key of the message code."""
        return self.keys(message, HEADER)[message.code_field.name]

    def code(self, code: str) -> str:
        """Return the message code of the return message for that of its heenbericht."""
        return self.retour.codes[self.heen.codes.index(code)]

    def slots(self, record: str) -> Slots:
        """Return the return code slots of a class."""
        return slots_of(self.retour.name, self.release, record)

    @cached_property
    def total(self) -> Total | None:
        """The submitted and granted totals, if the return message has them."""
        return next((item for item in totals.of(self.retour.name) if item.minus_total), None)

    @property
    def total_evidence(self) -> str:
        """The grade of the totals and the amounts of lines in the release; D if there are none."""
        if self.total is None:
            return "D"
        return self.total.evidence_20 if self.release == "2.0" else self.total.evidence

    def amount(self, node: Node, amount: Amount) -> int:
        """Return a signed amount of the return message, or the same one of its heen (eurocents)."""
        keys = self.keys(self.retour, node.record)
        text = node.get(keys[amount.amount.name], "0")
        number = int(text) if text.isascii() and text.isdigit() else 0
        return -number if node.get(keys[amount.sign.name]) == CREDIT else number

    def submitted(self, header: Node) -> int:
        """Return the total of a heenbericht, as its return message repeats it, in eurocents."""
        copied = {
            item.key: header.get(item.sources[0]) for item in self.own[HEADER] if item.role == COPY
        }
        assert self.total is not None
        return self.amount(Node(HEADER, copied), self.total.total)

    def is_credit(self, node: Node, amount: Amount) -> bool:
        """Whether the sign of an amount in a return message is credit."""
        return node.get(self.keys(self.retour, node.record)[amount.sign.name]) == CREDIT

    def number_field(self, record: str) -> Field | None:
        """Return the field with the record's sequence number, if the release has one."""
        return number_field(self.retour, record) if self.release == "2.0" else None

    def put(self, node: Node, amount: Amount, number: int) -> None:
        """Write a signed amount in eurocents; zero is written as debit."""
        keys, field = self.keys(self.retour, node.record), amount.amount
        text = str(abs(number))
        in_20 = self.release == "2.0"
        node.values[keys[field.name]] = text.zfill(field.length) if in_20 else text
        node.values[keys[amount.sign.name]] = CREDIT if number < 0 else DEBIT


@cache
def terms(heen: str, release: str) -> Terms:
    """Return the terms of a heenbericht type and its return message in a release."""
    return Terms(catalogue().one(heen), release)
