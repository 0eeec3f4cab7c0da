"""Messages that break one business rule, in every release that allows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generators.content.content import Content
from generators.content.sides import SOURCE
from generators.defects.earlier import earlier_messages
from generators.defects.injection import Injected, inject
from generators.defects.table import Defect
from generators.message import generate
from harness.defects.defect import DefectiveMessage, finding_name, found_in_set
from harness.judging.addresses import ei_address, numbering, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain
from schemas.errors import Refused
from schemas.facts.message_types import MessageType
from schemas.message.fault import EiAddress, Fault, XmlAddress
from schemas.releases.read_write import write

# The step to the next index to try, which keeps clear of other defects.
STEP = 1_000_000_007
MOST_TRIES = 200


def of_rule(
    defect: Defect, message: MessageType, releases: Sequence[str], seed: int, index: int
) -> dict[str, DefectiveMessage]:
    """A message with the defect for each release, from one content if possible."""
    wanted = [release for release in releases if release in defect.releases]
    if message.root is None:
        wanted = [release for release in wanted if release == "2.0"]
    found: dict[str, DefectiveMessage] = {}
    for attempt in range(MOST_TRIES):
        place = index + attempt * STEP
        # Earlier messages are about one client of the message.
        content = generate(message, seed, place, clients=1 if defect.earlier else 0)
        these = {
            release: made
            for release in wanted
            if (made := _of_content(defect, message, content, release, seed, place))
        }
        if len(these) == len(wanted):
            return these
        found = these | found
    return found


def _of_content(
    defect: Defect, message: MessageType, content: Content, release: str, seed: int, index: int
) -> DefectiveMessage | None:
    earlier = earlier_messages(release, seed, index)
    for item in inject(defect, message, release, content.node(SOURCE[release]), earlier):
        made = _verified(defect, message, content, release, index, item)
        if made:
            return made
    return None


def _verified(
    defect: Defect, message: MessageType, content: Content, release: str, index: int, item: Injected
) -> DefectiveMessage | None:
    """The message, if its only finding is the defect at its own place."""
    try:
        clean, data = (write(message, root, release) for root in (item.clean, item.root))
        before = tuple((kind, write(kind, root, release)) for kind, root in item.before)
    except Refused:
        # The defect makes a message that cannot be written, such as a key shared by two owners.
        return None
    expected = sorted([defect.rule, *(defect.also_20 if release == "2.0" else ())])
    history = [earlier for _, earlier in before]
    if any(found_in_set([*history, clean], release)):
        return None
    findings = found_in_set([*history, data], release)[-1]
    if sorted(map(finding_name, findings)) != expected:
        return None
    tree = Siblings(item.root)
    chain = tree.chain(item.chain[: item.element.depth + 1])
    own = [fault for fault in findings if fault.rule]
    if not all(_is_at(fault, message, item, tree, chain) for fault in own):
        return None
    both = tuple(
        _with_both(fault, message, content, item, chain) if fault.rule else fault
        for fault in findings
    )
    return DefectiveMessage(
        defect.name, defect.rule, message, release, index, clean, data, both, before
    )


def _is_at(
    fault: Fault, message: MessageType, item: Injected, tree: Siblings, chain: Chain
) -> bool:
    """Whether a finding is at the element of the row, or at its parent if it is absent."""
    record, key = item.element.record, item.element.key
    if fault.ei:
        return fault.ei == ei_address(message, numbering(message, tree.root), chain, record, key)
    assert fault.xml
    path = xml_path(message, tree, chain, record, key)
    return path == fault.xml.path or path.startswith(f"{fault.xml.path}/")


def _with_both(
    fault: Fault, message: MessageType, content: Content, item: Injected, chain: Chain
) -> Fault:
    """The finding with its address in the other release, which has no line."""
    if message.root is None:
        return fault
    record, key = item.element.record, item.element.key
    if fault.ei:
        path = xml_path(message, Siblings(content.source_21), chain, record, key)
        return replace(fault, xml=XmlAddress(path))
    numbers = numbering(message, content.source_20)
    found: EiAddress | None = ei_address(message, numbers, chain, record, key)
    return replace(fault, ei=found)
