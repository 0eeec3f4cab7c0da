"""Tables and configurations that are damaged: an error of ours, never one of Python."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.configuration import ikeur_toml as config
from schemas.errors import TableError, UsageError
from schemas.facts import catalogue
from tests.schemas.tables_edit import OWN, Tables
from tests.timing import soon

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = sorted(str(path.relative_to(OWN)) for path in OWN.rglob("*.csv"))
CONFIG = b"""\
[sut]
name = "Voorbeeld-ECD"
version = "4.2.0"
messages = ["WMO301", "WMO305"]

[sut.convert]
command = ["./convert", "--from", "{from}", "{input}", "{output}"]
timeout_s = 10
"""


def _load(folder: Path) -> None:
    """Load tables, or get an error of ours."""
    with contextlib.suppress(TableError):
        catalogue.load(folder)


def _configured(path: Path) -> UsageError | None:
    try:
        config.load(path)
    except UsageError as error:
        return error
    return None


def test_a_table_with_random_bytes_in_it_is_an_error_of_ours(tmp_path: Path) -> None:
    chance = random.Random(1)
    tables = Tables(tmp_path)
    for name in chance.sample(NAMES, 12):
        path = tables.folder / name
        own = path.read_bytes()
        at = chance.randrange(len(own))
        path.write_bytes(own[:at] + chance.randbytes(20) + own[at:])
        _load(tables.folder)
        path.write_bytes(own)


@pytest.mark.parametrize("seed", range(2))
def test_a_table_that_was_cut_or_doubled_is_an_error_of_ours(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    tables = Tables(tmp_path)
    for name in chance.sample(NAMES, 8):
        path = tables.folder / name
        own = path.read_bytes()
        # Behind the first line, which names the columns.
        at = chance.randrange(own.index(b"\n") + 1, len(own))
        end = at + chance.randrange(1, 60)
        path.write_bytes(chance.choice([own[:at] + own[end:], own[:end] + own[at:]]))
        _load(tables.folder)
        path.write_bytes(own)


@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes_as_a_configuration_are_an_error_of_ours(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / config.NAME
    path.write_bytes(data)
    error = _configured(path)
    assert error is None or (error.code, error.where) == ("USE-CONFIG", str(path))


@QUICK
@given(seed=st.integers(0, 10_000))
def test_a_wounded_configuration_is_read_or_an_error_of_ours(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(CONFIG)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at : at + chance.randrange(1, 20)]
        elif kind == 2:
            data[at:at] = data[at : at + chance.randrange(1, 60)]
        else:
            data[at:at] = chance.choice([b"[", b'"', b"\n", b"=", b"1", b"{}", b"[[x]]", b"\xff"])
        data = data or bytearray(b" ")
    path = tmp_path / config.NAME
    path.write_bytes(bytes(data))
    error = _configured(path)
    assert error is None or error.where == str(path)


HOSTILE = {
    "nested arrays": b"a = " + b"[" * 100_000,
    "nested tables": b"a = " + b"{b=" * 100_000,
    "a number of five thousand digits": b"[sut.convert]\ntimeout_s = " + b"9" * 5_000,
    "a table of many parts": b"[" + b"a." * 120_000 + b"a]",
    "a key of many parts": b"a." * 120_000 + b"a = 1",
    "a key of many parts in a table": b"a = {" + b"a." * 120_000 + b"a = 1}",
    "a long number": b"a = " + b"9" * 900_000,
    "a float without end": b"[sut.convert]\ncommand = ['x']\ntimeout_s = inf",
    "a float that is none": b"[sut.convert]\ncommand = ['x']\ntimeout_s = nan",
    "a number that no float holds": b"[sut.convert]\ncommand = ['x']\ntimeout_s = 1" + b"0" * 400,
    "two million bytes": b"#" * 2_000_000,
    "a quote that does not end in a command": b"[sut.convert]\ncommand = \"x 'y\"",
    "an empty command": b"[sut.convert]\ncommand = ''",
}  # fmt: skip


def refusal_of(path: Path) -> UsageError:
    with pytest.raises(UsageError) as error:
        config.load(path)
    return error.value


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_configuration_is_refused_by_its_name(tmp_path: Path, what: str) -> None:
    path = tmp_path / config.NAME
    path.write_bytes(HOSTILE[what])
    assert str(path) in str(soon(refusal_of, path))


def test_a_configuration_that_is_a_folder_or_missing_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(UsageError) as error:
            config.load(path)
        assert error.value.where == str(path)
