"""Software to test, as Python functions; each spoils one thing, or watches how it is asked."""

import os
import re
import shutil
import time
from pathlib import Path
from zlib import crc32

from harness.reference.converter import convert
from schemas.errors import Refused


def faithful(data: bytes, source: str, target: str) -> bytes:
    """Convert as it should be."""
    return convert(data, source, target)


def _replaced(data: bytes, tag: str, value: str) -> bytes:
    return re.sub(rf"(:{tag}>)[^<]*(<)".encode(), rf"\g<1>{value}\g<2>".encode(), data)


def wrong_date(data: bytes, source: str, target: str) -> bytes:
    """Write another message date; the fact that it breaks is of grade B."""
    return _replaced(convert(data, source, target), "Dagtekening", "2001-01-01")


def wrong_return_date(data: bytes, source: str, target: str) -> bytes:
    """Write another date of the return message; the fact that it breaks is of grade D."""
    return _replaced(convert(data, source, target), "DagtekeningRetour", "2001-01-01")


def wrong_dates(data: bytes, source: str, target: str) -> bytes:
    """Write a wrong date into 2.1, of grade D in half of the messages and of B in the others."""
    spoil = wrong_return_date if crc32(data) % 2 else wrong_date
    return spoil(data, source, target)


def wrong_sexes(data: bytes, source: str, target: str) -> bytes:
    """Write another sex for every client."""
    output = convert(data, source, target)
    if target == "2.1":
        return re.sub(rb"Geslacht>[129]<", b"Geslacht>0<", output)
    return output


def recording(data: bytes, source: str, target: str) -> bytes:
    """Keep what is asked, under the number of the request."""
    folder = Path(os.environ["SOFTWARE_LOG"])
    number = len(list(folder.iterdir()))
    (folder / f"{number:04}-{source}").write_bytes(data)
    return convert(data, source, target)


def peeking(data: bytes, source: str, target: str) -> bytes:
    """Keep what ikeur had said on stderr when the first message came."""
    seen = Path(os.environ["SOFTWARE_LOG"]) / "said"
    if not seen.exists():
        shutil.copy(os.environ["IKEUR_SAID"], seen)
    return convert(data, source, target)


def slow(data: bytes, source: str, target: str) -> bytes:
    """Take a second for each message from the third on; leave the id of the process."""
    folder = Path(os.environ["SOFTWARE_LOG"])
    number = len(list(folder.iterdir()))
    (folder / f"{number:04}").write_text(str(os.getpid()))
    if number >= 2:
        time.sleep(1)
    return convert(data, source, target)


def any_sex(data: bytes, source: str, target: str) -> bytes:
    """Take whatever stands for a sex, and make nothing of it."""
    try:
        return convert(data, source, target)
    except Refused as error:
        if error.code in ("EI-CODE", "XML-VALUE") and re.search(r"\bGeslacht\b", error.what):
            return b"<Bericht/>"
        raise
