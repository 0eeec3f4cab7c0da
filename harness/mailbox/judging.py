"""Judges the messages of an index, key by key and partner by partner."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from harness.mailbox.deadlines import Deadlines
from harness.mailbox.index import Index, MessageRow, key_of
from harness.mailbox.pairing import Key, PairProblem
from harness.mailbox.problems import blocks, pair_row


@dataclass
class _Partner:
    """Counts the messages between two parties."""

    messages: int = 0
    asked: int = 0
    answered: int = 0
    problems: int = 0
    notes: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def row(self, parties: tuple[str, str]) -> tuple[object, ...]:
        codes = json.dumps(dict(sorted(self.codes.items())))
        counts = (self.messages, self.asked, self.answered, self.problems, self.notes)
        return (*parties, *counts, codes)


def judge(index: Index, deadlines: Deadlines, block_on: str) -> None:
    """Judge all messages of an index, and store the problems and the partners."""
    found: list[tuple[object, ...]] = []
    messages = index.messages()
    for parties, rows in groupby(messages, lambda row: (row.gemeente, row.aanbieder)):
        partner = _Partner()
        for told in _judged(rows, deadlines, partner):
            is_blocking = blocks(told.code, told.evidence, block_on)
            partner.problems += is_blocking
            partner.notes += not is_blocking
            partner.codes[told.code] += 1
            found.append(pair_row(told, is_blocking))
            if len(found) >= 1000:
                index.insert("problem", found)
                found.clear()
        index.insert("partner", [partner.row(parties)])
    index.insert("problem", found)


def _judged(
    rows: Iterator[MessageRow], deadlines: Deadlines, partner: _Partner
) -> Iterator[PairProblem]:
    """Judge the messages of a partner, and count them."""
    for _, same in groupby(rows, key_of):
        told: list[PairProblem] = []
        key = Key(told.append, deadlines)
        for row in same:
            partner.messages += 1
            key.add(row)
            yield from told
            told.clear()
        asked, answered = key.end()
        partner.asked += asked
        partner.answered += answered
        yield from told
