"""A converted message held against what is expected of it, value by value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

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
# What is filled in where 2.0 has no field was found in no published source.
_FREE_EVIDENCE = "D"
_COUNTED = {
    "FIELD-LOST": "lost",
    "FIELD-CUT": "cut",
    "FIELD-CHANGED": "changed",
    "FIELD-INVENTED": "invented",
}


@dataclass
class Conversion:
    """A message that came out of a conversion on a route, and what was found in it.

    `fidelity` counts how its values fared, and `compared` are the differences, where it was
    compared with what is expected.
    """

    specimen: Specimen
    route: Route
    output: bytes
    schemas: SchemaSet
    fidelity: dict[str, int] = field(default_factory=dict)
    compared: list[Difference] | None = None

    @property
    def target(self) -> str:
        """The release that it is in."""
        return self.route[-1]

    @property
    def is_as_expected(self) -> bool:
        """Whether it is to the letter what is expected."""
        return self.specimen.says_expected(self.output, self.target)

    @property
    def reading(self) -> Reading:
        """The message as it can be read."""
        return self.specimen.reading(self.output, self.target, self.schemas)

    def locator(self, actual: Node) -> Locator:
        """What finds the addresses of a difference."""
        return Locator(self.specimen, self.route, actual, self.output)

    def schema_faults(self) -> Iterator[Fault]:
        """What is wrong with it by the layout or schema of its release."""
        reading, message = self.reading, self.specimen.message
        yield from reading.faults
        if reading.message is not None and reading.message is not message:
            yield Fault("TYPE-CHANGED", reading.message.name, message.name)

    def all_faults(self) -> Iterator[Fault]:
        """What is wrong with it, by its layout or schema and value by value."""
        if not self.is_as_expected:
            reading = self.reading
            # What is wrong with a message of another type is beside the point.
            if reading.message in (None, self.specimen.message):
                # The first of what cannot be read at all is told where the content is.
                is_told = reading.message is not None and reading.root is None
                yield from reading.faults[1:] if is_told else reading.faults
        yield from self.content_faults()

    def content_faults(self) -> Iterator[Fault]:
        """What is wrong with it value by value."""
        specimen, target = self.specimen, self.target
        if self.is_as_expected:
            self._compared([], size(specimen.expected[target]))
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
    """The fault of an answer that cannot be compared: of another type, or that cannot be read."""
    if reading.message is specimen.message and reading.faults:
        return reading.faults[0]
    actual = reading.message.name if reading.message else "unreadable"
    return Fault("TYPE-CHANGED", actual, specimen.message.name)


def _fidelity(found: Sequence[Difference], values: int) -> dict[str, int]:
    counts = dict.fromkeys(("kept", "changed", "lost", "cut", "invented"), 0)
    for difference in found:
        if difference.code in _COUNTED:
            counts[_COUNTED[difference.code]] += 1
    counts["kept"] = max(values - counts["changed"] - counts["lost"] - counts["cut"], 0)
    return counts


def _free_differences(
    node: Node, chain: Chain, keys: dict[str, frozenset[str]], seen: set[str]
) -> Iterator[Difference]:
    """Elements of which any value will do, where there is none or it stands twice."""
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
