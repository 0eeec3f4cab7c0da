"""The manifest of a bundle: what was run, by which version, and the digest of every file."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Self

from harness.configuration.connect import operations
from harness.configuration.ikeur_toml import SutConfig, WayConfig
from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen, parsed
from harness.dryrun.profiles import Profile
from harness.dryrun.software import sut_files
from harness.dryrun.zip_archive import Sealed
from harness.running.settings import Settings
from harness.sut.protocol import OPERATIONS
from harness.version import digests, version
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.switch.overrides import Override
from schemas.switch.timeline import switch

NAME, SIGNATURE, SIGNER = "manifest.json", "manifest.sig", "signer.pub"
FORMAT = "ikeur bundle 1"


@dataclass(frozen=True)
class About:
    """The parameters of a dry-run, which must not change while it runs.

    `operations` and `claimed` are what the software claims (None for all message types),
    `overrides` the moved deadlines, `files` those of the software.
    """

    ikeur: str
    digests: Mapping[str, str]
    profile: str
    suites: tuple[str, ...]
    messages: tuple[str, ...]
    count: int
    kept_one_in: int
    quick: bool
    seed: int
    lang: str
    operations: tuple[str, ...]
    claimed: tuple[str, ...] | None
    overrides: tuple[Mapping[str, str], ...]
    files: tuple[Mapping[str, str | int], ...]

    @classmethod
    def of(cls, profile: Profile, settings: Settings) -> Self:
        """The parameters of a dry-run with these settings."""
        return cls(
            ikeur=version(),
            digests=digests(),
            profile=profile.name,
            suites=settings.suites,
            messages=settings.messages,
            count=settings.count,
            kept_one_in=settings.kept_one_in,
            quick=settings.quick,
            seed=settings.seed,
            lang=settings.lang,
            operations=operations(settings.options, settings.config),
            claimed=None if settings.claimed is None else tuple(sorted(settings.claimed)),
            overrides=tuple(map(_override_json, settings.config.overrides)),
            files=tuple(sut_files(settings.options, settings.config)),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read the parameters from a JSON object that matches the schema."""
        lists = ("suites", "messages", "operations", "claimed", "overrides", "files")
        cells: dict[str, Any] = dict(data)
        cells |= {name: tuple(cells[name]) for name in lists if cells[name] is not None}
        return cls(**cells)

    def to_json(self) -> dict[str, Any]:
        """The parameters as a JSON object."""
        return dict(json.loads(json.dumps(asdict(self))))

    @property
    def settings(self) -> Settings:
        """The settings of the run, without the way to reach the software."""
        return Settings(
            messages=self.messages,
            suites=self.suites,
            count=self.count,
            seed=self.seed,
            lang=self.lang,
            claimed=None if self.claimed is None else frozenset(self.claimed),
            config=SutConfig(
                ways={name: WayConfig() for name in self.operations},
                overrides=tuple(map(_override, self.overrides)),
            ),
            kept_one_in=self.kept_one_in,
            quick=self.quick,
        )

    @property
    def is_known(self) -> bool:
        """Whether all names exist, once and in order, and the deadlines can be moved so."""
        try:
            switch(*RELEASES, map(_override, self.overrides))
        except (UsageError, ValueError):
            return False
        known = (OPERATIONS, self.operations), (sorted(catalogue().messages), self.claimed or ())
        in_order = (tuple(name for name in names if name in told) == told for names, told in known)
        return all(in_order) and all(item["operation"] in self.operations for item in self.files)

    @property
    def other_digests(self) -> tuple[str, ...]:
        """The names of the digests that differ from the installed ones."""
        here = digests()
        return tuple(
            name
            for name in sorted({*here, *self.digests})
            if here.get(name) != self.digests.get(name)
        )

    @property
    def is_of_here(self) -> bool:
        """Whether the installed version and tables made the bundle."""
        return self.ikeur == version() and not self.other_digests

    def is_of(self, profile: Profile | None) -> bool:
        """Whether the parameters match a profile, over all message types."""
        return (
            profile is not None
            and (self.suites, self.count, self.kept_one_in, self.quick)
            == (profile.suites, profile.count, profile.kept_one_in, profile.quick)
            and self.messages == tuple(catalogue().messages)
        )


def _override_json(item: Override) -> dict[str, str]:
    return {**vars(item), "moment": item.moment.isoformat(), "where": ""}


def _override(data: Mapping[str, str]) -> Override:
    return Override(moment=datetime.fromisoformat(data["moment"]), **_without(data, "moment"))


def _without(data: Mapping[str, str], name: str) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != name}


class OtherFormat(Exception):
    """A manifest in the format of another version, which is `made_by`."""

    def __init__(self, made_by: str) -> None:
        super().__init__(made_by)
        self.made_by = made_by


@dataclass(frozen=True)
class Manifest:
    """The manifest of a bundle; `signer` is the fingerprint of a key, or None.

    `said` is the first line of its reports: the verdict, and what was tested.
    """

    said: str
    about: About
    python: str
    verdicts: Mapping[str, int]
    signer: str | None
    members: Mapping[str, Sealed]

    @classmethod
    def of(cls, said: str, about: About, verdicts: Mapping[str, int], signer: str | None) -> Self:
        """The manifest of a bundle without members yet."""
        return cls(said, about, platform.python_version(), verdicts, signer, {})

    def to_bytes(self) -> bytes:
        """The manifest as the bytes of its file."""
        data = {
            "said": self.said,
            "format": FORMAT,
            "about": self.about.to_json(),
            "python": self.python,
            "verdicts": dict(self.verdicts),
            "signer": self.signer,
            "members": {name: asdict(item) for name, item in sorted(self.members.items())},
        }
        return json.dumps(data, indent=1).encode() + b"\n"

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a manifest.

        Raises Misshapen if it is not exactly as this version writes it, and OtherFormat if another
        version wrote another format.
        """
        found = parsed(data)
        _same_format(found)
        shapes.manifest().hold(found)
        manifest = cls(
            found["said"],
            About.from_json(found["about"]),
            found["python"],
            found["verdicts"],
            found["signer"],
            {name: Sealed(**item) for name, item in found["members"].items()},
        )
        if manifest.to_bytes() != data:
            raise Misshapen
        return manifest


def _same_format(found: Any) -> None:
    """Raise OtherFormat if another version wrote a manifest in another format."""
    if shapes.any_manifest().check(found) is not None or found["format"] == FORMAT:
        return
    if found["about"]["ikeur"] != version():
        raise OtherFormat(found["about"]["ikeur"])
