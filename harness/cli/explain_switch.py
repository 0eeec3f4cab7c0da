"""The output of `explain` about a rule of the switch."""

from __future__ import annotations

from harness.cli.shared.output import tell, tell_json
from reports.shared.texts import texts
from schemas.facts.codelists import RELEASES
from schemas.switch.tables import Moment, switch_rules
from schemas.switch.timeline import local, switch


def explain_switch_rule(name: str, lang: str, as_json: bool) -> None:
    """Print the decision of a rule, and the moments between which it applies."""
    rule, moments = switch_rules()[name], switch(*RELEASES).moments
    limits = {"after": moments.get(rule.after), "before": moments.get(rule.before)}
    if as_json:
        tell_json(
            {
                "rule": rule.name,
                "decision": rule.decision,
                "messages": list(rule.messages),
                "meaning": rule.meaning[lang],
                "evidence": rule.evidence,
                **{limit: local(item.minute) if item else "" for limit, item in limits.items()},
            }
        )
        return
    t = texts(lang)
    tell(rule.name, rule.meaning[lang])
    graded = f"{t('explain.switch.evidence')} {rule.evidence}"
    tell(f"{t('explain.switch.decision')}: {rule.decision}; {graded}")
    for limit, item in limits.items():
        if item:
            tell(f"{t(f'explain.switch.{limit}')} {_moment(item, lang)}")


def _moment(item: Moment, lang: str) -> str:
    return f"{local(item.minute)}: {item.meaning[lang]}"
