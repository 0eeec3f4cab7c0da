"""A heenbericht and its return message, between the same parties."""

from __future__ import annotations

from tests.harness.mailbox.mailbox_messages import message

PARTIES = {"gemeente": "0363", "aanbieder": "06290712"}


def heen(
    name: str = "WMO305", release: str = "2.0", date: str = "2017-05-02", variant: int = 0,
    identification: str = "M1", **parties: str,
) -> bytes:  # fmt: skip
    values = {**PARTIES, **parties, "id": identification, "date": date}
    return message(name, release, variant, **values)


def retour(
    name: str = "WMO306", release: str = "2.0", on: str = "2017-05-04", to: str = "2017-05-02",
    identification: str = "M1", own: str = "R1", **parties: str,
) -> bytes:  # fmt: skip
    values = {**PARTIES, **parties, "id": identification, "date": to, "own_id": own, "own_date": on}
    return message(name, release, **values)
