"""`ikeur respond`: the reference responder."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.options import file_to_output
from harness.cli.shared.output import guarded, read_input, write_output
from harness.reference import converter as reference
from schemas.releases.detect import release_of


@click.command(
    epilog="Example:  ikeur respond WMO305.xml -o WMO306.xml",
    short_help="Write the return message to a message.",
)
@file_to_output
@click.option("--release", type=click.Choice(["2.0", "2.1"]), help="Release of FILE.")
@guarded
def respond(file: Path, output: Path, release: str | None) -> None:
    """Write the return message to FILE (- is stdin), in the same release.

    It has the return codes of the business rules that the message breaks by itself. Exit codes are
    those of a system under test. 0: answered. 3: refused, with the reason on stderr and no output.
    """
    data = read_input(file)
    source = release or release_of(data)
    write_output(output, reference.respond(data, source, source))
