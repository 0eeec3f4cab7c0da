"""What a return message has in common with the message it answers, and what is its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from schemas import tables, totals
from schemas.codelists import CodeList
from schemas.ei_links import number_field
from schemas.errors import TableError
from schemas.mapping import mapped
from schemas.messages import MessageType, catalogue
from schemas.nodes import Node
from schemas.records import HEADER, TRAILER, Field
from schemas.totals import CREDIT, Amount, Total
from schemas.xml_layout import leaves

HEEN, RETOUR = "heen", "retour"
# How a field that only the return message has is filled.
IDENTIFICATION, DATE, COPY, FREE = "identification", "date", "copy", "free"
_ROLES = (IDENTIFICATION, DATE, COPY, FREE)
# What the codes of a class say.
NO_REMARK, NOT_ASSESSED, FAULT = "no remark", "not assessed", "fault"
GRANTED_ALL = "all"
_LIST = "RetourCode"
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
        return _keys(message.name, self.release, record)

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
                {*_all_keys(self.heen.name, self.release, code)}
                - {*_all_keys(self.retour.name, self.release, code)}
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
                {*_all_keys(self.retour.name, self.release, code)}
                - {*_all_keys(self.heen.name, self.release, code)}
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
        return _slots(self.retour.name, self.release, record)

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


@dataclass(frozen=True)
class Slots:
    """Where the return codes of a class stand: under which keys, and how many at most."""

    keys: tuple[str, ...]
    base: str
    may_be_absent: bool
    evidence: str

    @property
    def room(self) -> int:
        """How many codes there is room for; 0 for any number."""
        return len(self.keys)

    def of(self, node: Node) -> list[str]:
        """The codes of a class, in order."""
        if self.keys:
            return [node.get(key) for key in self.keys if node.get(key)]
        return [value for key, value in node.values.items() if key.partition("[")[0] == self.base]

    def key(self, place: int) -> str:
        """The key of a code, from 1."""
        return self.keys[place - 1] if self.keys else f"{self.base}[{place}]"

    def put(self, node: Node, codes: Sequence[str]) -> None:
        """Write the codes of a class, as many as there is room for."""
        for place, code in enumerate(codes[: self.room or None], 1):
            node.values[self.key(place)] = code


@cache
def terms(heen: str, release: str) -> Terms:
    """The terms of a heenbericht and its return message in a release."""
    return Terms(catalogue().one(heen), release)


def _fields(message: MessageType, record: str) -> Iterable[Field]:
    """The fields of a record; those of the last record go with the header."""
    codes = (HEADER, TRAILER) if record == HEADER else (record,)
    return [field for code in codes for field in message.records[code].fields if field.has_value]


@cache
def _keys(name: str, release: str, record: str) -> dict[str, str]:
    message = catalogue().one(name)
    if release == "2.0":
        return {field.name: field.name for field in _fields(message, record)}
    codes = (HEADER, TRAILER) if record == HEADER else (record,)
    return {pair.field.name: pair.keys[0] for code in codes for pair in mapped(name)[code]}


@cache
def _all_keys(name: str, release: str, record: str) -> tuple[str, ...]:
    """The keys that a class can have in a release, without places among siblings."""
    if release == "2.0":
        return tuple(_keys(name, release, record))
    return tuple(leaves(name).get(record, ()))


@cache
def _slots(name: str, release: str, record: str) -> Slots:
    message = catalogue().one(name)
    fields = [field for field in _fields(message, record) if _is_code(field.codelist)]
    fields = [field for field in fields if field.rule.role == "value"]
    if release == "2.0":
        grades = [field.evidence for field in fields]
        return Slots(tuple(field.name for field in fields), "", False, tables.weakest(*grades))
    for key, leaf in leaves(name)[record].items():
        if leaf.element.type and _is_code(leaf.element.type.codelist):
            above = message.elements[leaf.element.path.rpartition("/")[0]]
            return Slots((), key, above.optional, leaf.element.evidence)
    return Slots((), "", True, "A")


def _is_code(found: CodeList | None) -> bool:
    return found is not None and found.name == _LIST
