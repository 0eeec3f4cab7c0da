"""Detects a byte order mark, and whether a message is XML."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.message.fault import EiAddress, Fault

UTF_8 = b"\xef\xbb\xbf"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = {UTF_8: "utf-8", UTF_16[0]: "utf-16-le", UTF_16[1]: "utf-16-be"}
_EI_ENCODING = "iso-8859-1"
_BLANKS = b" \t\r\n"
NO_MARK = "no byte order mark"


@dataclass(frozen=True, slots=True)
class Marked:
    """A message split into its byte order mark (empty if there is none) and the rest."""

    mark: bytes
    rest: bytes

    @property
    def text(self) -> str:
        """The text of a 2.0 message, decoded as its mark says, or else as ISO 8859-1."""
        try:
            return self.rest.decode(_ENCODINGS.get(self.mark, _EI_ENCODING))
        except UnicodeDecodeError:
            return self.rest.decode(_EI_ENCODING)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The fault of a 2.0 message that starts with a mark.

        No published example has one (B), and the columns of record 01 leave no room for it.
        """
        if not self.mark:
            return ()
        found = self.mark.hex(" ").upper()
        return (Fault("EI-BOM", found, NO_MARK, ei=EiAddress(1), evidence="B"),)


def marked(data: bytes) -> Marked:
    """Split off the byte order mark of a message."""
    mark = next((mark for mark in _ENCODINGS if data.startswith(mark)), b"")
    return Marked(mark, data[len(mark) :])


def is_xml(start: bytes) -> bool:
    """Whether a message that starts with these bytes looks like XML, in any encoding."""
    rest = marked(start.lstrip(_BLANKS)).rest
    # In UTF-16 each ASCII character comes with a zero byte.
    return rest.replace(b"\0", b"").lstrip(_BLANKS).startswith(b"<")
