"""The one way in which this project writes what a 2.0 message may say in two ways.

- An address (04) belongs to the relatie (03) of which it holds the number, or to the client where
  that is blank: its key tells so, and not its place among the others.
- A comment is its lines joined in order, and spaces fill what is absent: a blank line at its end
  says nothing.
- In a return message the records keep the numbers of the message that it answers; the writer
  counts from 1.
"""

from __future__ import annotations

from itertools import groupby

from schemas.facts.message_types import MessageType
from tests.fuzz.inputs.ei_messages import ENCODING, Lines, renumbered

# The columns of RELATIENUMMER in 03 and 04, and those of VRIJE TEKST in 98.
_RELATIE, _TEXT = slice(38, 58), slice(18, 158)


def _addresses_by_owner(lines: Lines) -> Lines:
    found: Lines = []
    for together, group in groupby(lines, lambda line: line[:2] in ("03", "04")):
        run = list(group)
        if together:
            owners = [line for line in run if line[:2] == "03"]
            keys = [*(line[_RELATIE] for line in owners), " " * 20]
            addresses = [line for line in run if line[:2] == "04"]
            run = owners + sorted(addresses, key=lambda line: keys.index(line[_RELATIE]))
        found += run
    return found


def _without_blank_ends(lines: Lines) -> Lines:
    found: Lines = []
    for is_comment, group in groupby(lines, lambda line: line[:2] == "98"):
        run = list(group)
        while is_comment and not run[-1][_TEXT].strip(" "):
            run.pop()
        found += run
    return found


def said_once(message: MessageType, data: bytes) -> bytes:
    """A message without a fault, as the writer gives it."""
    lines = data.decode(ENCODING).split("\r\n")[:-1]
    if message.name[-3:] in ("301", "302"):
        lines = _addresses_by_owner(lines)
    return "\r\n".join([*renumbered(message, _without_blank_ends(lines)), ""]).encode(ENCODING)
