"""All kinds of damage by release and name; `refusals.csv` describes each."""

from __future__ import annotations

from harness.suites.refuse.damage import (
    ei_fields,
    ei_order,
    ei_trees,
    foreign_input,
    hostile,
    limit_values,
    xml_documents,
)
from harness.suites.refuse.damage.damage import Kind

KINDS: dict[str, dict[str, Kind]] = {
    "2.0": {
        **foreign_input.kinds("2.0"),
        **ei_order.KINDS,
        **ei_trees.KINDS,
        **ei_fields.KINDS,
        **limit_values.KINDS_20,
    },
    "2.1": {
        **foreign_input.kinds("2.1"),
        **xml_documents.KINDS,
        **hostile.KINDS,
        **limit_values.KINDS_21,
    },
}
