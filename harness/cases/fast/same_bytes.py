"""Compares the bytes of an output with the pieces of the expected message."""

from __future__ import annotations


def matches(output: bytes, pieces: list[bytes]) -> bool:
    """Whether an output has every expected piece, with unique plain values between them."""
    first, *others = pieces
    if not output.startswith(first):
        return False
    place, chosen = len(first), list[bytes]()
    for piece in others:
        end = output.find(b"<", place)
        if end < 0 or not output.startswith(piece, end):
            return False
        chosen.append(output[place:end])
        place = end + len(piece)
    return place == len(output) and len({*chosen}) == len(chosen) and all(map(_is_plain, chosen))


def _is_plain(value: bytes) -> bool:
    """Whether a text is not blank, and needs no escaping in XML."""
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and text.isprintable() and "&" not in text and ">" not in text
