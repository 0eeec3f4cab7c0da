"""Selects the software to test from options and configuration."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.configuration.ikeur_toml import NAME, SutConfig, WayConfig
from harness.sut.protocol import CONVERT, OPERATIONS
from harness.sut.registry import WAYS
from schemas.errors import UsageError


@dataclass(frozen=True)
class SutOptions:
    """How the command line reaches the software; `timeout` is in seconds.

    `ways` has the values of the options that name a way, by its name.
    """

    ways: Mapping[str, str] = field(default_factory=dict)
    python_exe: str | None = None
    name: str | None = None
    timeout: float | None = None
    reference: bool = False


def given_way(options: SutOptions) -> WayConfig | None:
    """The way on the command line; None if it names none, or --reference."""
    names = list(options.ways)
    if options.reference:
        # The software that comes with ikeur has a fixed name.
        names = ["reference", *names, *(["name"] if options.name is not None else [])]
    if len(names) > 1:
        what = f"{' and '.join(f'--{name}' for name in names)} at once"
        raise UsageError("USE-SUT", what, do="give one of them")
    for name, value in options.ways.items():
        return WayConfig(name, WAYS[name].words(value, f"--{name}"))
    return None


def tested(options: SutOptions, config: SutConfig) -> SutConfig:
    """The part of a configuration that applies to the tested software.

    The reference is not the configured software: it takes only the moved deadlines, and the
    deviations if the configuration describes no other software.
    """
    if not options.reference:
        return config
    return SutConfig(
        deviations=() if config.describes_software else config.deviations,
        overrides=config.overrides,
        overrides_path=config.overrides_path,
        path=config.path,
    )


def way_of(options: SutOptions, config: SutConfig, operation: str) -> WayConfig:
    """How the software is reached for an operation; empty for the reference."""
    given = given_way(options) if operation == CONVERT else None
    return given or config.ways.get(operation, WayConfig())


def interpreter_of(options: SutOptions, way: WayConfig) -> str:
    """The Python that runs the functions of a way."""
    return options.python_exe or way.python_exe or sys.executable


def folder_of(options: SutOptions, config: SutConfig, operation: str) -> Path | None:
    """The folder of software for an operation; None for the current one.

    What the configuration describes stands beside it; words of the command line do not.
    """
    given = given_way(options) if operation == CONVERT else None
    return None if given or config.path is None else config.path.parent


def no_software(config: SutConfig, *operations: str) -> UsageError:
    """The error for missing software."""
    tables = ", ".join(f"[sut.{operation}]" for operation in operations)
    what, where = f"no software to test: no option names it, and no {tables}", str(config.path)
    if config.path is None:
        what, where = f"no software to test: no option names it, and there is no {NAME}", ""
    ways = ", ".join(f"--{way}" for way in WAYS)
    do = f"name it by {ways} or in {NAME}; --reference tests the software that comes with ikeur"
    return UsageError("USE-SUT", what, where, do)


def python_missing(interpreter: str) -> UsageError:
    """The error for an interpreter without a function to run."""
    functions = [f"--{way.name}" for way in WAYS.values() if way.takes_interpreter]
    what = f"--python-exe without {' or '.join(functions)}"
    return UsageError("USE-PYTHON", what, interpreter, "name the function")


def operations(options: SutOptions, config: SutConfig) -> tuple[str, ...]:
    """The operations that the software claims; the command line claims `convert`.

    The reference claims them all.
    """
    known = set(config.ways) | ({CONVERT} if given_way(options) else set())
    return tuple(name for name in OPERATIONS if options.reference or name in known)
