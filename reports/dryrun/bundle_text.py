"""The messages about a bundle: that it was packed, and whether it is valid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from reports.shared.said import said
from reports.shared.texts import Texts, texts
from reports.shared.visible import shortened, visible
from schemas.facts.finding_codes import finding_codes

_MOST_SAID = 2000


@dataclass(frozen=True)
class BundleFault:
    """A reason why a bundle is invalid: a stable code, what is wrong, and where."""

    code: str
    what: str
    where: str = ""

    def said(self, t: Texts) -> str:
        """The reason on one line."""
        place = f" ({said(self.code, self.where, t)})" if self.where else ""
        return visible(f"{self.code}: {said(self.code, self.what, t)}{place}")


OTHER_VERSION = "BUNDLE-VERSION"
# What is known of the signer of a bundle.
UNCHECKED, WRONG_SIGNATURE, UNSIGNED = "unchecked", "wrong", "unsigned"
UNKNOWN_KEY, GIVEN_KEY, OTHER_KEY = "unknown-key", "given-key", "other-key"


@dataclass
class BundleOutcome:
    """The result of verifying a bundle; `signer` is the key fingerprint of a valid signature.

    If `is_other_version`, nothing was derived: another version or other tables made the bundle, and
    `other_digests` names them. `cases` is the number of verdicts, `judged` of those derived again
    from answers, `skipped` of those never asked; `tested` is the first line of the reports.
    """

    path: str
    sha256: str
    faults: list[BundleFault] = field(default_factory=list)
    made_by: str = ""
    is_other_version: bool = False
    other_digests: tuple[str, ...] = ()
    profile: str = ""
    seed: int = 0
    signature: str = UNCHECKED
    signer: str | None = None
    cases: int = 0
    judged: int = 0
    skipped: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    tested: str = ""

    @property
    def stands(self) -> bool:
        """Whether the bundle was judged, and no fault was found."""
        return not self.faults and not self.is_other_version

    @property
    def told_only(self) -> int:
        """The number of verdicts that cannot be derived, as their answers were not kept."""
        return self.cases - self.judged - self.skipped

    @property
    def install(self) -> str | None:
        """The package to install to judge the bundle, if this version cannot."""
        return f"ikeur=={self.made_by}" if self.is_other_version else None

    def to_json(self) -> dict[str, Any]:
        """The outcome as a JSON object; texts from the bundle are made visible."""
        found = {"stands": self.stands, **asdict(self)}
        found["tested"] = visible(self.tested)
        found["faults"] = [
            {name: visible(text) for name, text in vars(fault).items()} for fault in self.faults
        ]
        return {**found, "told_only": self.told_only, "install": self.install}

    def line(self, lang: str, here: str) -> str:
        """The outcome on one line, signer first; `here` is the version that judged it."""
        t = texts(lang)
        who = t(f"bundle.who.{self.signature}", signer=self.signer)
        return visible(f"{who}: {self.path}: {self._said(t, here)}")

    def _said(self, t: Texts, here: str) -> str:
        if self.faults:
            first, more = self.faults[0], len(self.faults) - 1
            place = f" ({said(first.code, first.where, t)})" if first.where else ""
            why = f"{first.code}: {finding_codes()[first.code].meaning[t.lang]}{place}"
            return t("bundle.falls", first=why) + (t("bundle.more", n=more) if more else "")
        if self.is_other_version:
            return self._not_judged(t, here)
        words = {"cases": self.cases, "judged": self.judged, "skipped": self.skipped}
        about = {"profile": self.profile, "seed": str(self.seed), "here": here}
        key = "bundle.stands.partly" if self.told_only else "bundle.stands"
        whole = t(key, **words, **about, told=self.told_only)
        return f"{whole} {t('bundle.says', said=shortened(self.tested, _MOST_SAID))}"

    def _not_judged(self, t: Texts, here: str) -> str:
        """Why the bundle cannot be judged here, and what is known of it."""
        if self.signature == UNCHECKED:
            known, rest = t("bundle.other.format"), ""
        else:
            known = t("bundle.other.whole")
            fits = self.signature != UNSIGNED
            rest = t("bundle.other.signature") if fits else t("bundle.other.unsigned")
        words = {"code": OTHER_VERSION, "made": self.made_by, "here": here, "install": self.install}
        if self.made_by == here:
            names = ", ".join(self.other_digests)
            return f"{t('bundle.other.tables', digests=names, **words)} {known}{rest}"
        return f"{t('bundle.other', **words)} {known}{rest}"


def packed(path: str, digest: str, signer: str | None, lang: str) -> list[str]:
    """The messages about a bundle that was just packed."""
    t = texts(lang)
    lines = [t("bundle.line", path=visible(path)), t("bundle.digest", digest=digest)]
    return [*lines, signature(signer, lang)]


def signature(signer: str | None, lang: str) -> str:
    """The signer of a bundle, or that it is unsigned."""
    t = texts(lang)
    return t("bundle.signed", signer=signer) if signer else t("bundle.unsigned")
