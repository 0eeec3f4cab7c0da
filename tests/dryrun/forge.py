"""What a forger can do to a bundle: edit its files, and make all hashes fit again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.dryrun import manifest
from harness.dryrun.archive import Writer
from harness.dryrun.manifest import Manifest

Edit = Callable[[dict[str, Any]], None]


def members(bundle: Path) -> dict[str, bytes]:
    """The files in a bundle."""
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


def results(bundle: Path) -> Any:
    """The results in a bundle."""
    return json.loads(members(bundle)["results.json"])


def rehashed(
    bundle: Path,
    out: Path,
    files: Mapping[str, bytes | None],
    *,
    about: Edit | None = None,
    key: Ed25519PrivateKey | None = None,
) -> Path:
    """A bundle with other files (None: without one), and a manifest that names them as they are.

    The signature stays as it was, or is by the key that is given.
    """
    kept: dict[str, bytes | None] = {**members(bundle), **files}
    data, signature = kept.pop(manifest.NAME) or b"", kept.pop(manifest.SIGNATURE, None)
    writer = Writer(out)
    left = {name: item for name, item in sorted(kept.items()) if item is not None}
    sealed = {name: writer.add(name, [item]) for name, item in left.items()}
    found = replace(Manifest.from_bytes(data), members=sealed).to_bytes()
    if about:
        told = json.loads(found)
        about(told)
        found = json.dumps(told, indent=1).encode() + b"\n"
    writer.add(manifest.NAME, [found], stored=True)
    signature = key.sign(found) if key else signature
    if signature is not None:
        writer.add(manifest.SIGNATURE, [signature], stored=True)
    writer.close()
    return out
