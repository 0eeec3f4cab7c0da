"""Values from messages and from the software under test, made fit to be shown."""

from __future__ import annotations

import re

# Of a value longer than this a report for people shows the part around the first difference.
MOST_SHOWN = 400
_LINE_END = re.compile(r"\r\n|\r|\n")
_EDGE_SPACES = re.compile(r"^ +| +$|  +")
_LEAST_ALIKE = 1 / 3


def _shown(char: str) -> str:
    return char if char.isprintable() else f"⟨U+{ord(char):04X}⟩"


def visible(text: str) -> str:
    """A text on one line in which every character can be seen; legal in XML and on a terminal."""
    if text.isprintable():
        return text
    return "".join(map(_shown, _LINE_END.sub("↵", text)))


def visible_lines(text: str) -> str:
    """Like `visible`, with its line ends and tabs kept."""
    lines = _LINE_END.sub("\n", text).expandtabs().split("\n")
    return "\n".join(map(visible, lines)).strip()


def visible_spaces(text: str) -> str:
    """Like `visible`, with the spaces that are easily overlooked as dots."""
    return _EDGE_SPACES.sub(lambda match: "·" * len(match[0]), visible(text))


def quoted(text: str, nothing: str) -> str:
    """A value between quotes, so that spaces at its ends show; `nothing` where it is empty."""
    return f'"{visible(text)}"' if text else nothing


def _shared(one: str, other: str) -> str:
    """What two texts have in common at the start."""
    same, most = 0, min(len(one), len(other))
    # By halves, as values can be megabytes.
    while same < most:
        middle = (same + most + 1) // 2
        if one[same:middle] == other[same:middle]:
            same = middle
        else:
            most = middle - 1
    return one[:same]


def _window(text: str, start: int, most: int) -> str:
    end = start + most
    before = "…" if start else ""
    return before + text[start:end] + ("…" if end < len(text) else "")


def excerpt(expected: str, actual: str, most: int = MOST_SHOWN) -> tuple[str, str]:
    """Two values, each cut to what stands around their first difference."""
    if max(len(expected), len(actual)) <= most:
        return expected, actual
    start = max(0, len(_shared(expected, actual)) - most // 4)
    return _window(expected, start, most), _window(actual, start, most)


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """The start of a text."""
    return _window(text, 0, most)


def difference(expected: str, actual: str) -> tuple[str, str, str, str]:
    """What two values share at the start, what only each has, and what they share at the end."""
    before = _shared(expected, actual)
    rests = expected[len(before) :], actual[len(before) :]
    after = _shared(rests[0][::-1], rests[1][::-1])[::-1]
    # Letters that two quite different texts happen to share say nothing.
    if len(before + after) < _LEAST_ALIKE * max(len(expected), len(actual)):
        return "", expected, actual, ""
    own = [rest.removesuffix(after) for rest in rests]
    return before, own[0], own[1], after
