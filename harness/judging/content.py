"""Compares a converted message with the expected one, value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from generators.content.sides import EXPECTED
from harness.cases.case import Route
from harness.cases.specimen import Specimen
from harness.judging.locate import Locator
from harness.judging.tree_diff import Chain, Difference, differences, without
from schemas.facts.fills import filled_keys
from schemas.message.fault import Fault
from schemas.message.node import Node, size
from schemas.reading import Reading
from schemas.xml.validators import SchemaSet

_FREE = "any value that is unique in the message"
# No published source says what to fill in where 2.0 has no field.
_FREE_EVIDENCE = "D"
FIELD_COUNTS = {
    "FIELD-LOST": "lost",
    "FIELD-CUT": "cut",
    "FIELD-CHANGED": "changed",
    "FIELD-INVENTED": "invented",
}


@dataclass
class Conversion:
    """The output of a conversion, and what was found in it.

    `fidelity` counts how its values fared; `compared` lists the differences from the expected
    message, once compared.
    """

    specimen: Specimen
    route: Route
    output: bytes
    schemas: SchemaSet
    fidelity: dict[str, int] = field(default_factory=dict)
    compared: list[Difference] | None = None

    @property
    def target(self) -> str:
        """The release of the output."""
        return self.route[-1]

    @property
    def is_as_expected(self) -> bool:
        """Whether the output certainly equals the expected message, byte for byte."""
        return self.specimen.says_expected(self.output, self.target)

    @property
    def reading(self) -> Reading:
        """The parsed output."""
        return self.specimen.reading(self.output, self.target, self.schemas)

    def locator(self, actual: Node) -> Locator:
        """The locator of differences."""
        return Locator(self.specimen, self.route, actual, self.output)

    def schema_faults(self) -> Iterator[Fault]:
        """The violations of the layout or schema of its release."""
        reading, message = self.reading, self.specimen.message
        yield from reading.faults
        if reading.message is not None and reading.message is not message:
            yield Fault("TYPE-CHANGED", reading.message.name, message.name)

    def all_faults(self) -> Iterator[Fault]:
        """The violations of its layout or schema, and the differences value by value."""
        if not self.is_as_expected:
            reading = self.reading
            # Other faults of a message of another type are irrelevant.
            if reading.message in (None, self.specimen.message):
                # The first fault of an unreadable message is reported with the content.
                is_told = reading.message is not None and reading.root is None
                yield from reading.faults[1:] if is_told else reading.faults
        yield from self.content_faults()

    def content_faults(self) -> Iterator[Fault]:
        """The differences value by value."""
        specimen, target = self.specimen, self.target
        if self.is_as_expected:
            self._compared([], specimen.content.count(EXPECTED[target]))
            return
        reading = self.reading
        if reading.message is not specimen.message or reading.root is None:
            yield of_other_type(specimen, reading)
            return
        actual_root, expected = reading.root, specimen.expected[target]
        filled = filled_keys(specimen.message.name) if target == "2.1" else {}
        locator = self.locator(reading.root)
        if filled:
            for difference in _free_differences(actual_root, (), filled, set()):
                yield replace(locator.fault(difference), evidence=_FREE_EVIDENCE)
            actual_root = without(actual_root, filled)
        found = differences(expected, actual_root)
        self._compared(found, size(expected))
        yield from (locator.fault(difference) for difference in found)

    def _compared(self, found: list[Difference], values: int) -> None:
        self.fidelity = _fidelity(found, values) | self.specimen.losses(self.route[0])
        self.compared = found


def of_other_type(specimen: Specimen, reading: Reading) -> Fault:
    """The fault of an output that cannot be compared: unreadable or of another type."""
    if reading.message is specimen.message and reading.faults:
        return reading.faults[0]
    actual = reading.message.name if reading.message else "unreadable"
    return Fault("TYPE-CHANGED", actual, specimen.message.name)


def _fidelity(found: Sequence[Difference], values: int) -> dict[str, int]:
    counts = dict.fromkeys(("kept", "changed", "lost", "cut", "invented"), 0)
    for difference in found:
        if difference.code in FIELD_COUNTS:
            counts[FIELD_COUNTS[difference.code]] += 1
    counts["kept"] = max(values - counts["changed"] - counts["lost"] - counts["cut"], 0)
    return counts


def _free_differences(
    node: Node, chain: Chain, keys: dict[str, frozenset[str]], seen: set[str]
) -> Iterator[Difference]:
    """Elements that allow any value, where one is missing or repeats an earlier value."""
    for key in sorted(keys.get(node.record, ())):
        value = node.values.get(key, "")
        if value.strip() and value not in seen:
            seen.add(value)
            continue
        code = "FIELD-CHANGED" if value else "FIELD-LOST"
        yield Difference(code, node.record, key, _FREE, value, chain, chain)
    places: Counter[str] = Counter()
    for child in node.children:
        below = (*chain, (child.record, places[child.record]))
        places[child.record] += 1
        yield from _free_differences(child, below, keys, seen)
