"""What a forger can do to a bundle: edit its files, and make all hashes fit again."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from harness.dryrun import manifest, zip_layout
from harness.dryrun.manifest import Manifest
from harness.dryrun.verify.results import ResultsFile
from harness.dryrun.zip_archive import Archive, Sealed, Writer
from tests.reports.writing import write_all

Edit = Callable[[dict[str, Any]], None]


def members(bundle: Path) -> dict[str, bytes]:
    """The files in a bundle."""
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


def results(bundle: Path) -> Any:
    """The results in a bundle."""
    return json.loads(members(bundle)["results.json"])


def forged_reports(bundle: Path, tmp_path: Path, edit: Callable[[Any], None]) -> dict[str, bytes]:
    """All reports, written anew from results that were changed."""
    told = results(bundle)
    edit(told)
    lines = ["{"]
    lines += [f'"{k}": {json.dumps(v)},' for k, v in told.items() if k not in ("cases", "end")]
    cases = ",\n".join(json.dumps(item) for item in told["cases"])
    lines += ['"cases": [', cases, "],", f'"end": {json.dumps(told["end"])}', "}", ""]
    data = "\n".join(lines).encode()
    folder = tmp_path / "forged"
    write_all(ResultsFile(lambda: [data]), folder, "en")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def whitewashed(
    bundle: Path, tmp_path: Path, about: Edit, key: Ed25519PrivateKey | None = None
) -> Path:
    """A bundle of which every failing case passes in all that it tells, hashed again."""

    def edit(told: Any) -> None:
        about({"about": {}, "run": told["run"]})
        for item in told["cases"]:
            if item["verdict"] == "fail":
                item |= {"verdict": "pass", "findings": [], "files": {}}
        told["verdicts"] |= {"pass": told["verdicts"]["pass"] + told["verdicts"]["fail"], "fail": 0}
        told["findings"] = dict.fromkeys(told["findings"], 0)

    def praised(manifest: dict[str, Any]) -> None:
        manifest["verdicts"] = json.loads(reports["results.json"])["verdicts"]
        manifest["said"] = reports["summary.md"].decode().splitlines()[0].removeprefix("# ")
        about({"run": {}, **manifest})

    reports = forged_reports(bundle, tmp_path, edit)
    table = members(bundle)["verdicts.csv"].decode()
    files: dict[str, bytes | None] = {
        **{name: None for name in members(bundle) if name.startswith("cases/")},
        "findings.csv": None,
        **reports,
        "verdicts.csv": re.sub(r",fail,[A-Z0-9 -]*,", ",pass,,", table).encode(),
    }
    return rehashed(bundle, tmp_path / "whitewashed.zip", files, about=praised, key=key)


def made_by(version: str) -> Edit:
    """What a forger writes to have another version judge a bundle: manifest and results say so."""

    def edit(told: dict[str, Any]) -> None:
        told["about"]["ikeur"] = told["run"]["version"] = version

    return edit


def _copied(writer: Writer, archive: Archive, name: str) -> Sealed:
    """A member as it is packed in another bundle: packing it again would take longest of all."""
    place = replace(archive.places[name], start=writer.file.tell())
    writer.file.write(zip_layout.local_header(place))
    writer.file.writelines(archive.packed(name))
    writer.places.append(place)
    return archive.sealed(name)


def rehashed(
    bundle: Path,
    out: Path,
    files: Mapping[str, bytes | None],
    *,
    about: Edit | None = None,
    key: Ed25519PrivateKey | None = None,
    manifest_bytes: bytes | None = None,
) -> Path:
    """A bundle with other files (None: without one), and a manifest that names them as they are.

    The signature stays as it was, or is by the key that is given.
    """
    kept: dict[str, bytes | None] = {**members(bundle), **files}
    data, signature = kept.pop(manifest.NAME) or b"", kept.pop(manifest.SIGNATURE, None)
    writer = Writer(out)
    left = {name: item for name, item in sorted(kept.items()) if item is not None}
    with Archive(bundle) as archive:
        sealed = {
            name: writer.add(name, [item]) if name in files else _copied(writer, archive, name)
            for name, item in left.items()
        }
    found = replace(Manifest.from_bytes(data), members=sealed).to_bytes()
    if about:
        told = json.loads(found)
        about(told)
        found = json.dumps(told, indent=1).encode() + b"\n"
    if manifest_bytes is not None:
        writer.add(manifest.NAME, [manifest_bytes])
    else:
        writer.add(manifest.NAME, [found], stored=True)
    signature = key.sign(found) if key else signature
    if signature is not None:
        writer.add(manifest.SIGNATURE, [signature], stored=True)
    writer.close()
    return out
