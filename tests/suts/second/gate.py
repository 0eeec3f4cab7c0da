"""A gate that shares nothing with ours: its deadlines are typed here, its messages cut by hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AGREED = Path(__file__).with_name("afspraken.csv")
DECLARATION, HEEN, RETOUR = "declaration", "heen", "retour"
# The codes of the return messages, of the declarations, and of what stays EI.
RETOUREN = {"415", "417", "449", "419", "421", "445", "437", "433", "451", "439", "441", "447"}
DECLARATIES = {"416", "448", "432", "450"}
STAYS_EI = frozenset({"434", "435"})
# The first minutes in which it is too late: local time.
TOO_LATE = {
    DECLARATION: datetime(2017, 5, 29, 0, 0),
    HEEN: datetime(2017, 6, 6, 17, 1),
    RETOUR: datetime(2017, 6, 8, 13, 1),
}


def code_of(data: bytes) -> str:
    if data.startswith(b"01"):
        return data[2:5].decode()
    found = re.search(rb"BerichtCode>(\d+)<", data)
    assert found
    return found[1].decode()


def partners_of(data: bytes) -> list[str]:
    if not data.startswith(b"01"):
        found = re.findall(rb":(?:Afzender|Ontvanger|Gemeente|Aanbieder)>(\d+)<", data)
        return [code.decode() for code in found[:2]]
    # Declarations, and what answers them, have their parties further on.
    is_declaration = code_of(data) in DECLARATIES | STAYS_EI | {"417", "449", "433", "451"}
    places = [(26, 30), (38, 46)] if is_declaration else [(9, 13), (13, 21)]
    return [data[start:end].decode() for start, end in places]


class Gate:
    """The faithful one; a faulty one is a class below it."""

    too_late: Mapping[str, datetime] = TOO_LATE
    # The first minute in which nothing goes, and the first in which 2.1 is open: local time.
    freeze = datetime(2017, 6, 8, 13, 1)
    opening = datetime(2017, 6, 12, 13, 0)
    stays_ei: frozenset[str] = STAYS_EI

    def now(self, at: str) -> datetime:
        return datetime.fromisoformat(at).astimezone(AMSTERDAM).replace(tzinfo=None)

    def kind(self, code: str) -> str:
        if code in RETOUREN:
            return RETOUR
        return DECLARATION if code in DECLARATIES else HEEN

    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        with AGREED.open(encoding="utf-8", newline="") as file:
            return [
                datetime.fromisoformat(row["moment"]) + timedelta(minutes=1)
                for row in csv.DictReader(file)
                if row["deadline"] == kind and row["partner"] in partners
            ]

    def deadline(self, kind: str, data: bytes) -> datetime:
        return min(self.agreed(kind, partners_of(data)), default=self.too_late[kind])

    def is_frozen(self, now: datetime, direction: str, release: str, code: str) -> bool:
        return self.freeze <= now < self.opening

    def is_broken(self, source: str, target: str, code: str) -> bool:
        return source != target

    def is_too_early(self, now: datetime) -> bool:
        return now < self.opening

    def is_over(self, now: datetime) -> bool:
        return now >= self.opening

    def late(self, kind: str, direction: str) -> str:
        """What is said of a message behind its deadline."""
        if kind == RETOUR:
            return "block" if direction == "receive" else "allow"
        return "block" if direction == "send" else "warn"

    def decide(self, data: bytes, source: str, target: str, direction: str, at: str) -> str:
        now, code = self.now(at), code_of(data)
        if self.is_broken(source, target, code) or self.is_frozen(now, direction, target, code):
            return "block"
        if code in self.stays_ei:
            return "allow"
        if target == "2.1":
            return "block" if self.is_too_early(now) else "allow"
        kind = self.kind(code)
        if self.is_over(now):
            return "block"
        return self.late(kind, direction) if now >= self.deadline(kind, data) else "allow"

    def __call__(self, data: bytes, source: str, target: str, direction: str, at: str) -> object:
        word = self.decide(data, source, target, direction, at)
        return f"{word} it is {self.now(at)}"


class _WithoutAgreements(Gate):
    def agreed(self, kind: str, partners: list[str]) -> list[datetime]:
        return []


faithful = Gate()
without_agreements = _WithoutAgreements()
