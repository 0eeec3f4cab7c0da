"""Which ikeur this is, and which tables it goes by."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

from schemas.tables import TABLES


@cache
def version() -> str:
    """The installed version."""
    try:
        return metadata.version("ikeur")
    except metadata.PackageNotFoundError:
        return "0+source"


@cache
def tables_digest() -> str:
    """A digest of all tables of facts and rules, the same on every machine."""
    return digest_of(TABLES.parent)


def digest_of(folder: Path) -> str:
    """A digest of all tables in a folder, at any depth."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.csv")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
