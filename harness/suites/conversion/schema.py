"""The suite `schema`: the output is valid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from harness.judging.content import Conversion
from harness.suites.on_route import OnRoute
from harness.suites.suite import Text
from schemas.message.fault import Fault


class Schema(OnRoute):
    """Validates converted messages against the layout or schema of their release."""

    name = "schema"
    requirement: ClassVar[Text] = {
        "en": "The output is well-formed and valid for its release.",
        "nl": "De uitvoer is welgevormd en geldig voor haar release.",
    }

    def check(self, conversion: Conversion) -> Iterator[Fault]:
        """The violations of the layout or schema."""
        return conversion.schema_faults()
