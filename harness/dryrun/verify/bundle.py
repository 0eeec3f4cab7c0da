"""Verifies a bundle, from its bytes to its verdicts.

Each step relies on the one before, and runs only if that found nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from harness.dryrun import keys, manifest
from harness.dryrun.json_shape import Misshapen
from harness.dryrun.manifest import Manifest, OtherFormat
from harness.dryrun.profiles import profiles
from harness.dryrun.verify.all_cases import BundleCases
from harness.dryrun.verify.results import ResultsFile
from harness.dryrun.zip_archive import MOST_CONTENT, Archive, NoBundle
from reports.dryrun.bundle_text import (
    GIVEN_KEY,
    OTHER_KEY,
    UNKNOWN_KEY,
    UNSIGNED,
    WRONG_SIGNATURE,
    BundleFault,
    BundleOutcome,
)
from reports.events.events import NO_EVENT
from reports.run import registry, wording
from reports.run.case_files import MOST_READ, CaseFiles
from reports.run.results_json import NAME as RESULTS
from reports.run.summary import summarise
from reports.run.write import write_all
from reports.shared.texts import texts
from reports.shared.visible import shortened
from schemas import outside

_MOST_FAULTS = 20
_MOST_MANIFEST = 64 * 2**20
_BLOCK = 1 << 20


@dataclass
class _Bundle:
    archive: Archive
    expected_key: Ed25519PublicKey | None
    needs_signature: bool
    outcome: BundleOutcome
    lang: str
    manifest: Manifest = field(init=False)
    results: ResultsFile = field(init=False)


class _NotJudged(Exception):
    """The installed version cannot judge the bundle."""


def check(
    path: Path,
    expected_key: Ed25519PublicKey | None,
    lang: str = "en",
    *,
    needs_signature: bool = False,
) -> BundleOutcome:
    """Verify a bundle, and its signature by `expected_key` if one is given."""
    outcome = BundleOutcome(str(path), _digest(path))
    needs = expected_key is not None or needs_signature
    try:
        with Archive(path) as archive:
            _steps(_Bundle(archive, expected_key, needs, outcome, lang))
    except NoBundle as error:
        outcome.faults.append(BundleFault("BUNDLE-BYTES", error.what, error.where))
    except MemoryError:
        outcome.faults.append(BundleFault("BUNDLE-BYTES", "more than there is memory for"))
    except _NotJudged:
        pass
    return outcome


def _steps(bundle: _Bundle) -> None:
    steps: tuple[Callable[[_Bundle], Iterator[BundleFault]], ...] = (
        _manifest, _members, _signature, _version, _run, _cases, _reports,
    )  # fmt: skip
    for step in steps:
        bundle.outcome.faults += islice(step(bundle), _MOST_FAULTS)
        if bundle.outcome.faults:
            return


def _digest(path: Path) -> str:
    digest = sha256()
    with outside.opened(path, most=MOST_CONTENT) as file:
        while data := file.read(_BLOCK):
            digest.update(data)
    return digest.hexdigest()


def _manifest(bundle: _Bundle) -> Iterator[BundleFault]:
    if manifest.NAME not in bundle.archive.places:
        yield BundleFault("BUNDLE-FILES", "a file that is not there", manifest.NAME)
        return
    try:
        data = bundle.archive.whole(manifest.NAME, _MOST_MANIFEST)
        bundle.manifest = Manifest.from_bytes(data)
    except Misshapen as error:
        yield _misshapen("BUNDLE-MANIFEST", manifest.NAME, error)
        return
    except OtherFormat as error:
        bundle.outcome.made_by, bundle.outcome.is_other_version = error.made_by, True
        raise _NotJudged from None
    bundle.outcome.made_by = bundle.manifest.about.ikeur


def _misshapen(code: str, name: str, error: Misshapen) -> BundleFault:
    where = f"{name}: {shortened(error.where)}" if error.where else name
    return BundleFault(code, "not as it is written", where)


def _members(bundle: _Bundle) -> Iterator[BundleFault]:
    archive, listed = bundle.archive, bundle.manifest.members
    own = {manifest.NAME} | ({manifest.SIGNATURE} if bundle.manifest.signer else set())
    for name in archive.places:
        if name not in listed and name not in own:
            yield BundleFault("BUNDLE-FILES", "a file that the manifest does not name", name)
    for name in sorted({*listed, *own} - set(archive.places)):
        yield BundleFault("BUNDLE-FILES", "a file that is not there", name)
    if list(archive.places) != [*sorted(listed), *sorted(own)]:
        yield BundleFault("BUNDLE-FILES", "files in another order than they are packed in")
        return
    for name, sealed in listed.items():
        if archive.sealed(name) != sealed:
            yield BundleFault("BUNDLE-HASH", "not the file that the manifest names", name)


def _signature(bundle: _Bundle) -> Iterator[BundleFault]:
    archive, signer, expected = bundle.archive, bundle.manifest.signer, bundle.expected_key
    bundle.outcome.signature = UNSIGNED if signer is None else WRONG_SIGNATURE
    if signer is None:
        if bundle.needs_signature:
            yield BundleFault("BUNDLE-SIGNER", "it is not signed")
        return
    data = archive.whole(manifest.SIGNER, _MOST_MANIFEST) if _has_signer(bundle) else b""
    key = keys.read_public(data)
    if key is None or keys.pem(key) != data or keys.fingerprint(key) != signer:
        yield BundleFault("BUNDLE-SIGNATURE", "not the key of the manifest", manifest.SIGNER)
        return
    signature = archive.whole(manifest.SIGNATURE, _MOST_MANIFEST)
    if not keys.fits(key, signature, bundle.manifest.to_bytes()):
        yield BundleFault("BUNDLE-SIGNATURE", "not by the key that it names", manifest.SIGNATURE)
        return
    bundle.outcome.signer = signer
    bundle.outcome.signature = UNKNOWN_KEY
    if expected is not None:
        is_given = keys.fingerprint(expected) == signer
        bundle.outcome.signature = GIVEN_KEY if is_given else OTHER_KEY
        if not is_given:
            yield BundleFault("BUNDLE-SIGNER", f"signed by another key than expected: {signer}")


def _has_signer(bundle: _Bundle) -> bool:
    return manifest.SIGNER in bundle.manifest.members


def _version(bundle: _Bundle) -> Iterator[BundleFault]:
    """The results of another version or other tables cannot be derived here."""
    about, outcome = bundle.manifest.about, bundle.outcome
    outcome.other_digests = about.other_digests
    outcome.is_other_version = not about.is_of_here
    if outcome.is_other_version:
        raise _NotJudged
    outcome.profile, outcome.seed = about.profile, about.seed
    if not about.is_known:
        yield BundleFault("BUNDLE-MANIFEST", "not what a dry-run is about", manifest.NAME)


def _run(bundle: _Bundle) -> Iterator[BundleFault]:
    about, archive, name = bundle.manifest.about, bundle.archive, RESULTS
    if not about.is_of(profiles().get(about.profile)):
        what = f"not as wide as the profile {about.profile!r} is here"
        yield BundleFault("BUNDLE-MANIFEST", what, manifest.NAME)
        return
    try:
        bundle.results = ResultsFile(
            lambda: archive.content(name) if name in archive.places else ()
        )
        started, verdicts = bundle.results.started, bundle.results.head["verdicts"]
        finished = [event.completed for event in bundle.results.ends()]
    except Misshapen as error:
        yield _misshapen("BUNDLE-REPORT", name, error)
        return
    settings = about.settings
    same = {
        "version": (about.ikeur, started.version),
        "tables": (about.digests.get("tables"), started.tables),
        "seed": (about.seed, started.seed),
        "count": (about.count, started.count),
        "suites": (about.suites, started.suites),
        "messages": (about.messages, started.messages),
        "planned": (settings.planned, started.planned),
        "sweep": ((settings.sweep, settings.quick), (started.sweep, started.quick)),
        "overrides": (tuple(map(str, settings.config.overrides)), started.overrides),
        "block_on": (settings.block_on, started.block_on),
        "spec_pack": ("", started.spec_pack),
        "verdicts": (bundle.manifest.verdicts, verdicts),
        "completed": ([True], finished),
    }
    for key, (one, other) in same.items():
        if one != other:
            yield BundleFault("BUNDLE-REPORT", f"{key}: another than in the manifest", name)


def _cases(bundle: _Bundle) -> Iterator[BundleFault]:
    cases = BundleCases(bundle.archive, bundle.manifest, bundle.results)
    yield from cases.faults()
    bundle.outcome.cases, bundle.outcome.judged = cases.cases, cases.judged
    bundle.outcome.skipped = cases.checker.skipped
    bundle.outcome.verdicts = bundle.manifest.verdicts


def _case_files(archive: Archive) -> CaseFiles:
    def read(path: str) -> bytes | None:
        place = archive.places.get(path)
        return archive.whole(path, MOST_READ) if place and place.size <= MOST_READ else None

    return read


def _reports(bundle: _Bundle) -> Iterator[BundleFault]:
    """Write the reports again from the results, and compare their digests."""
    listed, results, lang = bundle.manifest.members, bundle.results, bundle.manifest.about.lang
    try:
        summary = summarise(results)
        bundle.outcome.tested = wording.first_line(summary, texts(bundle.lang))
    except NO_EVENT:
        yield BundleFault("BUNDLE-REPORT", "not results as they are written", RESULTS)
        return
    if bundle.manifest.said != wording.first_line(summary, texts(lang)):
        yield BundleFault("BUNDLE-MANIFEST", "not what the verdicts say", manifest.NAME)
    with tempfile.TemporaryDirectory() as folder:
        try:
            write_all(summary, results, Path(folder), lang, _case_files(bundle.archive))
            if dict(summary.verdicts) != bundle.manifest.verdicts:
                yield BundleFault("BUNDLE-REPORT", "verdicts that do not add up", RESULTS)
        except NO_EVENT:
            yield BundleFault("BUNDLE-REPORT", "not results as they are written", RESULTS)
            return
        for name in registry.REPORTS:
            path = Path(folder) / name
            digest = _digest(path) if path.exists() else ""
            if (listed[name].sha256 if name in listed else "") != digest:
                yield BundleFault("BUNDLE-REPORT", "not what the verdicts say", name)
