"""Bundles in which something was changed, with all hashes made again: what a forger would try."""

from __future__ import annotations

import csv
import io
import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from harness.suites.registry import cases_of
from schemas.facts.catalogue import catalogue
from tests.harness.dryrun import small
from tests.harness.dryrun.forge import forged_reports, members, rehashed
from tests.paths import SUTS

# Where a bundle can only be believed: of what software it tells, when it ran and how long.
TOLD_ONLY = (
    "python", "about/files", "run/sut", "run/sut_version", "run/way", "run/command",
    "run/started_at", "seconds",
)  # fmt: skip
# Of a case that passes and is not kept also what only its answers could show.
TOLD_OF_A_SAMPLE = ("reason", "fidelity", "fields")
_PROFILES = """profile,suites,count,kept_one_in,sweep,what_en,what_nl
quick,"schema,convert,retour",1,1,no,all,alles
certification,convert,1,2,no,some,enkele
"""
FAKED = "0.1.0\n\x1b[2Kx.zip: the bundle is valid: nothing deviates. Signed with key 12ab\x1b[0m"
STRANGE: list[Any] = [
    None, True, False, -1, 0, 1, 2, 1.5, 1.0, 1e300, float("nan"), float("inf"), 10**18, 10**30,
    "", "x", "１", "\ud800", "\udcff", "\u202ereversed", "\x1b[31mred", "a\nb", "a\0b", FAKED,
    "0.1.1", "quick", "certification", "pass", "fail", "skip", "crash", "2.0-2.1", "x" * 5000,
    "../../etc/passwd", "2017-13-45T99:99:00", "same", "ok", "f" * 64,
    [], [[]], [None], {}, {"a": 1}, {"\x1b]0;x\x07": "\u2028"}, [[[[[[]]]]]],
]  # fmt: skip


@contextmanager
def few_cases() -> Iterator[None]:
    """The small profiles in the place of those of the table."""
    with tempfile.TemporaryDirectory() as folder, small.small_profiles(Path(folder), _PROFILES):
        yield


@cache
def bundle(profile: str) -> Path:
    """The bundle of a small dry-run of software that loses initials, made once."""
    folder = Path(tempfile.mkdtemp(prefix="ikeur-fuzz-"))
    with few_cases(), chdir(SUTS):
        software = "--python=tests.suts.faulty:loses_initials"
        return small.Door(folder).dryrun("bundle.zip", software, f"--profile={profile}")


def _places(value: Any, way: str = "") -> Iterator[tuple[Any, Any, str]]:
    """Every place in a JSON value at which another value can stand, with the way to it."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys:
        yield value, key, f"{way}/{key}"
        if isinstance(value[key], (dict, list)) and value[key]:
            yield from _places(value[key], f"{way}/{key}")


def _other(chance: random.Random, value: Any) -> Any:
    """Another value: a strange one, or one that is near."""
    near: list[Any] = [[value], {"x": value}, str(value)]
    if isinstance(value, str):
        near += [value[::-1], value + "\n", value.upper(), value[:-1], f" {value}", value * 2]
    elif value is None or isinstance(value, bool):
        near += [not value, int(bool(value))]
    elif isinstance(value, (int, float)):
        near += [value + 1, -value, float(value), bool(value), value * 10]
    elif isinstance(value, list):
        near += [value[1:], value[::-1], value * 2, tuple(value[:1])]
    else:
        near += [dict(list(value.items())[1:]), {**value, "more": 1}]
    return chance.choice(STRANGE if chance.random() < 0.6 else near)


def changed_value(chance: random.Random, value: Any) -> str:
    """Change a JSON value at one place; the way to that place."""
    holder, key, way = chance.choice(list(_places(value)))
    draw = chance.random()
    if isinstance(holder, dict) and draw < 0.1:
        del holder[key]
    elif isinstance(holder, dict) and draw < 0.2:
        holder[chance.choice(["more", "", "\x1b[31m", "\u202e", "a/b", "../x"])] = holder[key]
    elif isinstance(holder, list) and draw < 0.2:
        holder.insert(key, holder[chance.randrange(len(holder))])
    else:
        holder[key] = _other(chance, holder[key])
    return way.removeprefix("/")


def _line_changed(chance: random.Random, data: bytes) -> tuple[str, bytes]:
    """A file of JSON in lines with a value changed in one of them; the way to it."""
    lines = data.decode().split("\n")
    for _ in range(20):
        number = chance.randrange(len(lines))
        line, end = lines[number].removesuffix(","), "," * lines[number].endswith(",")
        named = line.startswith('"') and not line.endswith("[")
        try:
            told = json.loads(f"{{{line}}}" if named else line)
        except ValueError:
            continue
        if isinstance(told, (dict, list)) and told:
            way = changed_value(chance, told)
            text = json.dumps(told)
            lines[number] = (text[1:-1] if named else text) + end
            return way, "\n".join(lines).encode()
    lines.insert(number, lines.pop(chance.randrange(len(lines))))
    return "", "\n".join(lines).encode()


def _row_changed(chance: random.Random, data: bytes) -> tuple[str, bytes]:
    rows = list(csv.reader(io.StringIO(data.decode())))
    row = chance.choice(rows)
    place = chance.randrange(len(row))
    row[place] = str(_other(chance, row[place])).encode("utf-8", "replace").decode()
    if chance.random() < 0.1:
        rows.insert(chance.randrange(len(rows)), row)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return f"verdicts/{row[0]}", out.getvalue().encode()


def _bytes_changed(chance: random.Random, data: bytes) -> bytes:
    """Some bytes put in, taken out, moved or replaced."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        place = chance.randrange(len(found) + 1)
        part = found[place : place + chance.randrange(1, 40)]
        kind = chance.random()
        if kind < 0.4 and place < len(found):
            found[place] ^= 1 << chance.randrange(8)
        elif kind < 0.6:
            del found[place : place + len(part)]
        else:
            more = [part, b"\n", b'"', b",", b"NaN", b"\xff", b"[" * 5000, b"\xef\xbc\x91"]
            found[place:place] = chance.choice(more)
    return bytes(found)


Changed = tuple[str, Path]


def _changed_manifest(chance: random.Random, start: Path, folder: Path) -> Changed:
    ways: list[str] = []

    def about(manifest: dict[str, Any]) -> None:
        part = "about" if chance.random() < 0.6 else ""
        way = changed_value(chance, manifest[part] if part else manifest)
        ways.append(f"{part}/{way}".removeprefix("/"))

    path = rehashed(start, folder / "x.zip", {}, about=about)
    return ways[0], path


def _changed_member(chance: random.Random, start: Path, folder: Path) -> Changed:
    found = members(start)
    names = ["results.json", *(name for name in found if name.startswith("answers/"))]
    name = chance.choice([*names, "verdicts.csv"])
    change = _row_changed if name == "verdicts.csv" else _line_changed
    way, data = change(chance, found[name])
    return way, rehashed(start, folder / "x.zip", {name: data})


def _changed_bytes(chance: random.Random, start: Path, folder: Path) -> Changed:
    found = members(start)
    name = chance.choice([name for name in found if name != "manifest.json"])
    data = _bytes_changed(chance, found[name])
    return name, rehashed(start, folder / "x.zip", {name: data})


def _changed_zip(chance: random.Random, start: Path, folder: Path) -> Changed:
    path = folder / "x.zip"
    path.write_bytes(_bytes_changed(chance, start.read_bytes()))
    return "zip", path


def _changed_throughout(chance: random.Random, start: Path, folder: Path) -> Changed:
    """The results changed at one place, and all reports written anew from them."""
    ways: list[str] = []

    def edit(told: Any) -> None:
        part = chance.choice([told, told["run"], told["end"], *told["cases"]])
        begin = next((name for name in ("run", "end") if told[name] is part), "")
        ways.append(f"{begin}/{changed_value(chance, part)}")

    try:
        files: dict[str, bytes | None] = {**forged_reports(start, folder, edit)}
    except Exception:
        return _changed_member(chance, start, folder)
    way = ways[0].removeprefix("/")
    return way, rehashed(start, folder / "x.zip", {"findings.csv": None, **files})


KINDS: list[Callable[[random.Random, Path, Path], Changed]] = [
    _changed_manifest, _changed_member, _changed_bytes, _changed_throughout, _changed_zip,
]  # fmt: skip


def changed(seed: int, folder: Path) -> Changed:
    """A bundle that was changed in one way, and the way to the place, as a seed has it."""
    chance = random.Random(seed)
    start = bundle(chance.choice(["quick", "certification"]))
    return chance.choice([*KINDS, _changed_manifest, _changed_member])(chance, start, folder)


def _about(path: Path) -> dict[str, Any]:
    """What the manifest of a bundle tells of the run."""
    return dict(json.loads(members(path)["manifest.json"])["about"])


def is_told_only(way: str, path: Path) -> bool:
    """Whether what stands at a place of the bundle is its own word, and nothing else."""
    about = _about(path)
    sampled = TOLD_OF_A_SAMPLE if about["kept_one_in"] > 1 else ()
    if way == "about/claimed":
        # Whether a type is claimed of which nothing is asked is a word and no more.
        names = {*(about["claimed"] or catalogue().messages)} ^ {
            *_about(bundle("quick"))["claimed"]
        }
        asked = (
            case
            for message, index in product(map(catalogue().one, names), range(about["count"]))
            for case in cases_of(message, about["suites"], about["seed"], index)
        )
        return not any(case.op in about["operations"] for case in asked)
    return way.startswith((*TOLD_ONLY, *sampled)) or way.endswith("seconds")
