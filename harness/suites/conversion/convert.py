"""The suite `convert`: every value is the expected one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from harness.judging.content import Conversion
from harness.suites.broken.as_it_stands import AsItStands
from harness.suites.suite import Text
from schemas.message.fault import Fault


class Convert(AsItStands):
    """Compares converted messages with the expected ones, value by value."""

    name = "convert"
    requirement: ClassVar[Text] = {
        "en": "Every field of the output is the expected one, and nothing else stands in it.",
        "nl": "Elk veld van de uitvoer is het verwachte veld en er staat niets anders in.",
    }

    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """The differences from the expected message."""
        return conversion.content_faults()
