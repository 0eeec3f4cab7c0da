"""Builds the distribution: the sdist from a checkout, and the wheel from the sdist."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from pathlib import Path

from tests.paths import ROOT


@dataclass(frozen=True)
class Built:
    """The two files of a distribution."""

    sdist: Path
    wheel: Path

    @property
    def in_sdist(self) -> set[str]:
        """The names of the files of the sdist, below its folder."""
        with tarfile.open(self.sdist) as archive:
            return {item.name.partition("/")[2] for item in archive if item.isfile()}

    @property
    def in_wheel(self) -> set[str]:
        """The names of the files of the wheel."""
        with zipfile.ZipFile(self.wheel) as archive:
            return set(archive.namelist())

    def about(self, name: str) -> str:
        """A file of the metadata of the wheel."""
        with zipfile.ZipFile(self.wheel) as archive:
            (path,) = (item for item in archive.namelist() if item.endswith(f".dist-info/{name}"))
            return archive.read(path).decode("utf-8")

    @property
    def metadata(self) -> Message:
        """The metadata of the wheel."""
        return Parser().parsestr(self.about("METADATA"))


def build(folder: Path) -> Built:
    """Build in the environment as it is, without an index; raises CalledProcessError."""
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, timeout=300)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return Built(sdist, wheel)


def check(built: Built) -> None:
    """Have twine check what an index would show; raises CalledProcessError."""
    words = [sys.executable, "-m", "twine", "check", "--strict", str(built.sdist), str(built.wheel)]
    subprocess.run(words, check=True, timeout=120)
