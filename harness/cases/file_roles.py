"""The roles of the files that a case leaves, and their order."""

from __future__ import annotations

# The role of the return message; its files stand beside those of the heenbericht.
RETOUR = "retour"
EXPECTED, ACTUAL = ("expected", f"expected-{RETOUR}"), ("actual", f"actual-{RETOUR}")
# The roles of the files of a case, in the order of the reports.
ROLES = ("input", RETOUR, "expected", "actual", "reason")
SEQUENCE, SMALLEST = "sequence", "smallest"
_WRITTEN = (*ROLES, SEQUENCE, SMALLEST)


def role_order(role: str) -> tuple[int, int, int, int, str]:
    """Sort key that puts the files of a case in the order in which they were written.

    Raises ValueError for a role that no case has.
    """
    kind, _, rest = role.partition("-")
    number = "1"
    if kind == SMALLEST:
        if rest[:1].isdigit():
            number, _, rest = rest.partition("-")
        kind_of_smallest = ROLES.index(rest.partition("-")[0])
        return _WRITTEN.index(kind), int(number), kind_of_smallest, len(role), role
    # The tenth input is written behind the second.
    return _WRITTEN.index(kind), 1, 0, len(role), role
