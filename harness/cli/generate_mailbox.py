"""The output of `ikeur generate --mailbox`: a mailbox, and a list of the faults in it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from harness.cli.shared.output import write_new
from harness.mailbox.demo.calendar import Calendar
from harness.mailbox.demo.faults import MailboxFault, faults
from harness.mailbox.demo.mailbox import FaultMade, exchanges
from schemas.errors import UsageError, did_you_mean
from schemas.facts.message_types import MessageType

_ALL, _NONE = "all", "none"
_MAILBOX, _LIST = "mailbox", "faults.csv"
_SWITCH = ("2.0", "2.1")


def chosen_faults(names: str) -> list[MailboxFault]:
    """The faults of an option: names separated by commas, `all` or `none`.

    Raises UsageError for an unknown name.
    """
    known = faults()
    if names in (_ALL, _NONE):
        return [*known.values()] if names == _ALL else []
    wanted = [name.strip() for name in names.split(",")]
    for name in wanted:
        if name not in known:
            do = f"{did_you_mean(name, known)}the faults are {', '.join(known)}"
            raise UsageError("USE-OPTION", "no fault of a mailbox", name, do)
    return [known[name] for name in dict.fromkeys(wanted)]


def write_mailbox(
    folder: Path,
    messages: Sequence[MessageType],
    count: int,
    seed: int,
    wanted: Sequence[MailboxFault],
) -> int:
    """Write the mailbox and its list to a folder; returns the number of files in the mailbox.

    Raises UsageError as `exchanges` does.
    """
    found, files = list[FaultMade](), 0
    for exchange, made in exchanges(messages, count, seed, wanted, Calendar(*_SWITCH)):
        for path, data in exchange.files.items():
            (folder / _MAILBOX / path).parent.mkdir(parents=True, exist_ok=True)
            write_new(folder / _MAILBOX / path, data)
            files += 1
        found += [made] if made else []
    write_new(folder / _LIST, _as_csv(found).encode())
    return files


def _as_csv(found: Sequence[FaultMade]) -> str:
    file = StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("fault", "finding", "file", "what_en", "what_nl"))
    for item in found:
        fault = item.fault
        writer.writerow((fault.name, fault.finding, item.file, *map(fault.what.get, ("en", "nl"))))
    return file.getvalue()
