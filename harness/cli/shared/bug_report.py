"""The last word of a command in which something happened that was not foreseen."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict

import click

from harness.cli.shared.output import BROKEN, say
from harness.crash_report import ErrorTrace
from harness.version import version

CODE = "RUN-UNFORESEEN"


def tell_bug(traces: Sequence[ErrorTrace], words: Sequence[str], commands: click.Group) -> int:
    """Say in one line that it happened and where the report of it is; the exit code.

    `words` is the command line, of which the report names the command and the options alone.
    """
    with contextlib.suppress(Exception):
        at = next((f" at {item.calls[-1]}" for item in traces if item.calls), "")
        error = traces[0].error if traces else "?"
        say(
            f"ikeur: {CODE}: something happened that ikeur did not foresee: {error}{at};"
            f" {_advice(traces, words, commands)}"
        )
    return BROKEN


def _advice(traces: Sequence[ErrorTrace], words: Sequence[str], commands: click.Group) -> str:
    try:
        path = _written(_report(traces, words, commands))
    # Whatever is wrong with the machine, the line comes.
    except Exception:
        return "no report of it could be written; see `ikeur explain " + CODE + "`"
    return f"send {path}, which holds nothing of your messages, to the makers of ikeur"


def _report(
    traces: Sequence[ErrorTrace], words: Sequence[str], commands: click.Group
) -> dict[str, object]:
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
    """The command and the options that are named, without anything that was given with them."""
    context = click.Context(commands, info_name="ikeur")
    names = commands.list_commands(context)
    command = next((word for word in words if word in names), "")
    known: set[str] = {"--help", "-h"}
    # The module of the command may be what is broken.
    with contextlib.suppress(Exception):
        found = commands.get_command(context, command)
        known |= {name for item in (found.params if found else ()) for name in _names(item)}
    return command, sorted({name for word in words for name in _options(word) if name in known})


def _names(parameter: click.Parameter) -> Iterable[str]:
    return (*parameter.opts, *parameter.secondary_opts)


def _options(word: str) -> tuple[str, ...]:
    """What may be the name of an option in a word of the command line."""
    if word.startswith("--"):
        return (word.partition("=")[0],)
    return (word[:2],) if word.startswith("-") else ()


def _written(report: dict[str, object]) -> str:
    """The path of a new file with the report, in the folder for temporary files."""
    handle, path = tempfile.mkstemp(prefix="ikeur-report-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(report, file, indent=2)
        file.write("\n")
    return path
