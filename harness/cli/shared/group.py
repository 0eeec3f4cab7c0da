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
from harness.cli.shared.output import (
    PASS,
    RED,
    USAGE,
    language_of,
    replace_unsayable,
    say,
    told_error,
)
from harness.crash_report import UnhandledErrors, traces_of
from schemas.errors import IkeurError, UsageError, did_you_mean

_FIRST_STEPS = """\
ikeur tests software that exchanges iWmo and iJw messages, at the switch from release 2.0 to 2.1.

See what a run and its reports look like, with the software that comes with ikeur:
  ikeur run --reference --quick --count 2

Test your own converter: first that ikeur can reach it, then what it converts.
  ikeur smoke --command './convert --from {from} --to {to} {input} {output}'
  ikeur run --command './convert --from {from} --to {to} {input} {output}'

Software that is described in ikeur.toml needs no options:  ikeur smoke, ikeur run
All commands:  ikeur --help
"""
_JSON = "--json"
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

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a command line; an unknown name is told with those like it."""
        name = args[0]
        if name not in self.modules and not name.startswith("-"):
            do = f"{did_you_mean(name, self.modules)}see `ikeur --help`"
            raise UsageError("USE-OPTION", f"no such command {name!r}", do=do)
        return super().resolve_command(ctx, args)

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
                code = tell_bug(traces_of(error), words, self, as_json=_JSON in words)
            if unhandled.found and code in (PASS, RED):
                code = tell_bug(unhandled.found, words, self)
        raise SystemExit(code)

    def _ended(self, words: Sequence[str], *more: Any, **kwargs: Any) -> int:
        """The exit code of a command that ended in an expected way."""
        kwargs["standalone_mode"] = False
        replace_unsayable()
        try:
            code = self._told(words, *more, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader of our output has gone: print nothing more, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_CLOSED
        return code if isinstance(code, int) else PASS

    def _told(self, words: Sequence[str], *more: Any, **kwargs: Any) -> Any:
        """What a command ended with, after printing its error."""
        as_json, lang = _JSON in words, language_of(words)
        try:
            return super().main(list(words), *more, **kwargs)
        except SystemExit as error:
            return error.code
        except click.exceptions.Exit as error:
            return error.exit_code
        except click.exceptions.NoArgsIsHelpError:
            click.echo(_FIRST_STEPS, err=True, nl=False)
            return USAGE
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            do = f"see `{context.command_path} --help`" if context else ""
            wrong = UsageError("USE-OPTION", error.format_message().removesuffix("."), do=do)
            return told_error(wrong, lang=lang, as_json=as_json)
        except IkeurError as error:
            return told_error(error, lang=lang, as_json=as_json)
        except (click.Abort, KeyboardInterrupt):
            # Every command starts with this module.
            from reports.shared.texts import texts

            say(f"ikeur: {texts(lang)('interrupted')}")
            return _INTERRUPTED
