"""Prints as JSON what every step makes of a message of each type, in both releases.

It is generated, written, read, judged by the rules, converted and compared; damaged ones are read
as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from generators.content.sides import EXPECTED, SOURCE
from generators.message import generate
from generators.writing.written import written
from harness.cases.specimen import Specimen
from harness.judging.content import Conversion
from harness.reference.converter import convert
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.codelists import RELEASES
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.message.node import Node
from schemas.reading import Reading
from schemas.releases.read_write import read
from schemas.rules.evaluate import RuleJudge
from schemas.xml.validators import own

SEED, DAMAGES = 3, 8
Json = object


def _faults(faults: list[Fault] | None) -> Json:
    return None if faults is None else [asdict(fault) for fault in faults]


def _tree(node: Node | None) -> Json:
    if node is None:
        return None
    below = [_tree(child) for child in node.children]
    return [node.record, node.line, node.values, dict(node.links), below]


def _read(reading: Reading) -> Json:
    name = reading.message.name if reading.message else ""
    return [name, reading.records, _faults(reading.faults), _tree(reading.root)]


def _damaged(data: bytes, encoding: str) -> Iterator[bytes]:
    """The message with one character changed, or a whole field, at places spread over it."""
    text = data.decode(encoding)
    for number in range(DAMAGES):
        place = (2 * number + 1) * len(text) // (2 * DAMAGES)
        other = " 0X<"[number % 4] * (1 if number < DAMAGES // 2 else 9)
        yield f"{text[:place]}{other}{text[place + len(other) :]}".encode(encoding)


def _converted(data: bytes, source: str, target: str) -> str:
    try:
        return convert(data, source, target).decode("latin-1")
    except Refused as refused:
        return str(refused)


def _compared(specimen: Specimen, source: str, target: str) -> Json:
    """What is found in the expected message, and in one with a damage."""
    found = []
    expected = specimen.expected_bytes(target)
    for output in (expected, expected.replace(b"2", b"3", 1), expected[:-40]):
        conversion = Conversion(specimen, (source, target), output, own())
        found.append([_faults(list(conversion.all_faults())), conversion.fidelity])
    return found


def _of_release(message: MessageType, release: str) -> Json:
    specimen = Specimen(message, SEED, 0)
    source = specimen.sources[release]
    encoding = "latin-1" if release == "2.0" else "utf-8"
    target = RELEASES[1 - RELEASES.index(release)]
    return {
        "source": source.decode(encoding),
        "read": _read(read(source, release)),
        "judged": _faults(RuleJudge().faults(read(source, release), release)),
        "converted": _converted(source, release, target),
        "compared": _compared(specimen, release, target) if message.root else None,
        "expected": written(message, specimen.content, EXPECTED[target]).decode("latin-1")
        if message.root
        else None,
        "damaged": [_read(read(data, release)) for data in _damaged(source, encoding)],
        "alone": written(message, generate(message, SEED, 0, release), SOURCE[release]).decode(
            encoding
        ),
    }


def main() -> None:
    """Print what was found, by message type and release."""
    found = {
        f"{message.name} {release}": _of_release(message, release)
        for message in catalogue().messages.values()
        for release in (RELEASES if message.root else RELEASES[:1])
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
