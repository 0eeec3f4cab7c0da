"""What `ikeur validate` tells of messages, for people."""

from __future__ import annotations

from collections import Counter
from typing import Any

from harness.cli.shared.output import tell
from reports.layout.addresses import command
from reports.shared.said import PLACE, said
from reports.shared.texts import Texts
from reports.shared.visible import excerpt
from schemas.facts.finding_codes import finding_codes
from schemas.facts.return_codes import with_texts
from schemas.message.fault import EiAddress, XmlAddress
from schemas.rules.tables import own_tables as rules


def _meaning(item: dict[str, Any], t: Texts) -> str:
    """The meaning of a broken rule and its return code; empty for other findings."""
    rule = rules().rules.get(item["rule"])
    if rule is None:
        return ""
    codes = item["retour"].replace("|", f" {t('validate.or')} ")
    retour = t("validate.retour", codes=codes) if codes else t("validate.no_retour")
    return f"{rule.meaning[t.lang]} ({retour})"


def tell_result(result: dict[str, Any], t: Texts, with_rules: bool) -> None:
    """Print whether a message is valid, and its findings; `with_rules`: rules were asked for."""
    name = f"{result['message'] or '?'} {result['release']}"
    verdict = t("validate.valid" if result["valid"] else "validate.invalid")
    told = t("validate.left_out") if result["left_out"] else f"{name}: {verdict}"
    tell(f"{result['file']}: {told}")
    if with_rules and not result["rules_judged"] and not result["left_out"]:
        tell(f"  {t('validate.no_rules')}")
    for item in result["findings"]:
        _tell_finding(item, result["message"], t)


def _tell_finding(item: dict[str, Any], message: str, t: Texts) -> None:
    code = finding_codes()[item["code"]]
    key = "validate.blocks" if item["blocking"] else "validate.advises"
    name = f"{item['code']} {item['rule']}".strip()
    where = said(PLACE, item["where"], t) or t("validate.file")
    tell(f"  {t(key, name=name, where=where, grade=item['evidence'])}")
    tell(f"    {_meaning(item, t) or code.meaning[t.lang]}")
    for retour, text in with_texts(item["retour"]):
        tell(f"    {retour}: {text}")
    if item["expected"] or item["actual"]:
        one, other = (said(item["code"], item[side], t) for side in ("expected", "actual"))
        expected, actual = map(repr, excerpt(one, other))
        tell(f"    {t('validate.values', expected=expected, actual=actual)}")
    if item["said"]:
        tell(f"    {item['said']}")
    if shown := _layout(message, item):
        tell(f"    {t('validate.layout', command=shown)}")


def _layout(message: str, item: dict[str, Any]) -> str:
    """The command that shows the place of a finding; empty if it has none."""
    ei, xml = item["ei"], item["xml"]
    return command(message, EiAddress(**ei) if ei else None, XmlAddress(**xml) if xml else None)


def total(counts: Counter[str], t: Texts) -> str:
    """How many messages were judged, and how many files were left out."""
    told = t.count("validate.judged", counts["judged"], red=counts["judged, red"])
    if counts["left out"]:
        told += f", {t.count('validate.files_left_out', counts['left out'])}"
    if counts["left out, red"]:
        told += f" ({t('validate.unread', n=counts['left out, red'])})"
    return told
