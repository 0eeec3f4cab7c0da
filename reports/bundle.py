"""What is said of a bundle: that it was packed, and whether it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from reports.texts import texts
from reports.values import visible
from schemas.finding_codes import finding_codes


@dataclass(frozen=True)
class BundleFault:
    """One thing by which a bundle does not stand: a stable code, what, and where in it."""

    code: str
    what: str
    where: str = ""

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        return visible(f"{self.code}: {self.what}{place}")


@dataclass
class BundleOutcome:
    """What was found of a bundle; `signer` is the fingerprint of the key, None where unsigned.

    `cases` counts the verdicts, `judged` those of them that were derived again from the answers;
    `tested` is what all reports say first.
    """

    path: str
    sha256: str
    faults: list[BundleFault] = field(default_factory=list)
    made_by: str = ""
    is_other_version: bool = False
    profile: str = ""
    seed: int = 0
    signer: str | None = None
    cases: int = 0
    judged: int = 0
    verdicts: Mapping[str, int] = field(default_factory=dict)
    tested: str = ""

    @property
    def stands(self) -> bool:
        """Whether nothing was found against it."""
        return not self.faults

    def to_json(self) -> dict[str, Any]:
        """The outcome as a JSON object."""
        return {"stands": self.stands, **asdict(self)}

    def line(self, lang: str, here: str) -> str:
        """The outcome in one line; `here` is the version that judged it."""
        t = texts(lang)
        note = t("bundle.other", made=self.made_by, here=here) if self.is_other_version else ""
        if self.faults:
            first, more = self.faults[0], len(self.faults) - 1
            place = f" ({first.where})" if first.where else ""
            said = f"{first.code}: {finding_codes()[first.code].meaning[lang]}{place}"
            rest = t("bundle.more", n=more) if more else ""
            return visible(f"{self.path}: " + t("bundle.falls", first=said) + rest + note)
        words = {"cases": self.cases, "judged": self.judged, "profile": self.profile}
        said = t("bundle.stands", **words, seed=str(self.seed))
        return visible(f"{self.path}: {said} {self.tested} {signature(self.signer, lang)}") + note


def packed(path: str, digest: str, signer: str | None, lang: str) -> list[str]:
    """What is said of a bundle that was just packed."""
    t = texts(lang)
    lines = [t("bundle.line", path=visible(path)), t("bundle.digest", digest=digest)]
    return [*lines, signature(signer, lang)]


def signature(signer: str | None, lang: str) -> str:
    """By whom a bundle is signed, or that it is not."""
    t = texts(lang)
    return t("bundle.signed", signer=signer) if signer else t("bundle.unsigned")
