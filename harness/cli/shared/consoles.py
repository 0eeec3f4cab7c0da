"""The consoles of commands: stdout for results, stderr for plans and progress."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import Progress, ProgressColumn
from rich.segment import Segment

from harness.cli.shared.output import whole_line

# The width in a file or pipe, which fits the matrix.
_WIDTH = 100


class _Plain(Console):
    """A console that shows every character, and on which none has an effect."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Make the text visible; newlines come from the layout only."""
        for text, style, control in super().render(renderable, options):
            lines = text if control else "\n".join(map(whole_line, text.split("\n")))
            yield Segment(lines, style, control)

    def on_broken_pipe(self) -> None:
        """Leave the exit code to the command group: rich would end the process with 1."""
        raise BrokenPipeError


def _console(file: TextIO) -> Console:
    return _Plain(file=file, width=None if file.isatty() else _WIDTH)


def for_results() -> Console:
    """The console for results."""
    return _console(sys.stdout)


def for_messages() -> Console:
    """The console for everything else."""
    return _console(sys.stderr)


def progress(console: Console, *columns: str | ProgressColumn) -> Progress:
    """A progress display, visible on a terminal only."""
    return Progress(*columns, console=console, disable=not console.file.isatty(), transient=True)
