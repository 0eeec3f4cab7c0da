"""2.0 messages broken in one way, in their lines or type, and the fault of each."""

from __future__ import annotations

from collections.abc import Callable

from tests.schemas.ei_edit import Place

Bytes = Callable[[bytes], bytes]

# WMO305: 01, a client (02) with two starts (07), a client with one, 99: seven records of 180.
LINES: dict[str, tuple[Bytes, list[Place]]] = {
    "LF where CR LF must stand, in every record": (
        lambda data: data.replace(b"\r\n", b"\n"),
        [("EI-LINE-END", 1, "", "", 0, 0)],
    ),
    "LF where CR LF must stand, behind record 3 alone": (
        lambda data: data[: 3 * 182 - 2] + b"\n" + data[3 * 182 :],
        [("EI-LINE-END", 3, "", "", 0, 0)],
    ),
    "no line end behind the last record": (
        lambda data: data.removesuffix(b"\r\n"),
        [("EI-LAST-LINE-END", 7, "", "", 0, 0)],
    ),
    "CR alone behind the last record": (
        lambda data: data.removesuffix(b"\n"),
        [("EI-LAST-LINE-END", 7, "", "", 0, 0)],
    ),
    "an empty line behind record 4": (
        lambda data: data[: 4 * 182] + b"\r\n" + data[4 * 182 :],
        [("EI-EMPTY-RECORD", 5, "", "", 1, 2)],
    ),
    "an empty line at the end": (
        lambda data: data + b"\r\n",
        [("EI-EMPTY-RECORD", 8, "", "", 1, 2)],
    ),
    "an e with an accent as two bytes of UTF-8": (
        lambda data: data.replace("Ruíz".encode("iso-8859-1"), "Ruíz".encode()),
        [("EI-LENGTH", 5, "02", "", 1, 181)],
    ),
    "a record one position too long": (
        lambda data: data[: 2 * 182 - 2] + b" " + data[2 * 182 - 2 :],
        [("EI-LENGTH", 2, "02", "", 1, 181)],
    ),
    "a record one position too short": (
        lambda data: data[: 2 * 182 - 3] + data[2 * 182 - 2 :],
        [("EI-LENGTH", 2, "02", "", 1, 179)],
    ),
    "a record of an unknown kind between two others": (
        lambda data: data[: 3 * 182] + b"13".ljust(180) + b"\r\n" + data[3 * 182 :],
        [("EI-RECORD", 4, "13", "", 1, 2)],
    ),
    "a record of a kind that another message type has": (
        lambda data: data[: 3 * 182] + b"06".ljust(180) + b"\r\n" + data[3 * 182 :],
        [("EI-RECORD", 4, "06", "", 1, 2)],
    ),
    "a line of blanks": (
        lambda data: data + b" " * 180 + b"\r\n",
        [("EI-RECORD", 8, "  ", "", 1, 2)],
    ),
    "an unknown message code": (
        lambda data: data.replace(b"01418", b"01499", 1),
        [("EI-TYPE", 1, "01", "", 3, 5)],
    ),
    "no record 01 at the start": (
        lambda data: data[182:],
        [("EI-TYPE", 1, "02", "", 3, 5)],
    ),
}
