"""The commands on the pages, outside the guides, which have a reader of their own."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from schemas.facts.table_rows import Row, rows
from tests.paths import ROOT

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
_CONTINUED = re.compile(r" \\\n +")
_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "docs/nl/index.md"]


@dataclass(frozen=True)
class DocCommand:
    """A command of a page, without its remark, and its words."""

    page: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words as a shell splits them."""
        return shlex.split(self.text)

    @property
    def is_ours(self) -> bool:
        """Whether it is one of ikeur."""
        return self.words[0] == "ikeur"


def doc_commands() -> Iterator[DocCommand]:
    """Yield each command, in the order of its page."""
    for page in _PAGES:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in _CONTINUED.sub(" ", block).splitlines():
                name = page.relative_to(ROOT).as_posix()
                yield DocCommand(name, re.sub(r"\s+# .*", "", line).strip())


def changes() -> dict[str, Row]:
    """What a test does otherwise than a page says, by the command.

    `also`: words that make it small. `code`: its exit code if not 0. `because`: why it is not run.
    """
    return {row["command"]: row for row in rows("doc_commands", Path(__file__).parent)}
