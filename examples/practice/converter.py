"""Practice software for the guides: the converter that comes with ikeur, with a fault put in."""

import re

from harness.reference.converter import convert as convert_rightly

# The fault: names are cut. A name in 2.0 has room for 25 characters.
LONGEST = 20


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from release `source` to `target`, and cut the names in XML."""
    converted = convert_rightly(data, source, target)
    if target == "2.0":
        return converted
    name = rf"(<\w+:Naam>[^<]{{{LONGEST}}})[^<]+"
    return re.sub(name, r"\1", converted.decode()).encode()
