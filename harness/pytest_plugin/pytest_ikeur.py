"""The pytest plugin of ikeur: `pytest --ikeur` has the cases of `ikeur.toml` as tests.

It talks to `ikeur` as a child process and imports nothing of it, so that no package of ikeur gets
into the tests of a vendor.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sysconfig
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

_CONFIG = "ikeur.toml"
_OPTIONS = {
    "ikeur_options": "Options that choose the cases, as `ikeur cases` has them: '--count 5'.",
    "ikeur_run_options": "Other options of `ikeur run`, such as '--workers 4'.",
    "ikeur_bench_options": "Options of `ikeur bench`, such as '--rounds 3'.",
}
# The suites of `junit.xml` that hold no cases.
_OF_THE_RUN = ("ikeur.run", "ikeur.deviations")
_FOLDER, _HANDED = pytest.StashKey[Path](), "ikeur_folder"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("ikeur")
    group.addoption("--ikeur", action="store_true", help=f"Test the software of {_CONFIG}.")
    for name, text in _OPTIONS.items():
        group.addoption(f"--{name.replace('_', '-')}", metavar="OPTIONS", help=text)
        parser.addini(name, text, default="")


def pytest_configure(config: pytest.Config) -> None:
    """Have the configuration collected, unless the arguments name it or a folder above it."""
    if not config.getoption("ikeur"):
        return
    path = config.invocation_params.dir / _CONFIG
    named = [(config.invocation_params.dir / arg.partition("::")[0]) for arg in config.args]
    if path.is_file() and not any(path.is_relative_to(place) for place in named):
        config.args.append(str(path))


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Collect a configuration of ikeur."""
    if parent.config.getoption("ikeur") and file_path.name == _CONFIG:
        found: pytest.File = IkeurFile.from_parent(parent, path=file_path)
        return found
    return None


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say where the reports are."""
    if _FOLDER in config.stash:
        for name in ("report.html", "bench.html"):
            for report in sorted(config.stash[_FOLDER].glob(f"*/*/{name}")):
                terminalreporter.write_line(f"ikeur: {report}")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the workers of pytest-xdist one folder, in which the first of them runs ikeur."""
    if node.config.getoption("ikeur"):
        node.workerinput[_HANDED] = str(_folder(node.config))


class IkeurFile(pytest.File):
    """An `ikeur.toml`: its cases, the run of all, and its bench with pytest-benchmark."""

    ids: tuple[str, ...] = ()
    trouble = ""

    def collect(self) -> Iterator[pytest.Item]:
        """The cases that a run would ask; raises CollectError with what ikeur said."""
        done = _ikeur(self, "cases", "ikeur_options")
        if done.returncode:
            raise self.CollectError(done.stderr.strip())
        self.ids = tuple(done.stdout.split())
        for case in self.ids:
            yield CaseItem.from_parent(self, name=case)
        yield RunItem.from_parent(self, name="run")
        if self.config.pluginmanager.hasplugin("benchmark"):
            yield BenchItem.from_parent(self, name="bench")

    @cached_property
    def is_whole(self) -> bool:
        """Whether all cases are selected."""
        return len(self._selected()) == len(self.ids)

    def _selected(self) -> list[str]:
        ours = (item for item in self.session.items if item.parent is self)
        return [item.name for item in ours if isinstance(item, CaseItem)]

    @cached_property
    def found(self) -> Mapping[str, ElementTree.Element]:
        """What came of the selected cases, by id: the door to what ikeur tests.

        They are asked in one run in a session. Fails with what ikeur said if it wrote no report.
        """
        report = self.folder / "run" / "junit.xml"
        options = () if self.is_whole else tuple(f"--case={case}" for case in self._selected())
        choosing = ("ikeur_options",) if self.is_whole else ()
        with _alone(self.folder):
            if not report.is_file() and not self.trouble:
                out = (f"--out={report.parent}", *options)
                done = _ikeur(self, "run", *choosing, "ikeur_run_options", more=out)
                self.trouble = "" if report.is_file() else done.stderr.strip()
        if self.trouble:
            pytest.fail(self.trouble, pytrace=False)
        root = ElementTree.parse(report).getroot()  # noqa: S314 - ikeur wrote it
        return {case.get("name", ""): case for case in root.iter("testcase")}

    @property
    def folder(self) -> Path:
        """The folder for the reports on this configuration."""
        name = f"{self.path.parent.name}-{sha256(bytes(self.path)).hexdigest()[:8]}"
        folder = _folder(self.config) / name
        folder.mkdir(exist_ok=True)
        return folder


class _Item(pytest.Item):
    """A test of an `ikeur.toml`."""

    parent: IkeurFile

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the test comes from."""
        return self.path, 0, f"ikeur {self.name}"


class CaseItem(_Item):
    """A case, by its id."""

    def runtest(self) -> None:
        """Report what came of the case."""
        found = self.parent.found
        if self.name not in found:
            pytest.fail("ikeur did not ask this case; see the test `run`", pytrace=False)
        self.user_properties.append(("ikeur_seconds", found[self.name].get("time")))
        _report(self, found[self.name])


class RunItem(_Item):
    """The run as a whole: whether it was completed, and what became of declared deviations."""

    def runtest(self) -> None:
        """Report what is no case; of some cases only, that says nothing."""
        if not self.parent.is_whole:
            pytest.skip("not all cases are selected")
        for case in self.parent.found.values():
            if case.get("classname") in _OF_THE_RUN:
                _report(self, case)


def _report(item: pytest.Item, case: ElementTree.Element) -> None:
    """End a test as its element of `junit.xml` says."""
    for outcome in case:
        message, text = outcome.get("message", ""), outcome.text or ""
        if outcome.tag == "system-out":
            item.add_report_section("call", "ikeur", text)
        elif outcome.tag == "skipped" and outcome.get("type") == "skip":
            pytest.skip(message)
        elif outcome.tag == "skipped":
            pytest.xfail(message)
        else:
            pytest.fail(f"{message}\n\n{text}", pytrace=False)


class BenchItem(_Item):
    """The bench, whose figures become benchmarks."""

    # What pytest-benchmark knows a benchmark by, for --benchmark-skip and --benchmark-only.
    fixturenames = ("benchmark",)

    def runtest(self) -> None:
        """Run the bench, and add a benchmark for each row of its figures."""
        session: Any = self.config._benchmarksession  # type: ignore[attr-defined]
        if session.disabled:
            pytest.skip("benchmarks are disabled")
        folder = self.parent.folder / "bench"
        done = _ikeur(self.parent, "bench", "ikeur_bench_options", more=[f"--out={folder}"])
        figures = folder / "bench.json"
        rows = json.loads(figures.read_text(encoding="utf-8"))["rows"] if figures.exists() else []
        for row in rows:
            session.benchmarks.append(_benchmark(row, self.nodeid, session.options))
        if done.returncode:
            pytest.fail(done.stdout or done.stderr, pytrace=False)


def _benchmark(row: dict[str, Any], nodeid: str, options: dict[str, Any]) -> Any:
    """A benchmark of pytest-benchmark, with the seconds per message of the rounds of a row.

    The bench tells the fastest, the median and the slowest round.
    """
    metadata: Any = import_module("pytest_benchmark.stats").Metadata
    name = f"{row['message']} {row['direction']} size {row['size']}"
    extra = {"latency_ms": row["sut"]["latency_ms"], "ratio": row["ratio"]}
    about = SimpleNamespace(
        name=name, fullname=f"{nodeid}[{name}]", group=None, param=None, params=None,
        extra_info=extra, cprofile_stats=None, has_error=False,
    )  # fmt: skip
    found = metadata(about, iterations=1, options=options)
    for key in ("high", "median", "low"):
        found.update(1 / row["sut"]["messages_per_s"][key])
    return found


def _ikeur(
    file: IkeurFile, command: str, *options: str, more: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a command of ikeur on a configuration, with the options of some settings and `more`."""
    config = file.config
    texts = [config.getoption(name) or config.getini(name) for name in options]
    words = [word for text in texts for word in shlex.split(text)]
    return subprocess.run(  # noqa: S603 - ikeur itself
        [_program(), command, "--config", str(file.path), *words, *more],
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip


def _program() -> str:
    """The `ikeur` of this environment, or else the one in PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "ikeur"
    return str(beside) if beside.is_file() else shutil.which("ikeur") or "ikeur"


def _folder(config: pytest.Config) -> Path:
    """The folder of this session for reports; that of the session before it is emptied."""
    if _FOLDER not in config.stash:
        handed = getattr(config, "workerinput", {}).get(_HANDED)
        config.stash[_FOLDER] = Path(handed) if handed else _emptied(config)
    return config.stash[_FOLDER]


def _emptied(config: pytest.Config) -> Path:
    cache = getattr(config, "cache", None)
    if cache is None:
        return Path(tempfile.mkdtemp(prefix="ikeur-"))
    folder: Path = cache.mkdir("ikeur")
    shutil.rmtree(folder)
    folder.mkdir()
    return folder


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold back the other workers of pytest-xdist, where the system can."""
    try:
        from fcntl import LOCK_EX, flock
    except ImportError:
        yield
        return
    with (folder / "lock").open("w") as file:
        flock(file, LOCK_EX)
        yield
