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
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

_CONFIG = "ikeur.toml"
_OPTION_OF = {"run": "ikeur_options", "bench": "ikeur_bench_options"}
_FOLDER, _HANDED = pytest.StashKey[Path](), "ikeur_folder"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("ikeur")
    group.addoption("--ikeur", action="store_true", help=f"Test the software of {_CONFIG}.")
    for command, name in _OPTION_OF.items():
        text = f"Options of `ikeur {command}` in one text, such as '--count 5'."
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
            for report in sorted(config.stash[_FOLDER].glob(f"*/{name}")):
                terminalreporter.write_line(f"ikeur: {report}")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand the workers of pytest-xdist one folder, in which the first of them runs ikeur."""
    if node.config.getoption("ikeur"):
        node.workerinput[_HANDED] = str(_folder(node.config))


class IkeurFile(pytest.File):
    """An `ikeur.toml`: its cases, and its bench where pytest-benchmark is installed."""

    def collect(self) -> Iterator[pytest.Item]:
        """The cases as `ikeur run` lists them, with what came of each."""
        for case in _cases(self):
            yield CaseItem.from_parent(self, name=case.get("name"), case=case)
        if self.config.pluginmanager.hasplugin("benchmark"):
            yield BenchItem.from_parent(self, name="bench")


class CaseItem(pytest.Item):
    """A case, with its element of `junit.xml`."""

    def __init__(self, *, case: ElementTree.Element, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.case = case

    def runtest(self) -> None:
        """Report what came of the case."""
        self.user_properties.append(("ikeur_seconds", self.case.get("time")))
        for outcome in self.case:
            message, text = outcome.get("message", ""), outcome.text or ""
            if outcome.tag == "system-out":
                self.add_report_section("call", "ikeur", text)
            elif outcome.tag == "skipped" and outcome.get("type") == "skip":
                pytest.skip(message)
            elif outcome.tag == "skipped":
                pytest.xfail(message)
            else:
                pytest.fail(f"{message}\n\n{text}", pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case comes from."""
        return self.path, 0, f"case {self.name}"


class BenchItem(pytest.Item):
    """The bench, whose figures become benchmarks."""

    # What pytest-benchmark knows a benchmark by, for --benchmark-skip and --benchmark-only.
    fixturenames = ("benchmark",)

    def runtest(self) -> None:
        """Run the bench, and add a benchmark for each row of its figures."""
        session: Any = self.config._benchmarksession  # type: ignore[attr-defined]
        if session.disabled:
            pytest.skip("benchmarks are disabled")
        folder = _folder(self.config) / f"{_name(self.path)}-bench"
        done = _ikeur(self.config, "bench", self.path, folder)
        figures = folder / "bench.json"
        rows = json.loads(figures.read_text(encoding="utf-8"))["rows"] if figures.exists() else []
        for row in rows:
            session.benchmarks.append(_benchmark(row, self.nodeid, session.options))
        if done.returncode:
            pytest.fail(done.stdout or done.stderr, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the bench comes from."""
        return self.path, 0, "ikeur bench"


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


def _cases(file: IkeurFile) -> list[ElementTree.Element]:
    """The test cases of a configuration, run once in a session: the door to what ikeur tests.

    Raises CollectError with what ikeur said if it tested nothing.
    """
    folder = _folder(file.config) / _name(file.path)
    report = folder / "junit.xml"
    with _alone(folder.parent):
        done = None if report.is_file() else _ikeur(file.config, "run", file.path, folder)
    if done and not report.is_file():
        raise file.CollectError(done.stderr.strip())
    root = ElementTree.parse(report).getroot()  # noqa: S314 - ikeur wrote it
    return list(root.iter("testcase"))


def _ikeur(
    config: pytest.Config, command: str, path: Path, folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command of ikeur on a configuration, with its reports in a folder."""
    option = _OPTION_OF[command]
    more = shlex.split(config.getoption(option) or config.getini(option))
    words = [_program(), command, "--config", str(path), "--out", str(folder), *more]
    return subprocess.run(  # noqa: S603 - ikeur itself
        words, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


def _program() -> str:
    """The `ikeur` of this environment, or else the one in PATH."""
    beside = Path(sysconfig.get_path("scripts")) / "ikeur"
    return str(beside) if beside.is_file() else shutil.which("ikeur") or "ikeur"


def _name(path: Path) -> str:
    """A name for the reports on a configuration, other than those of the others."""
    return f"{path.parent.name}-{sha256(bytes(path)).hexdigest()[:8]}"


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
