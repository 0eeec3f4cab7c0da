"""The output of `explain` and `sources` about business rules."""

from __future__ import annotations

from harness.cli.shared.output import tell, tell_json
from reports.shared.texts import texts
from schemas.facts.return_codes import with_texts
from schemas.rules.rule_rows import NOTHING, RULE, Rule, judged_in, own_rules


def _json(rule: Rule, lang: str) -> dict[str, object]:
    return {
        "rule": rule.name,
        "also": list(rule.also),
        "level": rule.level,
        "messages": rule.messages,
        "meaning": rule.meaning[lang],
        "return_codes": {
            release: [code for code in codes.split("|") if code]
            for release, codes in rule.retour.items()
        },
        "evidence": dict(rule.evidence),
        "tested_by": rule.tested_by,
        "releases": list(judged_in().get(rule.name, ())),
        "findings": list(rule.findings),
        "because": rule.because[lang],
    }


def explain_rule(name: str, lang: str, as_json: bool) -> None:
    """Print the meaning of a rule."""
    rule = own_rules()[name]
    if as_json:
        tell_json(_json(rule, lang))
        return
    t = texts(lang)
    formerly = f" ({t('explain.rule.was')} {' '.join(rule.also)})" if rule.also else ""
    tell(f"{rule.name}{formerly}", rule.meaning[lang])
    level = t(f"explain.level.{rule.level}")
    tell(f"{t('explain.rule.level')}: {level}; {t('explain.rule.messages')}: {rule.messages}")
    for release, codes in rule.retour.items():
        code, grade = codes.replace("|", " | ") or t("explain.rule.none"), rule.evidence[release]
        tell(f"{release}: {t('explain.rule.retour')} {code}; {t('explain.rule.evidence')} {grade}")
    for code, text in dict(with_texts("|".join(rule.retour.values()))).items():
        tell(f"  {code}: {text}")
    tell(_tested(rule, lang))


def _tested(rule: Rule, lang: str) -> str:
    """What judges a rule, or why nothing does."""
    what = " ".join(rule.findings) or ", ".join(judged_in().get(rule.name, ()))
    said = f"{texts(lang)(f'explain.rule.{rule.tested_by}')} {what}".strip()
    return f"{said}: {rule.because[lang]}" if rule.because[lang] else said


def list_rules(lang: str, as_json: bool) -> None:
    """List every rule, with what judges it or why nothing does."""
    found = list(own_rules().values())
    if as_json:
        tell_json([_json(rule, lang) for rule in found])
        return
    t = texts(lang)
    levels = {rule.level: t(f"explain.level.{rule.level}") for rule in found}
    width = max(map(len, levels.values()))
    for rule in found:
        level, grades = levels[rule.level].ljust(width), "/".join(rule.evidence.values())
        tell(f"{rule.name:6} {level} {grades}  {rule.messages:28} {_tested(rule, lang)}")
    judged = sum(rule.tested_by == RULE for rule in found)
    left = sum(rule.tested_by == NOTHING for rule in found)
    not_tested = f"{left} {t('explain.rule.nothing')}"
    tell(
        f"{len(found)}: {judged} {t('explain.rule.rule').removesuffix(' in')}, "
        f"{len(found) - judged - left} {t('explain.rule.schema')}, {not_tested}"
    )
