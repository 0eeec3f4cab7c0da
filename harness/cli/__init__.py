"""The command line of ikeur."""

from __future__ import annotations

import click

from harness.cli.bench import bench
from harness.cli.case import case
from harness.cli.compare import compare
from harness.cli.convert import convert
from harness.cli.facts import explain, messages, sources
from harness.cli.generate import generate
from harness.cli.group import OneLineGroup
from harness.cli.respond import respond
from harness.cli.run import run
from harness.cli.smoke import smoke
from harness.cli.validate import validate
from harness.version import version


@click.group(
    cls=OneLineGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version(), prog_name="ikeur")
def main() -> None:
    """Test software that exchanges iWmo and iJw messages, at the switch from 2.0 to 2.1.

    Exit codes: 0 all conform, 1 at least one blocking finding, 2 wrong use or configuration,
    3 the run could not be completed (`convert`, `respond`: refused, with the reason on stderr).
    """


for command in (
    run, smoke, bench, generate, validate, convert, respond, compare, case,
    explain, messages, sources,
):  # fmt: skip
    main.add_command(command)
