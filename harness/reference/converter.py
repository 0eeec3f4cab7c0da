"""The reference converter and responder: a system under test driven by the tables."""

from __future__ import annotations

from schemas.errors import Refused
from schemas.facts.finding_codes import preventing
from schemas.facts.message_types import MessageType
from schemas.message.fault import Fault
from schemas.releases.read_write import read


def refusal_of(fault: Fault) -> Refused:
    """The refusal of a message for a fault."""
    return Refused(fault.code, fault.told, fault.where)


def _refuse_type(message: MessageType) -> None:
    if not message.convertible:
        what = f"{message.name} is not converted: it stays {message.format_21} in 2.1"
        raise Refused("OUT-NOT-CONVERTED", what)


def convert(data: bytes, source: str, target: str) -> bytes:
    """Convert a message from one release (`2.0`, `2.1`) to the other.

    Raises Refused for a message that cannot be read, or that the target release cannot hold.
    """
    if (source, target) not in (("2.0", "2.1"), ("2.1", "2.0")):
        raise Refused("OUT-RELEASE", f"no conversion from {source} to {target}")
    reading = read(data, source)
    if reading.message:
        _refuse_type(reading.message)
    if faults := preventing(reading.faults):
        raise refusal_of(faults[0])
    if reading.message is None or (reading.rows is None and reading.root is None):
        raise Refused("OUT-TYPE", f"not a message of {source}")
    # Loading a direction takes longer than converting a message in it.
    if source == "2.0":
        from harness.reference.to_21 import message_21

        return message_21(reading)
    from harness.reference.to_20 import tree_20
    from schemas.ei import write as ei_write

    assert reading.root
    return ei_write.write(reading.message, tree_20(reading.message, reading.root))


def respond(data: bytes, source: str, target: str) -> bytes:
    """Answer a heenbericht with its return message; raises Refused as `convert` does."""
    # Loading the rules takes longer than everything else, and conversion does not need them.
    from harness.reference import responder

    return responder.respond(data, source, target)
