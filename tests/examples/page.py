"""The bytes of the exchange that the page of the protocol shows."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "PROTOCOL.md"
GOLDEN = ROOT / "tests" / "golden"


def shown() -> list[bytes]:
    """What each picture of the page stands for: first the request, then the response."""
    pictures = re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return [
        picture.replace("\n", "").replace("␍", "\r").replace("␊", "\n").encode()
        for picture in pictures
    ]
