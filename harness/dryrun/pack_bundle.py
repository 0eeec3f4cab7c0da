"""Packs the results of a dry-run into a bundle."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.dryrun import keys, manifest
from harness.dryrun import record_run as evidence
from harness.dryrun.manifest import About, Manifest
from harness.dryrun.record import line_of
from harness.dryrun.zip_archive import Sealed, Writer
from harness.sut.files.removal import removed
from reports.events.events import CaseFinished, Event
from reports.run import registry, wording
from reports.run.summary import Summary
from reports.shared.texts import texts
from schemas import outside

VERDICTS, ANSWERS = "verdicts.csv", "answers"
COLUMNS = ("case", "verdict", "codes", "asked", "answered", "kept")
_BLOCK = 1 << 20
_STAGE, _ZIP = "bundle", "bundle.zip"


def pack(
    folder: Path,
    events: Callable[[], Iterable[Event]],
    summary: Summary,
    about: About,
    key: Ed25519PrivateKey | None,
) -> Path:
    """Pack the bundle of a finished run in its folder; returns the path of the zip."""
    stage = folder / _STAGE
    removed(stage)
    (stage / ANSWERS).mkdir(parents=True)
    files = _staged(stage, folder / evidence.NAME, events())
    files |= {name: folder / name for name in registry.due(summary)}
    for event in events():
        if isinstance(event, CaseFinished):
            files |= {name: folder / name for name in event.files.values()}
    if key:
        files[manifest.SIGNER] = stage / manifest.SIGNER
        files[manifest.SIGNER].write_bytes(keys.pem(key.public_key()))
    said = wording.first_line(summary, texts(about.lang))
    signer = keys.fingerprint(key.public_key()) if key else None
    _write(folder / _ZIP, files, Manifest.of(said, about, summary.verdicts, signer), key)
    return folder / _ZIP


def row_of(event: CaseFinished, asked: str, answered: str, is_kept: bool) -> tuple[str, ...]:
    """The row of a case in the table of verdicts."""
    codes = " ".join(dict.fromkeys(item.code for item in event.findings))
    return event.id, event.verdict, codes, asked, answered, "yes" if is_kept else "no"


def table(file: TextIO) -> Any:
    """A CSV writer for the table of verdicts, with its header written."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    return writer


def _staged(stage: Path, answers: Path, events: Iterable[Event]) -> dict[str, Path]:
    """Write the table of verdicts and the kept cases by type; returns the files by member name."""
    files = {VERDICTS: stage / VERDICTS}
    opened: dict[str, BinaryIO] = {}
    with ExitStack() as stack:
        verdicts = table(stack.enter_context(files[VERDICTS].open("w", newline="")))
        lines = evidence.lines(answers)
        finished = (item for item in events if isinstance(item, CaseFinished))
        for number, event in enumerate(finished, 1):
            line = next(lines, dict[str, Any](case=""))
            if line["case"] != event.id:
                raise evidence.no_answers(answers, number)
            kept = line["kept"]
            verdicts.writerow(row_of(event, line["asked"], line["answered"], kept is not None))
            if kept is None:
                continue
            name = f"{ANSWERS}/{event.message}.jsonl"
            if name not in opened:
                files[name] = stage / name
                opened[name] = stack.enter_context(files[name].open("wb"))
            opened[name].write(line_of(kept))
    return files


def _write(
    path: Path, files: dict[str, Path], found: Manifest, key: Ed25519PrivateKey | None
) -> None:
    writer = Writer(path)
    members: dict[str, Sealed] = {}
    for name, file in sorted(files.items()):
        members[name] = writer.add(name, _blocks(file))
    data = replace(found, members=members).to_bytes()
    writer.add(manifest.NAME, [data], stored=True)
    if key:
        writer.add(manifest.SIGNATURE, [key.sign(data)], stored=True)
    writer.close()


def _blocks(path: Path) -> Iterator[bytes]:
    with outside.opened(path, follow=False) as file:
        while data := file.read(_BLOCK):
            yield data
