"""`ikeur compare`: compares the content of two messages."""

from __future__ import annotations

from pathlib import Path

import click

from harness.cli.shared.compare_messages import Comparison, compare_messages
from harness.cli.shared.options import existing, json_option
from harness.cli.shared.output import PASS, RED, counted, guarded, read_input, say, tell, tell_json
from reports.shared.visible import excerpt


def _tell(comparison: Comparison) -> None:
    for item in (*comparison.differences, *comparison.by_mapping):
        first, second = excerpt(item["expected"], item["actual"])
        tell(f"{item['code']} {item['where']}: A {first!r}, B {second!r}")


@click.command(
    epilog="Example:  ikeur compare WMO301.ei WMO301.xml",
    short_help="Compare two messages.",
)
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@json_option
@guarded
def compare(a: Path, b: Path, as_json: bool) -> None:
    """Compare the content of messages A and B, of the same release or across releases.

    Across releases, values that the mapping drops or cuts are listed, but are not differences.
    Exit code 0: same content. 1: different content.
    """
    first, second = (read_input(existing(path)) for path in (a, b))
    comparison = compare_messages(first, second, str(a), str(b))
    if as_json:
        tell_json(comparison.to_json())
    else:
        _tell(comparison)
    kept = f"{comparison.message}: {counted(comparison.kept, 'value')} the same"
    different = counted(len(comparison.differences), "difference")
    say(f"{kept}, {different}, {len(comparison.by_mapping)} by mapping")
    raise SystemExit(RED if comparison.differences else PASS)
