"""The commands of ikeur on the pages, outside the guides, which have a reader of their own."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from tests.paths import ROOT

_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.M | re.S)
_CONTINUED = re.compile(r" \\\n +")
_PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "docs/nl/index.md"]


def doc_commands() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each command, as its page with its words."""
    for page in _PAGES:
        for block in _BLOCK.findall(page.read_text(encoding="utf-8")):
            for line in _CONTINUED.sub(" ", block).splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == ["ikeur"]:
                    yield page.name, tuple(words[1:])
