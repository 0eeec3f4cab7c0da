"""What a guide says: its commands with the exit codes promised, and the lines to be seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.paths import ROOT

GUIDES = ROOT / "docs" / "guides"
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]*) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
_CODE = re.compile(r"\s+# exit ?code (\d)$")
_HEREDOC = re.compile(r"<<'(\w+)'$")
_LANGUAGE = re.compile(r" --lang (nl|en)\b")
# What the reader fills in stands between the lines to be seen, but is not seen.
_FILLED_IN = "export IKEUR_"


@dataclass(frozen=True)
class Command:
    """A command of a guide; `mark` says why only a clean machine can run it."""

    text: str
    code: int
    mark: str

    @property
    def neutral(self) -> str:
        """The command without the language that it speaks."""
        return _LANGUAGE.sub("", self.text)


@dataclass(frozen=True)
class Seen:
    """Lines that the output of the commands before it must have; an … stands for anything."""

    lines: tuple[str, ...]

    def missing(self, output: str) -> list[str]:
        """The lines that are not there."""
        said = [line.rstrip() for line in output.splitlines()]
        return [line for line in self.lines if not any(map(_like(line), said))]


def _like(line: str) -> Callable[[str], object]:
    parts = (re.escape(part) for part in line.rstrip().split("…"))
    return re.compile(".+".join(parts)).fullmatch


def text(name: str) -> str:
    """The page NAME, such as vendor.en."""
    return (GUIDES / f"{name}.md").read_text(encoding="utf-8")


def steps(name: str) -> list[Command | Seen]:
    """The commands of a guide, and what must be seen after them, in their order."""
    found: list[Command | Seen] = []
    for block in _BLOCK.finditer(text(name)):
        if block["kind"] == "sh":
            found.extend(_commands(block["text"], block["mark"] or ""))
        elif block["kind"] == "text" and not block["text"].startswith(_FILLED_IN):
            found.append(Seen(tuple(block["text"].splitlines())))
    return found


def commands(name: str) -> list[Command]:
    """The commands of a guide alone."""
    return [step for step in steps(name) if isinstance(step, Command)]


def _commands(block: str, mark: str) -> Iterator[Command]:
    lines = iter(block.splitlines())
    for line in lines:
        code = _CODE.search(line)
        words = [_CODE.sub("", line)]
        if heredoc := _HEREDOC.search(line):
            for more in lines:
                words.append(more)
                if more == heredoc[1]:
                    break
        yield Command("\n".join(words), int(code[1]) if code else 0, mark)
