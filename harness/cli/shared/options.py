"""Options that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schemas.errors import UsageError

if TYPE_CHECKING:
    from schemas.xml.validators import SchemaSet

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_MOST_COUNT = 100_000_000
MOST_WORKERS = 256


def grades(_: click.Context, __: click.Parameter, value: str) -> str:
    """Parse a set of the letters A to D."""
    letters = value.upper()
    if not letters or not set(letters) <= set("ABCD"):
        raise click.BadParameter("give some of the letters A, B, C and D")
    return "".join(sorted(set(letters)))


def finite(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """Parse a finite number."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("give a number of seconds")
    return value


def messages_option(default: str = "all") -> Decorator:
    """The option for message types."""
    return click.option(
        "--messages",
        default=default,
        show_default=True,
        metavar="TYPES",
        help="Comma-separated message types, or all.",
    )


def count_option(default: int, text: str) -> Decorator:
    """The option for a number of messages."""
    return click.option(
        "--count",
        type=click.IntRange(1, _MOST_COUNT),
        default=default,
        show_default=True,
        help=text,
    )


workers_option: Decorator = click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    help="Number of worker processes; each starts its own instance of the software.  [default: 1; "
    "one for each processor if the software is a --command]",
)
seed_option: Decorator = click.option(
    "--seed",
    type=click.IntRange(-(10**18) + 1, 10**18 - 1),
    default=1,
    show_default=True,
    help="Random seed; the same seed and version give the same bytes on any machine.",
)
block_on_option: Decorator = click.option(
    "--block-on",
    default="ABC",
    show_default=True,
    callback=grades,
    metavar="GRADES",
    help="Evidence grades whose findings fail the run; other findings are advisory.",
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
lang_option: Decorator = click.option(
    "--lang",
    type=click.Choice(["en", "nl"]),
    default="en",
    show_default=True,
    help="Language of the texts: English or Dutch.",
)
spec_pack_option: Decorator = click.option(
    "--spec-pack",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of official XSDs to use instead of the project's own (grade A).",
)


def file_to_output(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments of a command with one message in and one out, by default stdin and stdout."""
    output = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=Path("-"),
        help="Output file; - is stdout. An existing file is not overwritten.",
    )
    return click.argument("file", type=click.Path(path_type=Path), default=Path("-"))(
        output(command)
    )


def schema_set(spec_pack: Path | None) -> SchemaSet:
    """The XSDs to validate with."""
    from schemas.xml.validators import own, with_spec_pack

    return with_spec_pack(spec_pack) if spec_pack else own()


def existing(path: Path) -> Path:
    """An existing file or folder, or `-`; raises UsageError for anything else."""
    if str(path) == "-" or path.is_file() or path.is_dir():
        return path
    if path.exists():
        do = "name a file, or - for what comes on stdin"
        raise UsageError("USE-FILE", "not a regular file", str(path), do)
    raise UsageError("USE-FILE", "no such file or folder", str(path), "check the name")
