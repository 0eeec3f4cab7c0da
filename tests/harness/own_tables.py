"""The tables of the project: what loads each, and what can be wrong in it."""

from __future__ import annotations

from collections.abc import Callable

from generators.coverage.items import features
from generators.defects import alike_table, oddities
from generators.defects import table as defects
from generators.notation.table import notations
from generators.planning import plan, rule_constraints
from generators.values import domains
from generators.variation.table import variations
from harness.cli.shared import glossary
from harness.defects.all_defects import reasons
from harness.defects.of_facets import facets
from harness.dryrun.profiles import profiles
from harness.mailbox.demo.faults import faults as mailbox_faults
from harness.suites.broken import kinds as broken
from harness.suites.migration import kinds as gates
from harness.suites.refuse.kinds import refusals
from harness.suites.refuse.sweep.not_reached import not_reached
from harness.suites.rehearsal import tables as rehearsal
from harness.suites.retour import invalid, rule_kinds, twins
from harness.suites.retour import kinds as retours
from harness.suites.size import kinds as sizes
from harness.suites.state import kinds as states
from reports.layout import refusals as refused
from reports.run.causes import levels
from reports.shared import said, texts
from schemas.facts import catalogue, dated_lists, fills
from schemas.facts.error_codes import error_codes
from schemas.facts.finding_codes import finding_codes
from schemas.header import locations
from schemas.retour import pair, requirements
from schemas.rules import tables as rules
from schemas.switch import timeline
from schemas.switch.tables import load_rules

Load = Callable[[], object]
# By table what loads it, although it was loaded before. Of the folders with a table for each
# message type or code list one stands for all: they have one loader.
LOADS: dict[str, Load] = {
    **dict.fromkeys(
        (
            "schemas/tables/code_maps",
            "schemas/tables/codelists/Geslacht",
            "schemas/tables/ei20/WMO305",
            "schemas/tables/mapping_rules",
            "schemas/tables/messages",
            "schemas/tables/records",
            "schemas/tables/together",
            "schemas/tables/totals",
            "schemas/tables/xml21/WMO305",
            "schemas/tables/xml21/complex_types",
            "schemas/tables/xml21/simple_types",
        ),
        catalogue.load,
    ),
    "schemas/tables/dated/municipalities": dated_lists.load,
    "schemas/tables/dated_lists": dated_lists.load,
    "schemas/tables/fills": lambda: fills.header_code.__wrapped__("WMO302"),
    "schemas/tables/findings": finding_codes.__wrapped__,
    "schemas/tables/headers": lambda: locations.places.__wrapped__("WMO305", "2.0"),
    "schemas/tables/only_21": lambda: fills.only_21.__wrapped__("WMO305"),
    "schemas/tables/retour": lambda: pair.terms.__wrapped__("WMO305", "2.0").own,
    "schemas/tables/retour_codes": pair.said.__wrapped__,
    "schemas/tables/retour_own": requirements.requirements.__wrapped__,
    "schemas/tables/switch_moments": lambda: timeline._switch.__wrapped__("2.0", "2.1", ()),
    "schemas/tables/switch_rules": load_rules,
    "schemas/tables/timelines": lambda: timeline._switch.__wrapped__("2.0", "2.1", ()),
    "schemas/errors": error_codes.__wrapped__,
    "schemas/rules/dates": rules.load,
    "schemas/rules/judgements": rules.load,
    "schemas/rules/registers": rules.load,
    "schemas/rules/rules": rules.load,
    "generators/coverage/coverage": features.__wrapped__,
    "generators/defects/alike": alike_table.all_alike.__wrapped__,
    "generators/defects/changes": defects.load,
    "generators/defects/copies": defects.load,
    "generators/defects/defects": defects.load,
    "generators/defects/earlier": defects.load,
    "generators/notation/notations": notations.__wrapped__,
    "generators/variation/variations": variations.__wrapped__,
    "generators/defects/oddities": oddities.load,
    "generators/defects/oddity_changes": oddities.load,
    "generators/planning/counts": plan.counts.__wrapped__,
    "generators/planning/forbidden": rule_constraints.forbidden_codes.__wrapped__,
    "generators/planning/presence": rule_constraints.presences.__wrapped__,
    "generators/planning/siblings": rule_constraints.all_siblings.__wrapped__,
    "generators/values/domains": domains.by_target.__wrapped__,
    "reports/layout/refusals": refused.table.__wrapped__,
    "reports/run/causes/cause_levels": levels.levels.__wrapped__,
    "reports/shared/said": lambda: [said.table.__wrapped__(lang) for lang in texts.LANGUAGES],
    "reports/shared/texts": lambda: [texts.texts.__wrapped__(lang) for lang in texts.LANGUAGES],
    "harness/cli/shared/explained": glossary.groups.__wrapped__,
    "harness/cli/shared/explained_tables": glossary.entries.__wrapped__,
    "harness/defects/facets": facets.__wrapped__,
    "harness/defects/not_made": reasons.__wrapped__,
    "harness/dryrun/profiles": profiles.__wrapped__,
    "harness/mailbox/demo/faults": mailbox_faults.__wrapped__,
    "harness/suites/broken/not_asked": broken.not_asked.__wrapped__,
    "harness/suites/migration/gates": gates.kinds.__wrapped__,
    "harness/suites/refuse/refusals": refusals.__wrapped__,
    "harness/suites/refuse/sweep/not_reached": not_reached.__wrapped__,
    "harness/suites/rehearsal/known": rehearsal._client_origins.__wrapped__,
    "harness/suites/rehearsal/life": rehearsal.lives.__wrapped__,
    "harness/suites/rehearsal/phases": rehearsal.phases.__wrapped__,
    "harness/suites/rehearsal/steps": rehearsal.steps.__wrapped__,
    "harness/suites/retour/invalid": invalid.invalid.__wrapped__,
    "harness/suites/retour/not_asked": rule_kinds.not_asked.__wrapped__,
    "harness/suites/retour/retours": retours.kinds.__wrapped__,
    "harness/suites/retour/twins": twins.twins.__wrapped__,
    "harness/suites/size/sizes": sizes.sizes.__wrapped__,
    "harness/suites/state/states": states.kinds.__wrapped__,
}
NUMBERS = {
    "schemas/rules/dates": ("rank",),
    "schemas/tables/ei20/WMO305": ("start", "end", "length"),
    "schemas/tables/messages": ("ei_record_length",),
    "schemas/tables/records": ("rank",),
    "schemas/tables/xml21/WMO305": ("min", "max"),
    "schemas/tables/xml21/complex_types": ("min", "max"),
    "schemas/tables/xml21/simple_types": ("maxLength",),
    "generators/coverage/coverage": ("argument",),
    "generators/defects/earlier": ("number",),
    "generators/notation/notations": ("weight",),
    "generators/planning/counts": ("low", "high"),
    "harness/dryrun/profiles": ("count", "kept_one_in"),
    "harness/suites/rehearsal/life": ("place",),
    "harness/suites/rehearsal/phases": ("from", "to", "answer_from", "answer_to"),
    "harness/suites/rehearsal/steps": ("round", "from", "to"),
    "harness/suites/retour/retours": ("of", "classes"),
    "harness/suites/retour/twins": ("place",),
}
# What is one of few words, or names what must be known.
CHOICES = {
    "schemas/tables/findings": ("tolerated", "rules_follow"),
    "schemas/tables/messages": ("convertible",),
    "schemas/tables/retour_codes": ("classes", "granted", "evidence_granted"),
    "schemas/tables/retour_own": ("role", "asked"),
    "schemas/tables/switch_moments": ("edge", "moved", "minute_evidence"),
    "schemas/tables/switch_rules": ("decision", "direction"),
    "generators/coverage/coverage": ("kind",),
    "generators/notation/notations": ("release", "name"),
    "generators/planning/presence": ("presence",),
    "generators/values/domains": ("domain",),
    "reports/layout/refusals": ("release",),
    "reports/run/causes/cause_levels": ("level",),
    "harness/dryrun/profiles": ("suites", "sweep"),
    "harness/mailbox/demo/faults": ("fault", "release"),
    "harness/suites/migration/gates": ("shifts", "written", "agreed"),
    "harness/suites/refuse/refusals": ("kind", "release", "types"),
    "harness/suites/rehearsal/life": ("monthly",),
    "harness/suites/size/sizes": ("messages",),
    "harness/suites/state/states": ("kind", "together"),
    "harness/suites/rehearsal/phases": ("in_order",),
    "harness/suites/retour/invalid": ("kind", "types", "may_reject"),
    "harness/suites/retour/not_asked": ("what",),
    "harness/suites/retour/retours": ("clients", "pairs"),
}
# What stands in a table for people, or for `ikeur sources` to count.
NOTES = {
    "generators/variation/variations": ("why",),
    "schemas/tables/dated/municipalities": ("name",),
    "schemas/tables/ei20/WMO305": ("seq",),
    "schemas/tables/fills": ("direction", "record", "rule"),
    "schemas/tables/headers": ("evidence",),
    "schemas/tables/retour_codes": ("evidence_code",),
    "schemas/tables/together": ("evidence",),
    "schemas/tables/totals": ("evidence",),
    # The tables of the message types, which are read likewise, have no such column.
    "schemas/tables/xml21/complex_types": ("highest_value",),
    "generators/notation/notations": ("source",),
    "generators/planning/forbidden": ("rule",),
    "generators/planning/presence": ("rule",),
    "generators/planning/siblings": ("rule",),
    "harness/dryrun/profiles": ("what_en", "what_nl"),
    "harness/suites/broken/not_asked": ("why",),
}
