"""Input messages that break a rule."""

from __future__ import annotations

from generators.defects.table import own_defects
from harness.cases.case import Case
from harness.cases.specimen import Specimen
from harness.suites.broken.trees import broken_trees
from harness.sut.protocol import Request
from schemas.errors import Refused
from schemas.releases.read_write import write


def broken(case: Case, specimen: Specimen) -> tuple[Request, Specimen]:
    """The request of a case with a defect, and the specimen of that message.

    Falls back on the generated message if no message can have the defect.
    """
    message, (source, target) = specimen.message, case.route
    for root in broken_trees(own_defects()[case.kind], specimen, source):
        try:
            request = Request(message.name, source, target, write(message, root, source))
            about = specimen.asked(request)
            about.expected_bytes(target)
        except Refused:
            # Not every value that breaks the rule fits both releases.
            continue
        return request, about
    return Request(case.message, source, target, specimen.plain[source]), specimen
