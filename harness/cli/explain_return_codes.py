"""The output of `explain` about return codes."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cli.shared.output import tell, tell_json
from reports.shared.said import RETURN_CODE, said
from reports.shared.texts import texts
from schemas.facts.return_codes import return_codes
from schemas.rules.rule_rows import Rule, own_rules


def _rules(code: str) -> Iterator[tuple[Rule, list[str]]]:
    """The rules that give a code, each with the releases in which it does."""
    for rule in own_rules().values():
        releases = [name for name, codes in rule.retour.items() if code in codes.split("|")]
        if releases:
            yield rule, releases


def explain_return_code(name: str, lang: str, as_json: bool) -> None:
    """Print the official text of a return code, and the rules that give it."""
    code, found = return_codes()[name], list(_rules(name))
    if as_json:
        tell_json(
            {
                "return_code": code.code,
                "text": code.text,
                "text_language": "nl" if code.text else "",
                "about": code.about,
                "releases": list(code.releases),
                "evidence": code.evidence,
                "rules": {rule.name: releases for rule, releases in found},
            }
        )
        return
    t = texts(lang)
    tell(
        code.code,
        *((code.text, t("explain.code.official")) if code.text else (t("explain.code.none"),)),
    )
    if code.about:
        tell(f"{t('explain.code.about')}: {said(RETURN_CODE, code.about, t)}.")
    graded = f"{t('explain.code.evidence')} {code.evidence}"
    tell(f"{t('explain.code.in')} {', '.join(code.releases)}; {graded}")
    tell(f"{t('explain.code.rules')}:" if found else t("explain.code.no_rules"))
    for rule, releases in found:
        tell(f"  {rule.name} ({', '.join(releases)}): {rule.meaning[lang]}")
