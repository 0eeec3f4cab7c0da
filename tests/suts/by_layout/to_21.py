"""Converts records of 2.0 to elements of 2.1 by the words of a layout."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from tests.suts.by_layout.shown import COMMENT, HEADER, TRAILER, Json, Layout, Node, moved, said


def message_21(layout: Layout, text: str) -> str:
    """The 2.1 message of a 2.0 message."""
    root = _tree(layout, text.replace("\r\n", "\n").removesuffix("\n").split("\n"))
    tag = f"{layout.shown['name'].lower()}:Bericht"
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in layout.prefixes().items())
    return f"<{tag}{spaces}>{_inside(layout, '', root, root)}</{tag}>"


def _tree(layout: Layout, lines: list[str]) -> Node:
    root = Node(HEADER, _fields(layout, lines[0]))
    opened, last = [root], root
    for line in lines[1:]:
        code, fields = line[:2], _fields(layout, line)
        if code == TRAILER:
            root.trailer = fields
        elif code == COMMENT:
            last.comment.append(fields["VRIJE TEKST"])
        else:
            last = Node(code, fields)
            while opened[-1].record != layout.records[code]["parent"]:
                opened.pop()
            opened[-1].children.append(last)
            opened.append(last)
    _give_to_owners(layout, root)
    return root


def _fields(layout: Layout, line: str) -> dict[str, str]:
    return {row["name"]: line[row["start"] - 1 : row["end"]] for row in layout.of(line[:2])}


def _give_to_owners(layout: Layout, node: Node) -> None:
    for child in list(node.children):
        _give_to_owners(layout, child)
        own, record, key = layout.owners.get(child.record, ("", "", ""))
        if own and child.fields[own].strip():
            owners = {owner.fields[key]: owner for owner in node.of(record)}
            node.children.remove(child)
            owners[child.fields[own]].children.append(child)


def _inside(layout: Layout, path: str, node: Node, root: Node) -> str:
    return "".join(_element(layout, row, node, root) for row in layout.below.get(path, []))


def _element(layout: Layout, row: Json, node: Node, root: Node) -> str:
    path = row["path"]
    if path in layout.classes:
        found = [_inside(layout, path, item, root) for item in node.of(layout.classes[path])]
    elif path in layout.below:
        body = _inside(layout, path, node, root)
        # A required group within does not make an optional one present: a value does.
        is_there = re.search(">[^<]", body) or not row["times"].startswith("0")
        found = [body] if is_there else []
    else:
        found = [escape(text) for text in _texts(layout, row, node, root)]
    return "".join(f"<{row['tag']}>{text}</{row['tag']}>" for text in found)


def _texts(layout: Layout, row: Json, node: Node, root: Node) -> list[str]:
    words = row["from_20"]["words"]
    if match := said(words, "required in 2.1, .* the reference writes `(.*)`"):
        known = {f"{HEADER}/{name}": text for name, text in root.fields.items()} | node.fields
        return [re.sub("{(.*?)}", lambda name: known[name[1]].rstrip(" "), match[1])]
    found = []
    for place in row["from_20"]["places"]:
        field = layout.fields[place["name"]]
        fields = node.trailer if field["record"] == TRAILER else node.fields
        found.append(_text(field, row, fields, node))
    found = list(filter(None, found))
    alone = said(words, "element absent if `(.*)` would be the only code")
    return [] if alone and found == [alone[1]] else found


def _text(field: Json, row: Json, fields: dict[str, str], node: Node) -> str:
    """The text of an element; empty if it is absent."""
    words = field["to_21"]["words"]
    if match := said(words, "always `(.*)`"):
        return match[1]
    if said(words, "the lines joined in order, .*"):
        return "".join(line.ljust(140) for line in node.comment).rstrip(" ")
    with_field = said(words, "absent if (.*) is blank; otherwise zero is a value")
    if with_field and not fields[with_field[1]].strip("0 "):
        return ""
    raw = fields[field["name"]]
    nothing = "0" if field["type"] == "N" else " "
    if said(words, "(zeros|spaces): element absent") and not raw.strip(nothing):
        return ""
    return _notation(words, row, raw if field["type"] == "N" else raw.rstrip(" "))


def _notation(words: list[str], row: Json, text: str) -> str:
    if text in moved(words):
        return moved(words)[text]
    if "EEJJMMDD becomes EEJJ-MM-DD" in words:
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if "UUMMSS becomes UU:MM:SS" in words:
        return f"{text[:2]}:{text[2:4]}:{text[4:]}"
    if "as a number, without leading zeros" in words:
        return text.lstrip("0") or "0"
    is_listed = row["codes"] is None or text in row["codes"]["labels"]
    if match := said(words, r"a code that 2\.1 lacks \(.*\) becomes `(.*)`"):
        return text if is_listed else match[1]
    if "the first of these elements that allows the code" in words:
        return text if is_listed else ""
    return text
