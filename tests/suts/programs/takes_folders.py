"""A converter of folders: `takes_folders.py once|watch IN OUT [HOW]`; HOW is on the way to 2.1."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from harness.reference import converter as reference
from schemas.errors import Refused

WAY, IN, OUT = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
HOW = sys.argv[4] if len(sys.argv) > 4 else ""
OTHER = {".ei": ("2.0", "2.1", ".xml"), ".xml": ("2.1", "2.0", ".ei")}
done: set[str] = set()


def put(name: str, data: bytes) -> None:
    aside = OUT / f"{name}.part"
    aside.write_bytes(data)
    aside.rename(OUT / name)


def convert(path: Path) -> None:
    source, target, suffix = OTHER[path.suffix]
    if HOW and target == "2.1":
        globals()[HOW](path)
        return
    try:
        put(path.stem + suffix, reference.convert(path.read_bytes(), source, target))
    except Refused as error:
        put(f"{path.stem}.refused", str(error).encode())


def leaves_it(path: Path) -> None:
    """Answer nothing."""


def dies(path: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dies_half_way(path: Path) -> None:
    (OUT / f"{path.stem}.xml").write_bytes(b"<?xml version")
    os.kill(os.getpid(), signal.SIGKILL)


def fails(path: Path) -> None:
    print("no licence", file=sys.stderr)
    sys.exit(1)


def hangs(path: Path) -> None:
    time.sleep(60)


def writes_and_refuses(path: Path) -> None:
    put(f"{path.stem}.xml", reference.convert(path.read_bytes(), "2.0", "2.1"))
    put(f"{path.stem}.refused", b"no")


def writes_slowly(path: Path) -> None:
    """Write as one should not, without doing it aside."""
    data = reference.convert(path.read_bytes(), "2.0", "2.1")
    with (OUT / f"{path.stem}.xml").open("wb") as file:
        for start in range(0, len(data), 500):
            file.write(data[start : start + 500])
            file.flush()
            time.sleep(0.01)


def floods(path: Path) -> None:
    with (OUT / f"{path.stem}.xml").open("wb") as file:
        for _ in range(100):
            file.write(bytes(1024 * 1024))


def main() -> None:
    while True:
        for path in sorted(IN.iterdir()):
            if path.suffix in OTHER and path.name not in done:
                done.add(path.name)
                convert(path)
        if WAY == "once":
            return
        time.sleep(0.02)


if __name__ == "__main__":
    main()
