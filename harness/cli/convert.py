"""`ikeur convert`: the reference converter."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.options import file_to_output
from harness.cli.shared.output import guarded, read_input, write_output
from harness.reference import converter as reference
from schemas.releases.detect import release_of


@click.command(
    epilog="Example:  ikeur convert WMO301.ei -o WMO301.xml", short_help="Convert a message."
)
@file_to_output
@click.option("--from", "source", type=click.Choice(["2.0", "2.1"]), help="Release of FILE.")
@click.option("--to", "target", type=click.Choice(["2.0", "2.1"]), help="Release to convert to.")
@guarded
def convert(file: Path, output: Path, source: str | None, target: str | None) -> None:
    """Convert FILE (- is stdin) from release 2.0 to 2.1 or from 2.1 to 2.0.

    Exit codes are those of a system under test. 0: converted. 3: refused, with the reason on stderr
    and no output.
    """
    data = read_input(file)
    source = source or ({"2.0": "2.1", "2.1": "2.0"}[target] if target else release_of(data))
    target = target or ("2.1" if source == "2.0" else "2.0")
    write_output(output, reference.convert(data, source, target))
