"""Connects to the system under test that options and configuration describe."""

from __future__ import annotations

import sys

from harness.configuration.ikeur_toml import SutConfig, WayConfig
from harness.configuration.software import (
    SutOptions,
    folder_of,
    given_way,
    interpreter_of,
    no_software,
    operations,
    python_missing,
    way_of,
)
from harness.sut import python
from harness.sut.by_operation import SutByOperation
from harness.sut.protocol import CONVERT, GATE, OPERATIONS, RESPOND, Sut
from harness.sut.registry import WAYS
from harness.sut.way import SutSpec
from harness.version import version

__all__ = ["SutOptions", "operations", "reach", "reach_all", "reach_each", "way_of"]

# The software that comes with ikeur, which --reference tests.
_REFERENCE = {
    CONVERT: "harness.reference:convert",
    RESPOND: "harness.reference:respond",
    GATE: "harness.reference.gate:gate",
}
_REFERENCE_BY_FILE = "harness.reference.gate:gate_by"
_REFERENCE_NAME = "ikeur reference converter"
_DEFAULT_TIMEOUT = 10.0


def reach(options: SutOptions, config: SutConfig, operation: str = CONVERT) -> Sut:
    """The system under test for an operation; the command line overrides the configuration.

    Raises UsageError if the way is ambiguous or the program does not exist.
    """
    given, known = given_way(options), config.ways.get(operation, WayConfig())
    if options.reference:
        return _reference(options, config, operation)
    if options.python_exe and not any(way and way.takes_interpreter for way in (given, known)):
        raise python_missing(options.python_exe)
    way = given or known
    timeout = options.timeout or known.timeout or _DEFAULT_TIMEOUT
    name = options.name or config.name
    if not way.way:
        raise no_software(config, operation)
    interpreter = interpreter_of(options, known)
    folder = folder_of(options, config, operation)
    spec = SutSpec(way.words, name or way.words[0], config.version, timeout, interpreter, folder)
    return WAYS[way.way].reach(spec)


def _reference(options: SutOptions, config: SutConfig, operation: str) -> Sut:
    """The software that comes with ikeur, under its own name and version."""
    if options.python_exe:
        raise python_missing(options.python_exe)
    target, agreed = [_REFERENCE[operation]], config.overrides_path
    if operation == GATE and agreed:
        target = [_REFERENCE_BY_FILE, str(agreed)]
    timeout = options.timeout or _DEFAULT_TIMEOUT
    spec = SutSpec(tuple(target), _REFERENCE_NAME, version(), timeout, sys.executable)
    return python.running(spec)


def reach_each(options: SutOptions, config: SutConfig) -> dict[str, Sut]:
    """The system under test for each operation that it claims.

    Raises UsageError as `reach` does, and if no operation is claimed.
    """
    claimed = operations(options, config)
    if not claimed:
        own = options.python_exe
        raise python_missing(own) if own else no_software(config, *OPERATIONS)
    # The way on the command line is for converting; the rest applies to all operations.
    other = SutOptions(name=options.name, timeout=options.timeout, reference=options.reference)
    return {
        operation: reach(options if operation == CONVERT else other, config, operation)
        for operation in claimed
    }


def reach_all(options: SutOptions, config: SutConfig) -> Sut:
    """The system under test for all operations that it claims; raises UsageError likewise."""
    found = reach_each(options, config)
    return SutByOperation(found) if len(found) > 1 else next(iter(found.values()))
