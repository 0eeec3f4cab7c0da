"""Generates straight-line code from the tables that writes a record's row as its class.

The code writes what `to_21` and `xml_write` write, without building a tree. What these refuse is a
KeyError here, or Refused.
"""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.fast.leaf_expressions import Leaf, Leaves
from schemas.facts import fills
from schemas.facts.records import HEADER, Record
from schemas.xml.class_templates import Below, Class, Compiler, escaped, unescaped
from schemas.xml.layout import Group
from schemas.xml.layout import Leaf as Place

# A member of a class as part of an f-string, and an expression that is empty if it is absent; an
# empty string if it never is.
_Piece = tuple[str, str]
_NEVER = ("", "''")


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


class _Codes(dict[str, str]):
    """The element for each 2.0 code, made when the code is first met."""

    def __init__(self, code_21: Callable[[str], str], before: str, behind: str) -> None:
        self.code_21, self.before, self.behind = code_21, before, behind

    def __missing__(self, raw: str) -> str:
        value = self.code_21(raw)
        self[raw] = value and self.before + escaped(value) + self.behind
        return self[raw]


class ClassCode:
    """The code for the class of a record: its `lines`, and the objects they use in `known`.

    The texts of the row are escaped already.
    """

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
                    self.lines.append(_must(told))
        return "".join([*pieces, _literal(klass.close)])

    def variable(self, expression: str) -> str:
        """Assign an expression to a new variable."""
        name = f"v{len(self.lines)}"
        self.lines.append(f"{name} = {expression}")
        return name

    def below(self, part: Below) -> str:
        """The classes of a kind below this one."""
        kind = self.message.records[part.record]
        key = repr(kind.code)
        if kind.key:
            field = kind.by_name[kind.key]
            _, _, name = field.rule.argument.partition("/")
            is_parent = kind.parent == self.record.code
            key += f" + {repr(field.blank) if is_parent else self.leaves.row.names[name]}"
        found = self.variable(f"below.pop({key}, '')")
        self.lines.append(
            f"if {found}: {found} = {part.open!r} + ''.join({found}[::-1]) + {part.close!r}"
        )
        if part.required:
            self.lines.append(_must(found))
        return f"{{{found}}}"

    def member(self, member: Place | Group, depth: int) -> _Piece:
        """A member with everything below it."""
        if isinstance(member, Place):
            return self.place(member, depth)
        found = [(child.element, *self.member(child, depth + 1)) for child in member.members]
        needs = [_must(told) for item, _, told in found if told and not item.optional]
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
        """An element with text, repeated as often as it occurs."""
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
        sure = any(not told for _, told in found)
        return (text, "" if sure else " or ".join(told for _, told in found)) if found else _NEVER

    def leaf(self, leaf: Leaf, before: str, behind: str) -> _Piece:
        """A text with its tags."""
        when = f" if {leaf.present} else ''" if leaf.present else ""
        if leaf.code_21:
            written = _Codes(leaf.code_21, before, behind)
            value = self.variable(f"{self.object(written)}[{leaf.text}]{when}")
            return f"{{{value}}}", "" if leaf.sure else value
        if leaf.checks:
            return self.checked(leaf, before, behind)
        if leaf.sure:
            text = leaf.text if leaf.written else self.variable(leaf.text)
            return _tagged(leaf, text, before, behind), ""
        full = _tagged(leaf, leaf.text, before, behind)
        value = self.variable(f"f{full!r}{when}")
        return f"{{{value}}}", value

    def checked(self, leaf: Leaf, before: str, behind: str) -> _Piece:
        """A text that must pass checks, with its tags."""
        value = self.variable(leaf.text if leaf.sure else "''")
        # A pattern is that of the text before it was escaped.
        raw = f"{self.object(unescaped)}({value}) if '&' in {value} else {value}"
        checks = [_must(f"{self.object(check)}({raw})") for check in leaf.checks]
        full = _tagged(leaf, value, before, behind)
        if leaf.sure:
            self.lines += checks
            return full, ""
        lines = [f"{value} = {leaf.text}", *checks, f"{value} = f{full!r}"]
        self.lines += [f"if {leaf.present}:", *(f"    {line}" for line in lines)]
        return f"{{{value}}}", value

    def object(self, value: object) -> str:
        """A name for an object in the generated code."""
        name = f"k{len(self.known)}"
        self.known[name] = value
        return name


def _tagged(leaf: Leaf, text: str, before: str, behind: str) -> str:
    """An f-string of a text expression with tags around it."""
    return _literal(before) + (leaf.written or f"{{{text}}}") + _literal(behind)


def _must(told: str) -> str:
    return f"if not ({told}): raise KeyError"
