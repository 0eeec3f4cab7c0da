"""Responders that answer what cannot be read or is not valid, or refuse it wrongly."""

from __future__ import annotations

from tests.suts.retour.tools import Respond, faithful

# The last right answer in each release, which a careless responder may still have at hand.
_LAST: dict[str, bytes] = {}


def _answers(*codes: str) -> Respond:
    """A responder that answers what is readable, whatever is not valid in it.

    With codes of findings it overlooks only these.
    """

    def respond(data: bytes, source: str, target: str) -> bytes:
        from harness.reference.responder import answer, heen_of, identification
        from schemas.errors import Refused
        from schemas.releases.read_write import read

        try:
            return faithful(data, source, target)
        except Refused as error:
            reading = read(data, source)
            if reading.root is None or (codes and error.code not in codes):
                raise
            message, root = heen_of(reading, source)
            return answer(message, root, source, [], identification(data))

    return respond


answers_what_is_not_valid = _answers()
overlooks_unknown_codes = _answers("EI-CODE", "XML-VALUE")
overlooks_missing_values = _answers("EI-FILLED", "XML-STRUCTURE")
overlooks_the_counts = _answers("EI-COUNT", "EI-NUMBER", "EI-KEY")


def overlooks_the_version(data: bytes, source: str, target: str) -> bytes:
    """Reads 2.0 of whatever version as its own."""
    if source == "2.0" and data[:5].isdigit():
        data = data[:5] + b"0200" + data[9:]
    return faithful(data, source, target)


def answers_what_cannot_be_read(data: bytes, source: str, target: str) -> bytes:
    """Gives its last answer again where it can read nothing."""
    from schemas.errors import Refused

    try:
        _LAST[source] = faithful(data, source, target)
    except Refused:
        if source not in _LAST:
            raise
    return _LAST[source]


def rejects_what_is_not_valid_for_technical_reasons(data: bytes, source: str, target: str) -> bytes:
    """Answers a message that breaks the schema with 0001 in the header."""
    from schemas.errors import Refused
    from schemas.releases.read_write import read
    from tests.suts.retour.tools import Pair

    try:
        return faithful(data, source, target)
    except Refused:
        if read(data, source).root is None:
            raise
        pair = Pair(data, _answers()(data, source, target), source)
        pair.clients.clear()
        pair.put_codes(pair.retour, "0001")
        return pair.write()


def refuses_without_a_reason(data: bytes, source: str, target: str) -> bytes:
    """Refuses what it cannot read and does not say why."""
    from schemas.errors import Refused

    class Silent(Refused):
        def __str__(self) -> str:
            return ""

    try:
        return faithful(data, source, target)
    except Refused as error:
        raise Silent(error.code, "") from None


def breaks_down_on_what_is_not_valid(data: bytes, source: str, target: str) -> bytes:
    """Raises an error where it should refuse."""
    from schemas.errors import Refused

    try:
        return faithful(data, source, target)
    except Refused as error:
        raise ValueError(str(error)) from None


def gives_nothing_for_what_is_not_valid(data: bytes, source: str, target: str) -> bytes:
    """Says that it answered what it refused, and gives nothing."""
    from schemas.errors import Refused

    try:
        return faithful(data, source, target)
    except Refused:
        return b""
