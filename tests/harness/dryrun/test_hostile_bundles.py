"""What is no bundle, or a bundle that is meant to harm, ends in one line and exit code 1."""

from __future__ import annotations

import json
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.dryrun import zip_layout as layout
from harness.dryrun.verify.bundle import check
from harness.dryrun.zip_layout import DEFLATED, Place
from tests.harness.dryrun.forge import members, rehashed
from tests.harness.dryrun.small import Door

_STRANGE: list[Any] = [None, -1, 1.5, 10**30, "", "x", "\ud800", [], [[]], {}, {"a": 1}, True]


def held(door: Door, path: Path) -> str:
    """The one line with which a file is turned down."""
    done = door("verify", path)
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert "is not valid" in line
    return line


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not a zip", b"PK\x03\x04" * 100, bytes(5000)],
)
def test_what_is_no_zip_is_turned_down(door: Door, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    assert held(door, path)


def zip_of(path: Path, items: list[tuple[str, bytes, int]]) -> Path:
    """A zip that is laid out as a bundle is, of files with a name, packed bytes and a size."""
    data, places = b"", []
    for name, packed, size in items:
        place = Place(name, DEFLATED, 0, len(packed), size, len(data))
        places.append(place)
        data += layout.local_header(place) + packed
    path.write_bytes(data + layout.ending(places, len(data)))
    return path


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "a/../../x", "a//b", "C:\\x", "a\0b", "", ".", "a" * 300]
)
def test_a_name_that_leads_elsewhere_is_turned_down(door: Door, tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path / "x.zip", [(name, b"\x03\x00", 0)])
    assert "BUNDLE-BYTES" in held(door, path)


def test_a_name_that_is_there_twice_is_turned_down(door: Door, tmp_path: Path) -> None:
    path = zip_of(tmp_path / "x.zip", [("a", b"\x03\x00", 0)] * 2)
    assert "BUNDLE-BYTES" in held(door, path)


def test_what_unpacks_to_more_than_it_says_is_not_unpacked(door: Door, tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    bomb = packer.compress(bytes(50_000_000)) + packer.flush()
    for size in (10, 2**32 - 1):
        path = zip_of(tmp_path / "x.zip", [("manifest.json", bomb, size)])
        assert "BUNDLE" in held(door, path)


def test_a_zip_of_a_program_is_turned_down(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("manifest.json", "{}")
    assert "BUNDLE-BYTES" in held(door, path)


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value at which another value can stand."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key
        if isinstance(value[key], (dict, list)) and value[key]:
            yield from places_in(value[key])


def changed(value: Any, chance: random.Random) -> Any:
    """A JSON value with something strange at one place, or with a key too many or too few."""
    holder, key = chance.choice(list(places_in(value)))
    if isinstance(holder, dict) and chance.random() < 0.3:
        holder.pop(key)
    elif isinstance(holder, dict) and chance.random() < 0.2:
        holder["more"] = 1
    else:
        holder[key] = chance.choice(_STRANGE)
    return value


def test_a_manifest_of_any_shape_ends_without_a_fright(red: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(30):

        def about(manifest: dict[str, Any]) -> None:
            changed(manifest["about"] if chance.random() < 0.7 else manifest, chance)

        check(rehashed(red, tmp_path / "x.zip", {}, about=about), None)


def lines_changed(data: bytes, chance: random.Random) -> bytes:
    """A file of JSON in lines with one of them changed, to another value or to none."""
    lines = data.split(b"\n")
    for _ in range(20):
        number = chance.randrange(len(lines))
        line = lines[number]
        end = b"," if line.endswith(b",") else b""
        try:
            told = json.loads(line.removesuffix(b","))
        except ValueError:
            continue
        if isinstance(told, (dict, list)) and told:
            lines[number] = json.dumps(changed(told, chance)).encode() + end
            break
    else:
        lines.pop(chance.randrange(len(lines)))
    return b"\n".join(lines)


@pytest.mark.parametrize("name", ["results.json", "answers/WMO305.jsonl"])
def test_contents_of_any_shape_do_not_stand_and_end_without_a_fright(
    red: Path, tmp_path: Path, name: str
) -> None:
    chance, data = random.Random(2), members(red)[name]
    for _ in range(20):
        other = lines_changed(data, chance)
        outcome = check(rehashed(red, tmp_path / "x.zip", {name: other}), None)
        assert outcome.stands == (other == data)


@pytest.mark.parametrize(
    "wild",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"[" * 100_000,
        lambda data: b"\xff" + data,
        lambda data: b'"' + data,
        lambda data: data + data,
        lambda data: b"",
    ],
)
def test_files_that_are_something_else_do_not_stand(
    red: Path, tmp_path: Path, wild: Callable[[bytes], bytes]
) -> None:
    for name in ("results.json", "verdicts.csv", "answers/WMO305.jsonl"):
        files: dict[str, bytes | None] = {name: wild(members(red)[name])}
        assert not check(rehashed(red, tmp_path / "x.zip", files), None).stands
