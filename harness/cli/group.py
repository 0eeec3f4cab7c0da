"""The command group: wrong use of any option ends in one line and exit code 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from harness.cli.output import USAGE, replace_unsayable, say

_INTERRUPTED = 130
_PIPE_CLOSED = 141


class OneLineGroup(click.Group):
    """A group whose usage errors take one line, and whose commands are loaded when they are used.

    `modules` names the module in this package of each command.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the same in any
        """The names of the commands, in the order of the help."""
        return list(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by its name, which loads what it needs."""
        if cmd_name not in self.modules:
            return None
        module = import_module(f"harness.cli.{self.modules[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; ends the process with its exit code."""
        kwargs["standalone_mode"] = False
        replace_unsayable()
        try:
            code = super().main(*args, **kwargs)
            sys.stdout.flush()
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
        except (click.Abort, KeyboardInterrupt):
            say("ikeur: interrupted")
            code = _INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has gone: nothing is left to say, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = _PIPE_CLOSED
        raise SystemExit(code if isinstance(code, int) else 0)
