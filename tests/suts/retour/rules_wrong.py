"""Responders that were never told of one rule, or of one of the classes where it stands."""

from __future__ import annotations

from tests.suts.retour.tools import Pair, Respond, faithful, spoilt


def never_told_of(rule: str, at: str = "") -> Respond:
    """A responder that does not judge a rule, or not at one class."""

    def respond(data: bytes, source: str, target: str) -> bytes:
        from harness.reference.responder import (
            answer,
            heen_of,
            identification,
            refuse_unreadable,
        )
        from schemas.releases.read_write import read
        from schemas.rules.evaluate import RuleJudge
        from schemas.rules.placements import placements

        reading = read(data, source)
        message, root = heen_of(reading, source)
        broken = RuleJudge().broken(message, root, source)
        refuse_unreadable(reading, broken, source)
        there = {one.records[-1] for one in placements(message.name) if not at or one.named(at)}
        known = [
            item
            for item in broken
            if item.check.rule.name != rule or item.check.element.record not in there
        ]
        return answer(message, root, target, known, identification(data))

    return respond


never_told_of_lasting_addresses = never_told_of("TR061")
never_told_of_clients_that_stand_twice = never_told_of("TR101", "Client")
never_told_of_starts_that_stand_twice = never_told_of("TR101", "StartProduct")
never_told_of_first_deliveries_that_stand_twice = never_told_of("TR074")
never_told_of_lines_that_are_credited_twice = never_told_of("TR315")
never_told_of_credit_of_the_same_message = never_told_of("TR316")
never_told_of_references_that_stand_twice = never_told_of("TR314")
never_told_of_interpreters = never_told_of("CD007")
never_told_of_sizes = never_told_of("CD041")
never_told_of_sizes_of_assigned_products = never_told_of("CD041", "ToegewezenProduct")
never_told_of_credit_without_an_earlier_line = never_told_of("CD060")
never_told_of_periods_of_addresses = never_told_of("CS003", "Contact")
never_told_of_periods_of_declarations = never_told_of("TR137", "Bericht")
never_told_of_periods_of_lines = never_told_of("TR137", "Prestatie")
never_told_of_partners_of_relaties = never_told_of("CS050", "Relatie")
never_told_of_spaces_in_postcodes = never_told_of("CS089")
never_told_of_uncertain_birth_dates = never_told_of("CS139")
never_told_of_clients_that_are_organisations = never_told_of("CS318")
never_told_of_credit_of_nothing = never_told_of("CS325", "Prestatie")
never_told_of_municipalities = never_told_of("TR378")


def adds_up_to_a_euro(data: bytes, source: str, target: str) -> bytes:
    """Takes totals that are at most a euro apart for the same."""
    answer = faithful(data, source, target)
    pair = Pair(data, answer, source)
    if "0150" not in pair.codes(pair.retour):
        return answer
    total = pair.terms.total
    assert total
    lines = [node for node in pair.heen.walk() if node.record == total.record]
    summed = sum(pair.terms.amount(line, total.amount) for line in lines)
    apart = abs(pair.terms.submitted(pair.heen) - summed)
    return never_told_of("TR358")(data, source, target) if apart <= 100 else answer


@spoilt
def takes_postcodes_for_countries(pair: Pair) -> None:
    """Writes the code of a missing country for a postcode that is none."""
    for node in pair.details:
        codes = {"S089": "D005", "D034": "D005"}
        pair.put_codes(node, *(codes.get(code, code) for code in pair.codes(node)))


@spoilt
def rejects_double_credit_for_technical_reasons(pair: Pair) -> None:
    """Writes 0001 for each line that credits again what another one credits."""
    for node in pair.details:
        pair.put_codes(node, *("0001" if code == "8269" else code for code in pair.codes(node)))
