"""The output of `explain` about return codes."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cli.shared.output import tell, tell_json
from schemas.facts.return_codes import return_codes
from schemas.rules.rule_rows import Rule, own_rules

_WORDS = {
    "en": {
        "official": "The official text, from the list of 2.0 (WJ001): it is in Dutch alone.",
        "none": "No official text was found.",
        "about": "In our words",
        "in": "in the list of",
        "evidence": "evidence",
        "rules": "Rules that give it",
        "no rules": "No rule that ikeur judges gives it.",
    },
    "nl": {
        "official": "De officiële tekst, uit de lijst van 2.0 (WJ001).",
        "none": "Er is geen officiële tekst gevonden.",
        "about": "In onze woorden, in het Engels",
        "in": "in de lijst van",
        "evidence": "bewijs",
        "rules": "Regels die hem geven",
        "no rules": "Geen regel die ikeur beoordeelt geeft hem.",
    },
}


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
    words = _WORDS[lang]
    tell(code.code, *((code.text, words["official"]) if code.text else (words["none"],)))
    if code.about:
        tell(f"{words['about']}: {code.about}.")
    tell(f"{words['in']} {', '.join(code.releases)}; {words['evidence']} {code.evidence}")
    tell(f"{words['rules']}:" if found else words["no rules"])
    for rule, releases in found:
        tell(f"  {rule.name} ({', '.join(releases)}): {rule.meaning[lang]}")
