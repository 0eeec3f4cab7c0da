"""The options for reaching the software."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from harness.cli.shared.options import Decorator, finite
from harness.cli.shared.output import say, told_error
from harness.configuration.ikeur_toml import LABEL, NAME, NO_LABEL, SutConfig, is_label, load
from harness.configuration.software import SutOptions, given_way, tested
from harness.sut.files import scratch
from harness.sut.registry import WAYS
from reports.shared.texts import texts
from reports.shared.wording import some
from schemas.errors import IkeurError


def _label(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Validate a name that reports can show."""
    if value is not None and not is_label(value):
        raise click.BadParameter(f"it {NO_LABEL}; write it {LABEL}")
    return value


_OPTIONS = (
    *(click.option(f"--{way.name}", metavar=way.metavar, help=way.help) for way in WAYS.values()),
    click.option("--python-exe", metavar="PATH", help="Interpreter for --python."),
    click.option("--reference", is_flag=True, help="Test the software that comes with ikeur."),
    click.option("--name", callback=_label, help="Name of the software in the reports."),
    click.option(
        "--timeout",
        type=click.FloatRange(0, 86_400, min_open=True),
        callback=finite,
        help="Timeout per message, in seconds.  [default: 10]",
    ),
)
_NAMES = tuple(item.name for item in fields(SutOptions) if item.name != "ways")


config_option: Decorator = click.option(
    "--config", type=click.Path(path_type=Path), help=f"Configuration file.  [default: {NAME}]"
)


def sut_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, as the arguments `sut` and `config`."""

    @wraps(function)
    def wrapped(**values: Any) -> Any:
        given = {name: values.pop(name) for name in WAYS}
        ways = {name: value for name, value in given.items() if value is not None}
        options = SutOptions(ways, **{name: values.pop(name) for name in _NAMES})
        try:
            return function(sut=options, **values)
        finally:
            _tell_left(values["lang"])

    decorated = config_option(wrapped)
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _tell_left(lang: str) -> None:
    """Print on one line what the software left behind that could not be removed."""
    if found := [f"{path} ({why})" if why else path for path, why in scratch.take_left().items()]:
        what = f"could not be removed: {some(found)}"
        told_error(IkeurError("RUN-LEFT", what, do="remove it by hand"), lang=lang)


def as_given(options: SutOptions, config: Path | None) -> list[str]:
    """The options for reaching the software, quoted for a shell."""
    others = {name: getattr(options, name) for name in _NAMES}
    given: dict[str, object] = {**options.ways, **others, "config": config}
    words = []
    for name, value in given.items():
        if value is True:
            words.append(f"--{name}")
        elif value:
            words.append(f"--{name.replace('_', '-')} {shlex.quote(str(value))}")
    return words


def configuration(path: Path | None) -> SutConfig:
    """The named configuration, or that of the folder, or an empty one."""
    if path is not None:
        return load(path)
    return load(Path(NAME)) if os.path.lexists(NAME) else SutConfig()


def software(options: SutOptions, path: Path | None, lang: str) -> SutConfig:
    """The part of the configuration that applies to the tested software.

    Raises UsageError for contradictory options.
    """
    given_way(options)
    known = configuration(path)
    if options.reference and known.describes_software:
        say(f"ikeur: --reference: {texts(lang)('reference.only', file=known.path)}")
    return tested(options, known)
