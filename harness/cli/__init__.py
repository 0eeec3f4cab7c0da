"""The command line of ikeur."""

from __future__ import annotations

import click

from harness.cli.shared.group import OneLineGroup
from harness.cli.shared.output import tell

# The commands in the order of the help, with their modules.
_COMMANDS = {
    "run": "run",
    "smoke": "smoke",
    "bench": "bench",
    "generate": "generate",
    "validate": "validate",
    "convert": "convert",
    "respond": "respond",
    "compare": "compare",
    "case": "case",
    "cases": "cases",
    "report": "report",
    "diff": "diff",
    "pairs": "pairs",
    "dryrun": "dryrun",
    "verify": "verify",
    "explain": "explain",
    "layout": "layout",
    "messages": "facts",
    "sources": "facts",
}


def _tell_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        # No command needs the metadata of the package, which is slow to read.
        from harness.version import version

        tell(f"ikeur, version {version()}")
        context.exit()


@click.group(
    cls=OneLineGroup,
    modules=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_tell_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Test software that exchanges iWmo and iJw messages, at the switch from 2.0 to 2.1.

    Exit codes: 0 all conform, 1 at least one blocking finding, 2 wrong use or configuration,
    3 the run could not be completed, or nothing was tested (`convert`, `respond`: refused, with the
    reason on stderr).
    """
