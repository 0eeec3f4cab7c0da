"""The bytes of the exchange that the page of the protocol shows, and golden messages."""

from __future__ import annotations

import re

from tests.paths import DOCS, GOLDEN, ROOT

PAGE = DOCS / "PROTOCOL.md"
EXAMPLES = ROOT / "examples"


def shown() -> list[bytes]:
    """What each picture of the page stands for: first the request, then the response."""
    pictures = re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return [
        picture.replace("\n", "").replace("␍", "\r").replace("␊", "\n").encode()
        for picture in pictures
    ]


def golden(name: str) -> bytes:
    """A message of which both releases were written by hand."""
    return (GOLDEN / name).read_bytes()
