"""From the row of a record to the text of its class: straight-line code, made from the tables.

It writes what `to_21` and `xml_write` write by way of a tree, without the tree.
"""

from __future__ import annotations

from harness.straight_leaves import Fragments, Leaf, Leaves
from schemas import fills
from schemas.records import HEADER, Record
from schemas.xml_layout import Group
from schemas.xml_layout import Leaf as Place
from schemas.xml_shapes import Below, Class, Compiler



# A member of a class as part of an f-string, and the expression that is empty where it is absent;
# an empty text where it never is.
_Piece = tuple[str, str]
_NEVER = ("", "''")


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


class ClassCode:
    """The code for the class of a record: `lines`, and what they name is put in `known`."""

    def __init__(
        self, compiler: Compiler, record: Record, leaves: Leaves, known: dict[str, object]
    ) -> None:
        self.compiler, self.record, self.leaves, self.known = compiler, record, leaves, known
        self.message = compiler.message
        self.lines: list[str] = []

    def whole(self, klass: Class) -> str:
        """The text of the class, as an f-string."""
        pieces = [_literal(klass.open)]
        for part in klass.parts:
            if isinstance(part, Below):
                pieces.append(self.below(part))
                continue
            for member in part.members:
                piece, told = self.member(member, part.depth)
                pieces.append(piece)
                if told and not member.element.optional:
                    self.lines.append(_must(told, member.element.path))
        return "".join([*pieces, _literal(klass.close)])

    def variable(self, expression: str) -> str:
        """A new variable with a value."""
        name = f"v{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def below(self, part: Below) -> str:
        """The classes of a kind below this one."""
        kind = self.message.records[part.record]
        key = repr(kind.code)
        if kind.key:
            _, _, name = kind.by_name[kind.key].rule.argument.partition("/")
            blank = kind.by_name[kind.key].blank
            key = repr(kind.code + blank) if kind.parent == self.record.code else (
                f"{kind.code!r} + {self.leaves.row.names[name]}"
            )
        found = self.variable(f"below.pop({key}, '')")
        self.lines.append(
            f"if {found}: {found} = {part.open!r} + ''.join({found}[::-1]) + {part.close!r}"
        )
        if part.required:
            self.lines.append(_must(found, part.each.path))
        return f"{{{found}}}"

    def member(self, member: Place | Group, depth: int) -> _Piece:
        """A member and all below it."""
        if isinstance(member, Place):
            return self.place(member, depth)
        found = [(child.element, *self.member(child, depth + 1)) for child in member.members]
        needed = [(told, item) for item, _, told in found if told and not item.optional]
        needs = [_must(told, item.path) for told, item in needed]
        opened, closed = self.compiler.tags(member, depth)
        text = "".join(piece for _, piece, _ in found)
        if not all(told for _, _, told in found):
            self.lines += needs
            return _literal(opened) + text + _literal(closed), ""
        if not text:
            return _NEVER
        name = self.variable(f"f{text!r}")
        full = f"{_literal(opened)}{{{name}}}{_literal(closed)}"
        self.lines += [f"if {name}:", *(f"    {need}" for need in needs), f"    {name} = f{full!r}"]
        return f"{{{name}}}", name

    def place(self, place: Place, depth: int) -> _Piece:
        """An element with a text, as often as it is there."""
        name, known = self.compiler.name(place), self.leaves.found
        before, behind = f"{'  ' * depth}<{name}>", f"</{name}>\n"
        repeated = sorted(key for key in known if key.startswith(f"{place.key}["))
        keys = repeated if place.repeats else [place.key] if place.key in known else []
        found = [self.leaf(known[key], before, behind) for key in keys]
        text = "".join(piece for piece, _ in found)
        code = fills.header_code(self.message.name)
        if code and code.key == place.key and self.record.code == HEADER and code.optional_21:
            value = self.variable(f"f{text!r}")
            self.lines.append(f"if {value} == {before + code.value + behind!r}: {value} = ''")
            return f"{{{value}}}", value
        if not found or len(found) == 1:
            return found[0] if found else _NEVER
        return text, "" if not all(told for _, told in found) else " or ".join(t for _, t in found)

    def leaf(self, leaf: Leaf, before: str, behind: str) -> _Piece:
        """A text with its tags."""
        expression, when = leaf.text, f" if {leaf.present} else ''" if leaf.present else ""
        if leaf.convert:
            fragments = f"k{len(self.known)}"
            self.known[fragments] = Fragments(leaf.convert, leaf.blank, before, behind)
            value = self.variable(f"{fragments}[{expression}]{when}")
            return f"{{{value}}}", "" if leaf.sure else value
        value = self.variable(f"{expression}{when}")
        full = f"{_literal(before)}{{{value}}}{_literal(behind)}"
        if leaf.sure:
            return full, ""
        self.lines.append(f"if {value}: {value} = f{full!r}")
        return f"{{{value}}}", value


def _must(told: str, path: str) -> str:
    return f"if not ({told}): raise missing({path!r})"
