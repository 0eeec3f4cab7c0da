"""Describes a finding, for several reports."""

from __future__ import annotations

from dataclasses import replace

from reports.events.events import Finding, Smallest
from reports.layout.addresses import command_for
from reports.run.in_language import translated
from reports.shared import code_text
from reports.shared.texts import Texts
from reports.shared.visible import MOST_SHOWN, excerpt, quoted, shortened, visible
from schemas.facts.return_codes import with_texts
from schemas.message.fault import EiAddress, XmlAddress


def bounded(finding: Finding) -> Finding:
    """The finding with its values shortened for people."""
    path, flaw = finding.xml.path if finding.xml else "", finding.flaw
    told = (flaw.value, flaw.said) if flaw else ()
    if max(map(len, (finding.expected, finding.actual, path, *told))) <= MOST_SHOWN:
        return finding
    expected, actual = excerpt(finding.expected, finding.actual)
    xml = finding.xml and replace(finding.xml, path=shortened(path))
    flaw = flaw and replace(flaw, value=shortened(flaw.value), said=shortened(flaw.said))
    return replace(finding, expected=expected, actual=actual, xml=xml, flaw=flaw)


def evidence(finding: Finding, kind: str, t: Texts) -> str:
    """How certain the facts behind a finding are, and what follows from that."""
    grade = t.get(f"evidence.{finding.evidence}", finding.evidence)
    return f"{grade}; {t(f'kind.{kind}')}"


def declared(finding: Finding, t: Texts) -> str:
    """The declared deviation of a finding, with its reason; empty if there is none."""
    if not finding.deviation:
        return ""
    number, why = str(finding.deviation), visible(shortened(finding.deviation_reason))
    return t("finding.declared.by", number=number, reason=why)


def _columns(place: EiAddress, t: Texts) -> str:
    if place.start == place.end:
        return t("place.column", start=str(place.start))
    return t("place.columns", start=str(place.start), end=str(place.end))


def ei_place(place: EiAddress, t: Texts) -> str:
    """An address in a 2.0 message."""
    text = t("place.ei", number=str(place.number))
    text += f" ({place.record})" if place.record else ""
    text += f" {place.field}" if place.field else ""
    return visible(f"{text}, {_columns(place, t)}" if place.start else text)


def xml_place(place: XmlAddress, t: Texts) -> str:
    """An address in a 2.1 message."""
    line = f", {t('place.line', line=str(place.line))}" if place.line else ""
    return visible(place.path + line)


def places(finding: Finding | Smallest, t: Texts) -> dict[str, str]:
    """The known addresses of a finding, by release."""
    found = {}
    if finding.ei:
        found["2.0"] = ei_place(finding.ei, t)
    if finding.xml:
        found["2.1"] = xml_place(finding.xml, t)
    return found


def heading(finding: Finding, t: Texts) -> str:
    """The meaning of a finding; for an accepted flaw, with what is wrong."""
    said = code_text.meaning(finding.code, t)
    return f"{said.removesuffix('.')}: {flaw(finding, t)}" if finding.taken_with else said


def flaw(finding: Finding, t: Texts) -> str:
    """What is wrong with a message that must be refused; empty for other messages."""
    if finding.flaw is None:
        return ""
    return visible(f"{finding.flaw.what[t.lang].removesuffix('.')} ({finding.flaw.kind})")


def flaw_value(finding: Finding, t: Texts) -> str:
    """The value at a flaw; empty if it has no single place."""
    if finding.flaw is None or not (finding.flaw.field or finding.flaw.value):
        return ""
    return quoted(finding.flaw.value, t("nothing"))


def flaw_said(finding: Finding) -> str:
    """The code and words with which the reference refuses the message."""
    if finding.flaw is None:
        return ""
    return visible(": ".join(filter(None, [finding.flaw.code, finding.flaw.said])))


def told_of_flaw(finding: Finding, t: Texts) -> list[tuple[str, str]]:
    """The details of a flaw, except its addresses."""
    parts = [
        (t("flaw.value"), flaw_value(finding, t)),
        (t("flaw.said"), flaw_said(finding)),
    ]
    return [(label, text) for label, text in parts if text]


def size(smallest: Smallest, t: Texts) -> str:
    """The size of a reduced message, and why its reduction was not completed."""
    before, after = t.number(smallest.bytes_before), t.number(smallest.bytes_after)
    told = [t("smallest.size", before=before, after=after)] if smallest.files else []
    if smallest.ended != "complete":
        told.append(t(f"smallest.{smallest.ended}"))
    return "; ".join(told)


def smallest(finding: Finding, t: Texts) -> str:
    """The path of the reduced message of a finding; empty if there is none."""
    if finding.smallest is None:
        return ""
    path = next(iter(finding.smallest.files.values()), "")
    return visible(": ".join(filter(None, [path, size(finding.smallest, t)])))


def again(finding: Finding, t: Texts) -> str:
    """The result of the second try; empty if there was none, or nothing to add."""
    tried = finding.again
    if tried is None or (tried.gave == "same" and not finding.code.startswith("SUT-")):
        return ""
    told = [t(f"again.{tried.gave}{'' if tried.fresh else '.running'}")]
    if tried.before:
        told.append(t.count("again.sequence", len(tried.before), file=tried.file))
    if tried.ended in ("cut-off", "not-shown"):
        told.append(t(f"again.{tried.ended}"))
    return visible("; ".join(told))


def retour(finding: Finding) -> str:
    """The return codes that a rule gives, with their official texts, which are in Dutch."""
    texts = dict(with_texts(finding.retour))
    codes = finding.retour.split("|") if finding.retour else []
    return visible(
        "; ".join(f"{code} ({texts[code]})" if code in texts else code for code in codes)
    )


def details(finding: Finding, kind: str, t: Texts) -> list[tuple[str, str]]:
    """The parts of a finding on one line each, with labels."""
    finding = translated(bounded(finding), t)
    where = [(t(f"release.{name}"), place) for name, place in places(finding, t).items()]
    parts = [
        (t("flaw"), flaw(finding, t)),
        *(where or [(t("finding.where"), t("place.unknown"))]),
        *told_of_flaw(finding, t),
        (t("finding.expected"), quoted(finding.expected, t("nothing"))),
        (t("finding.actual"), quoted(finding.actual, t("nothing"))),
        (t("finding.rule"), visible(finding.rule)),
        (t("finding.retour"), retour(finding)),
        (t("finding.said"), visible(finding.said)),
        (t("evidence"), evidence(finding, kind, t)),
        (t("finding.declared"), declared(finding, t)),
        (t("finding.case"), visible(finding.case)),
        (t("finding.layout"), command_for(finding)),
        (t("finding.reproduce"), visible(finding.reproduce)),
        (t("finding.again"), again(finding, t)),
        (t("finding.smallest"), smallest(finding, t)),
    ]
    return [(label, text) for label, text in parts if text]
