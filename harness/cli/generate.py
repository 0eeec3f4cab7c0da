"""`ikeur generate`: synthetic messages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.coverage.coverage import Coverage
from generators.message import generate as generate_content
from generators.notation.plan import in_turn
from generators.writing.written import written
from harness.cli.generate_defects import write_defects
from harness.cli.generate_mailbox import chosen_faults, write_mailbox
from harness.cli.shared.options import count_option, json_option, messages_option, seed_option
from harness.cli.shared.output import (
    PASS,
    RED,
    counted,
    guarded,
    new_folder,
    say,
    tell,
    tell_json,
    write_new,
)
from harness.sut.files.suffix import SUFFIX
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType


def messages_of(
    message: MessageType, content: Content, release: str, index: int = 0
) -> Iterator[tuple[str, bytes]]:
    """The files of the content at an index: suffix and bytes, in the notation in turn.

    Types that stay EI in 2.1 have no XML.
    """
    releases = ("2.0", "2.1") if release == "both" else (release,)
    if message.root is None:
        releases = ("2.0",)
    for one in releases:
        yield (
            SUFFIX[one],
            in_turn(message, one, index, written(message, content, SOURCE[one])),
        )


def _tell_coverage(coverages: list[Coverage], as_json: bool) -> None:
    if as_json:
        tell_json([coverage.to_json() for coverage in coverages])
        return
    for coverage in coverages:
        missing = coverage.missing()
        reached, total = coverage.reached, coverage.total
        tell(f"{coverage.message.name}: {reached} of {total} ({100 * reached / total:.1f} %)")
        for name in missing[:20]:
            tell(f"  not reached: {name}")


@click.command(
    epilog="Example:  ikeur generate --release both --messages WMO301 --count 10 --out messages",
    short_help="Write synthetic messages.",
)
@click.option(
    "--release",
    type=click.Choice(["2.0", "2.1", "both"]),
    default="both",
    show_default=True,
    help="Release to write; both writes each message in both releases, with the same content.",
)
@messages_option()
@count_option(10, "How many of each type.")
@seed_option
@click.option(
    "--out", type=click.Path(path_type=Path), help="New or empty folder for the messages."
)
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    help="Print the coverage of the messages, per type.",
)
@click.option(
    "--defects",
    "with_defects",
    is_flag=True,
    help="Add messages with one named defect each, and a manifest of the expected findings.",
)
@click.option(
    "--mailbox",
    "as_mailbox",
    is_flag=True,
    help="Write a mailbox around the switch instead: --count exchanges, each answered.",
)
@click.option(
    "--faults",
    metavar="NAMES",
    default="none",
    show_default=True,
    help="Comma-separated faults for the mailbox, one of each, or all.",
)
@json_option
@guarded
def generate(
    release: str,
    messages: str,
    count: int,
    seed: int,
    out: Path | None,
    with_coverage: bool,
    with_defects: bool,
    as_mailbox: bool,
    faults: str,
    as_json: bool,
) -> None:
    """Write valid synthetic messages of every type, about people who do not exist.

    Each message is a file named TYPE-sSEED-nINDEX, with suffix .ei or .xml. With --coverage but
    without --out nothing is written; exit code 1 then means incomplete coverage.

    --defects adds to the folder `defects`, with a message for each defect that a type can have,
    `clean`, with the messages they were made from, `manifest.json` and `manifest.csv`.

    --mailbox writes the exchange of a small region in the months around the switch from 2.0 to 2.1
    to the folder `mailbox`, for `ikeur pairs`, and to `faults.csv` what is wrong in it.
    """
    chosen = catalogue().select(messages)
    if as_mailbox:
        if out is None or with_defects or with_coverage:
            do = "give --out DIR, and neither --defects nor --coverage"
            raise UsageError("USE-OUT", "a mailbox is written alone, to a folder", do=do)
        wanted = chosen_faults(faults)
        made = write_mailbox(new_folder(out), chosen, count, seed, wanted)
        say(f"{counted(made, 'file')} in {out}, with {counted(len(wanted), 'fault')}")
        return
    if out is None and (with_defects or not with_coverage):
        raise UsageError("USE-OUT", "no folder to write in", do="give --out DIR")
    folder = new_folder(out) if out else None
    coverages, written = [], 0
    for message in chosen:
        coverage = Coverage(message, release)
        for index in range(count):
            content = generate_content(message, seed, index, release)
            if with_coverage:
                coverage.add(content, index)
            if folder is None:
                continue
            for suffix, data in messages_of(message, content, release, index):
                write_new(folder / f"{message.name}-s{seed}-n{index:06}{suffix}", data)
                written += 1
        coverages.append(coverage)
    if with_coverage:
        _tell_coverage(coverages, as_json)
    if folder:
        say(f"{counted(written, 'message')} in {folder}")
    if folder and with_defects:
        releases = ("2.0", "2.1") if release == "both" else (release,)
        made, left = write_defects(folder, chosen, releases, seed)
        many = f"{counted(made, 'message')} with a defect in {folder}"
        say(f"{many}, {left} not made: see manifest.json")
    missed = with_coverage and any(coverage.missing() for coverage in coverages)
    raise SystemExit(RED if missed else PASS)
