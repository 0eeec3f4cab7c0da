"""The consoles of commands: stdout for results, stderr for plans and progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import Progress, ProgressColumn
from rich.segment import Segment

from harness.cli.shared.output import whole_line

# In a file or a pipe, as wide as the matrix needs.
_WIDTH = 100


class _Plain(Console):
    """A console on which every character of a text can be seen, and none does anything else."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """What is shown; ends of lines are those of the layout, as texts come on one line."""
        for text, style, control in super().render(renderable, options):
            lines = text if control else "\n".join(map(whole_line, text.split("\n")))
            yield Segment(lines, style, control)


def _console(file: TextIO) -> Console:
    return _Plain(file=file, width=None if file.isatty() else _WIDTH)


def for_results() -> Console:
    """A console for what a command found."""
    return _console(sys.stdout)


def for_messages() -> Console:
    """A console for all else."""
    return _console(sys.stderr)


def progress(console: Console, *columns: str | ProgressColumn) -> Progress:
    """How far a command is, which shows on a terminal only."""
    return Progress(*columns, console=console, disable=not console.file.isatty(), transient=True)
