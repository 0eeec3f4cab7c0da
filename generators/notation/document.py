"""A 2.1 message as ikeur writes it, taken apart for rewriting."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

_START = re.compile(
    r"(<\?xml [^>]*\?>\n)<(\w+):Bericht"
    r' xmlns:\2="(?P<own>[^"]*)" xmlns:(?P<prefix>\w+)="(?P<base>[^"]*)">'
)
# No message has these characters.
_MARKS = ("\0", "\1")
# A value always has text, and no text of the writer has a bare < or >.
_VALUE = re.compile(r"<([\w:]+)>([^<]+)</\1>")
_BETWEEN = re.compile(r">(\s*)<")
# Gives the start of a tag, without its name: `</` or `<`, and whether it is of the base schema.
Tag = Callable[[str, bool], str]


@dataclass(frozen=True)
class Document:
    """A 2.1 message in parts.

    `root` and `attributes` are those of the start tag of the root; `body` is all that follows it,
    with the prefixes `prefixes`, of the namespaces `spaces`: the message's own, and the base
    schema's.
    """

    declaration: str
    root: str
    attributes: str
    body: str
    prefixes: tuple[str, str]
    spaces: tuple[str, str]

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Take a message apart that ikeur's own writer wrote."""
        text = data.decode("utf-8")
        match = _START.match(text)
        assert match is not None
        own, base = match[2], match["prefix"]
        spaces = match["own"], match["base"]
        attributes = f' xmlns:{own}="{spaces[0]}" xmlns:{base}="{spaces[1]}"'
        rest = text[match.end() :]
        return cls(match[1], f"{own}:Bericht", attributes, rest, (own, base), spaces)

    def written(self) -> bytes:
        """Return the message as bytes."""
        text = f"{self.declaration}<{self.root}{self.attributes}>{self.body}"
        return text.encode("utf-8")

    def between(self, change: Callable[[str], str]) -> Self:
        """Return it with other white space between its elements."""
        body = _BETWEEN.sub(lambda match: f">{change(match[1])}<", f">{self.body}")[1:]
        return replace(self, body=body)

    def filled(self, filling: str) -> str:
        """Return the body with a text between the two elements that are halfway."""
        places = [match.end() - 1 for match in _BETWEEN.finditer(self.body)]
        middle = places[len(places) // 2]
        return self.body[:middle] + filling + self.body[middle:]

    def values(self, change: Callable[[str, str], str]) -> Self:
        """Return it with each value written in another way, given its element and its text."""

        def changed(match: re.Match[str]) -> str:
            name, text = match.groups()
            return f"<{name}>{change(name, text)}</{name}>"

        return replace(self, body=_VALUE.sub(changed, self.body))

    def prefixed(self, own: str, base: str) -> Self:
        """Return it with other prefixes: with a colon, or empty; the declarations stay."""
        body = self.body
        # In two steps, as each prefix may become the other.
        for prefix, mark in zip(self.prefixes, _MARKS, strict=True):
            body = body.replace(f"<{prefix}:", f"<{mark}").replace(f"</{prefix}:", f"</{mark}")
        for mark, name in zip(_MARKS, (own, base), strict=True):
            body = body.replace(mark, name)
        return replace(self, root=f"{own}Bericht", body=body)
