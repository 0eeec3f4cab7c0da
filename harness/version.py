"""The version of ikeur and of its tables."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import generators
from schemas.facts.table_rows import TABLES


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


@cache
def digests() -> dict[str, str]:
    """The digests of all data that determines the cases and their verdicts."""
    return {
        "tables": tables_digest(),
        "schemas": digest_of(TABLES.parent, "*.xsd"),
        "cases": digest_of(Path(__file__).parent),
        "generators": digest_of(Path(generators.__file__).parent),
        "pools": digest_of(Path(generators.__file__).parent, "*.txt"),
    }


def digest_of(folder: Path, files: str = "*.csv") -> str:
    """The digest of the matching files in a folder, at any depth."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob(files)):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
