"""Makes values from messages and from the software under test safe to display."""

from __future__ import annotations

import re

# Reports for people shorten longer values to the part around the first difference.
MOST_SHOWN = 400
_LINE_END = re.compile(r"\r\n|\r|\n")
_EDGE_SPACES = re.compile(r"^ +| +$|  +")
_LEAST_ALIKE = 1 / 3
# Characters that Unicode counts as letters or marks, but that are invisible.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
# CI logs take these for commands: at the start of a line, and anywhere.
_FIRST, _ANYWHERE = "::", re.compile(r"##(?=\w*\[)")


def _is_seen(char: str) -> bool:
    return char.isprintable() and not _UNSEEN.match(char)


def is_visible(text: str) -> bool:
    """Whether every character of a text is visible and harmless."""
    return text.isprintable() and (text.isascii() or not _UNSEEN.search(text))


def visible(text: str) -> str:
    """A text on one line with every character visible; legal in XML and on a terminal."""
    if is_visible(text):
        return text
    return "".join(
        char if _is_seen(char) else f"⟨U+{ord(char):04X}⟩" for char in _LINE_END.sub("↵", text)
    )


def visible_json(text: str) -> str:
    """An equivalent JSON text with every character visible."""
    if is_visible(text.replace("\n", "")):
        return text
    # Most texts are as they are.
    import json

    # Such characters only occur in JSON strings, where they can be escaped.
    return "".join(
        char if _is_seen(char) or char == "\n" else json.dumps(char)[1:-1] for char in text
    )


def printed(text: str) -> str:
    """Like `visible`, for a whole line of a log, so that CI takes no command from it."""
    line = _ANYWHERE.sub("## ", visible(text))
    return f"› {line}" if line.lstrip().startswith(_FIRST) else line


def visible_lines(text: str) -> str:
    """Like `visible`, but with newlines, and tabs expanded; no line is a CI command."""
    lines = _LINE_END.sub("\n", text).expandtabs().split("\n")
    return "\n".join(map(printed, lines)).strip()


def visible_spaces(text: str) -> str:
    """Like `visible`, with leading, trailing and repeated spaces as dots."""
    return _EDGE_SPACES.sub(lambda match: "·" * len(match[0]), visible(text))


def quoted(text: str, nothing: str) -> str:
    """A value in quotes, so that outer spaces show; `nothing` if it is empty."""
    return f'"{visible(text)}"' if text else nothing


def _shared(one: str, other: str) -> str:
    """The common prefix of two texts."""
    same, most = 0, min(len(one), len(other))
    # By bisection, as values can be megabytes.
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
    """Two values, each shortened to the part around their first difference."""
    if max(len(expected), len(actual)) <= most:
        return expected, actual
    start = max(0, len(_shared(expected, actual)) - most // 4)
    return _window(expected, start, most), _window(actual, start, most)


def shortened(text: str, most: int = MOST_SHOWN) -> str:
    """The start of a text, with an ellipsis if it is cut."""
    return _window(text, 0, most)


def difference(expected: str, actual: str) -> tuple[str, str, str, str]:
    """The common prefix, the differing part of each value, and the common suffix."""
    before = _shared(expected, actual)
    rests = expected[len(before) :], actual[len(before) :]
    after = _shared(rests[0][::-1], rests[1][::-1])[::-1]
    # A few characters that two different texts happen to share mean nothing.
    if len(before + after) < _LEAST_ALIKE * max(len(expected), len(actual)):
        return "", expected, actual, ""
    own = [rest.removesuffix(after) for rest in rests]
    return before, own[0], own[1], after
