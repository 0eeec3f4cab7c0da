"""Reports an unexpected error at the end of a command."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click

from harness.cli.shared.output import BROKEN, language_of, told_error
from harness.crash_report import ErrorTrace
from schemas.errors import RunBroken

CODE = "RUN-UNFORESEEN"


def tell_bug(
    traces: Sequence[ErrorTrace],
    words: Sequence[str],
    commands: click.Group,
    *,
    as_json: bool = False,
) -> int:
    """Print one line about the error and the path of its report; returns the exit code.

    `words` is the command line; the report names only its command and options. The error goes to
    stdout `as_json` too.
    """
    with contextlib.suppress(Exception):
        at = next((f" at {item.calls[-1]}" for item in traces if item.calls), "")
        error = traces[0].error if traces else "?"
        what = f"something happened that ikeur did not foresee: {error}{at}"
        advice = _advice(traces, words, commands)
        broken = RunBroken(CODE, what, do=advice)
        return told_error(broken, lang=language_of(words), as_json=as_json)
    return BROKEN


def _advice(traces: Sequence[ErrorTrace], words: Sequence[str], commands: click.Group) -> str:
    try:
        path = _written(_report(traces, words, commands))
    # The line must appear whatever is wrong with the machine.
    except Exception:
        return "no report of it could be written; see `ikeur explain " + CODE + "`"
    return f"send {path}, which holds nothing of your messages, to the makers of ikeur"


def _report(
    traces: Sequence[ErrorTrace], words: Sequence[str], commands: click.Group
) -> dict[str, object]:
    # A command without a bug does without these, which take longer to load than many commands run.
    import platform

    from harness.version import version

    command, options = _named(words, commands)
    return {
        "code": CODE,
        "ikeur": version(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "command": command,
        "options": options,
        "errors": [asdict(item) for item in traces],
    }


def _named(words: Sequence[str], commands: click.Group) -> tuple[str, list[str]]:
    """The names of the command and its options, without any values."""
    context = click.Context(commands, info_name="ikeur")
    names = commands.list_commands(context)
    command = next((word for word in words if word in names), "")
    known: set[str] = {"--help", "-h"}
    # The module of the command may itself be broken.
    with contextlib.suppress(Exception):
        found = commands.get_command(context, command)
        known |= {name for item in (found.params if found else ()) for name in _names(item)}
    return command, sorted({name for word in words for name in _options(word) if name in known})


def _names(parameter: click.Parameter) -> Iterable[str]:
    return (*parameter.opts, *parameter.secondary_opts)


def _options(word: str) -> tuple[str, ...]:
    """The part of a word that may be the name of an option."""
    if word.startswith("--"):
        return (word.partition("=")[0],)
    return (word[:2],) if word.startswith("-") else ()


def _written(report: dict[str, object]) -> str:
    """Write the report to a new temporary file; returns its path."""
    import json
    import tempfile

    handle, path = tempfile.mkstemp(prefix="ikeur-report-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2)
        file.write("\n")
    return path
