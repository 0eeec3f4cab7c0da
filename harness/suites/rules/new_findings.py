"""The business rules that an output breaks although its input did not."""

from __future__ import annotations

from harness.cases.case import Route
from harness.cases.specimen import Specimen
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Difference
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.rules.evaluate import CODE, Broken, RuleJudge
from schemas.xml.validators import SchemaSet


def newly_broken(
    specimen: Specimen, route: Route, reading: Reading, schemas: SchemaSet
) -> list[Broken]:
    """The rules that an output breaks, and neither the input nor the expected output does.

    `reading` must be of the right type, and sound enough to be judged.
    """
    broken = _broken(specimen, reading, route[-1])
    if not broken:
        return []
    source = read(specimen.sources[route[0]], route[0], schemas)
    expected = read(specimen.expected_bytes(route[-1]), route[-1], schemas)
    before = _broken(specimen, source, route[0]) + _broken(specimen, expected, route[-1])
    known = {item.check.rule.name for item in before}
    return [item for item in broken if item.check.rule.name not in known]


def _broken(specimen: Specimen, reading: Reading, release: str) -> list[Broken]:
    return RuleJudge().broken(specimen.message, reading.root, release) if reading.root else []


def as_difference(broken: Broken, tree: Siblings) -> Difference:
    """A broken rule as a difference at the element it blames, which has an address."""
    element = broken.check.element
    chain = tree.chain(broken.chain[: element.depth + 1])
    return Difference(
        CODE, element.record, element.key, broken.expected, broken.actual, chain, chain
    )
