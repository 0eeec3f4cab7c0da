"""Values from messages and from the software under test, made fit to be shown."""

from __future__ import annotations

import json
import re

# Of a value longer than this a report for people shows the part around the first difference.
MOST_SHOWN = 400
_LINE_END = re.compile(r"\r\n|\r|\n")
_EDGE_SPACES = re.compile(r"^ +| +$|  +")
_LEAST_ALIKE = 1 / 3
# Letters and marks to Unicode, of which nothing is seen: fillers, joiners and selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
# What logs of CI take for a command: where it begins a line, and anywhere.
_FIRST, _ANYWHERE = "::", re.compile(r"##(?=\w*\[)")


def _is_seen(char: str) -> bool:
    return char.isprintable() and not _UNSEEN.match(char)


def is_visible(text: str) -> bool:
    """Whether every character of a text can be seen, and none does anything else."""
    return text.isprintable() and (text.isascii() or not _UNSEEN.search(text))


def visible(text: str) -> str:
    """A text on one line in which every character can be seen; legal in XML and on a terminal."""
    if is_visible(text):
        return text
    return "".join(
        char if _is_seen(char) else f"⟨U+{ord(char):04X}⟩" for char in _LINE_END.sub("↵", text)
    )


def visible_json(text: str) -> str:
    """The text of a JSON value in which every character can be seen, and which says the same."""
    if is_visible(text.replace("\n", "")):
        return text
    # Outside of its texts there is no such character, and in them JSON has a way to write it.
    return "".join(
        char if _is_seen(char) or char == "\n" else json.dumps(char)[1:-1] for char in text
    )


def printed(text: str) -> str:
    """Like `visible`, of a whole line, so that it is no command to who reads a log."""
    line = _ANYWHERE.sub("## ", visible(text))
    return f"› {line}" if line.lstrip().startswith(_FIRST) else line


def visible_lines(text: str) -> str:
    """Like `visible`, with its line ends and tabs kept; no line of it is a command to CI."""
    lines = _LINE_END.sub("\n", text).expandtabs().split("\n")
    return "\n".join(map(printed, lines)).strip()


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
