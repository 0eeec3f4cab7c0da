"""The command group, which ends every command with one line and a defined exit code."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from harness.cli.shared.bug_report import tell_bug
from harness.cli.shared.output import PASS, RED, USAGE, replace_unsayable, say, told_error
from harness.crash_report import UnhandledErrors, traces_of
from schemas.errors import IkeurError

_INTERRUPTED = 130
_PIPE_CLOSED = 141
# New objects after which garbage is looked for: most of the first ones are modules, which stay.
_MOST_NEW = 10_000


class OneLineGroup(click.Group):
    """A group that prints usage errors on one line, and loads its commands on demand.

    `modules` maps each command to its module in this package.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the same in any
        """The names of the commands, in the order of the help."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command by its name."""
        if cmd_name not in self.modules:
            return None
        module = import_module(f"harness.cli.{self.modules[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def main(self, args: Sequence[str] | None = None, *more: Any, **kwargs: Any) -> Any:
        """Run a command, and end the process with its exit code whatever happens."""
        gc.set_threshold(_MOST_NEW)
        # The process ends, and nothing needs to be found that goes with it.
        atexit.register(gc.freeze)
        words = list(sys.argv[1:] if args is None else args)
        unhandled = UnhandledErrors()
        with unhandled.watched():
            try:
                code = self._ended(words, *more, **kwargs)
            # The last resort: an error that nothing else handles is reported here.
            except Exception as error:
                code = tell_bug(traces_of(error), words, self)
            if unhandled.found and code in (PASS, RED):
                code = tell_bug(unhandled.found, words, self)
        raise SystemExit(code)

    def _ended(self, words: Sequence[str], *more: Any, **kwargs: Any) -> int:
        """The exit code of a command that ended in an expected way."""
        kwargs["standalone_mode"] = False
        replace_unsayable()
        try:
            code = super().main(list(words), *more, **kwargs)
            sys.stdout.flush()
        except SystemExit as error:
            code = error.code
        except click.exceptions.Exit as error:
            code = error.exit_code
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            code = USAGE
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            advice = f"; see `{context.command_path} --help`" if context else ""
            say(f"ikeur: USE-OPTION: {error.format_message()}{advice}")
            code = USAGE
        except IkeurError as error:
            code = told_error(error)
        except (click.Abort, KeyboardInterrupt):
            say("ikeur: interrupted")
            code = _INTERRUPTED
        except BrokenPipeError:
            # The reader of our output has gone: print nothing more, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_CLOSED
        return code if isinstance(code, int) else PASS
