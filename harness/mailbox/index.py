"""The index of a mailbox: a temporary database, so that memory use stays constant."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from schemas.errors import RunBroken

_BATCH = 1000
_CACHE_KIB = 2 * 1024
# File names may have any bytes, not only text.
_CODING, _ANY_NAME = "utf-8", "surrogatepass"
_TABLES = """
create table message (
    gemeente text, aanbieder text, heen text, identification text, is_retour integer, date text,
    retour_date text, retour_identification text, release text, digest blob, type text, path blob
);
create table moment (path blob primary key, sent text, read text) without rowid;
create table problem (
    rank integer, gemeente text, aanbieder text, message text, identification text, path blob,
    code text, blocking integer, evidence text, release text, date text, other blob, rule text,
    at text, moved text, found text
);
create table partner (gemeente text, aanbieder text, messages integer, asked integer,
    answered integer, problems integer, notes integer, codes text);
"""
_KEYED = (
    "create index keyed on message (gemeente, aanbieder, heen, identification, is_retour, release)"
)
# The forms of one message are adjacent; an answer in the release of its question comes first.
_IN_ORDER = """
select m.*, t.sent, t.read,
    m.is_retour and not exists (
        select 1 from message h where h.gemeente = m.gemeente and h.aanbieder = m.aanbieder
        and h.heen = m.heen and h.identification = m.identification
        and not h.is_retour and h.release = m.release
    ) as misfit
from message m left join moment t on t.path = m.path
order by m.gemeente, m.aanbieder, m.heen, m.identification, m.is_retour, m.date,
    m.retour_date, m.retour_identification, misfit, m.release, m.digest, m.path
"""


class MessageRow(NamedTuple):
    """A message of the mailbox; `misfit` marks an answer without a question in its release."""

    gemeente: str
    aanbieder: str
    heen: str
    identification: str
    is_retour: int
    date: str
    retour_date: str
    retour_identification: str
    release: str
    digest: bytes
    type: str
    path: bytes
    sent: str | None
    read: str | None
    misfit: int


def key_of(row: MessageRow) -> tuple[str, str, str, str]:
    """The key that a heenbericht shares with its return message."""
    return row[:4]


class Index:
    """The database of one audit; `index` opens it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        # Nothing outlives the audit, so nothing needs to be durable.
        for setting in ("journal_mode=off", "synchronous=off", "temp_store=file"):
            self.db.execute(f"pragma {setting}")
        self.db.execute(f"pragma cache_size=-{_CACHE_KIB}")
        self.db.executescript(_TABLES)

    def insert(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Add rows to a table."""
        iterator = iter(rows)
        while batch := list(islice(iterator, _BATCH)):
            marks = ", ".join("?" * len(batch[0]))
            self.db.execute("begin")
            self.db.executemany(f"insert into {table} values ({marks})", batch)  # noqa: S608
            self.db.execute("commit")

    def messages(self) -> Iterator[MessageRow]:
        """The messages, grouped by pair: questions first, by date, then answers."""
        self.db.execute(_KEYED)
        return map(MessageRow._make, self.db.execute(_IN_ORDER))


@contextmanager
def index() -> Iterator[Index]:
    """Open an index in a temporary folder; raises RunBroken if the disk is full."""
    with tempfile.TemporaryDirectory(prefix="ikeur-pairs-") as folder:
        try:
            with closing(
                sqlite3.connect(Path(folder) / "index.sqlite", isolation_level=None)
            ) as db:
                yield Index(db)
        except sqlite3.OperationalError as error:
            do = "give TMPDIR a folder with more room, and run again"
            raise RunBroken("RUN-FILE", f"the index: {error}", folder, do) from None


def encoded(path: str) -> bytes:
    """A path as the index stores it."""
    return path.encode(_CODING, _ANY_NAME)


def decoded(path: bytes | None) -> str:
    """A path from the index; empty for None."""
    return path.decode(_CODING, _ANY_NAME) if path else ""
