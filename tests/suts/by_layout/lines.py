"""Writes the records of a 2.0 message by the words of a layout."""

from __future__ import annotations

from tests.suts.by_layout.shown import COMMENT, HEADER, TRAILER, Json, Layout, Node, Refused, said

_LINE = 140


class Lines:
    """The lines of one message, in order."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.lines: list[str] = []
        self.number = 0

    def message(self, root: Node) -> str:
        """The whole message; raises Refused for a character that 2.0 does not have."""
        self.below(root)
        fields = {**root.fields, **self.counts()}
        lines = [self.line(HEADER, fields), *self.lines, self.line(TRAILER, fields)]
        if not all(line.isprintable() or "\xa0" in line or "\xad" in line for line in lines):
            raise Refused("a character that is not printable")
        return "".join(f"{line}\r\n" for line in lines)

    def counts(self) -> dict[str, str]:
        """The numbers of records that the last one tells."""
        codes = [line[:2] for line in self.lines]
        found = {}
        for row in self.layout.of(TRAILER):
            words = row["from_21"]["words"]
            if match := said(words, r"number of records (\d\d), with leading zeros .*"):
                found[row["name"]] = str(codes.count(match[1]))
            elif said(words, "number of records between 01 and 99, .*"):
                found[row["name"]] = str(len(codes))
        return found

    def below(self, node: Node) -> None:
        """Add the records below a record, kind by kind, those with an owner first."""
        for code, row in self.layout.records.items():
            if row["parent"] != node.record:
                continue
            if code in self.layout.owners:
                _, record, key = self.layout.owners[code]
                owners = node.of(record)
                if len({owner.fields[key] for owner in owners}) < len(owners):
                    raise Refused(f"{key} is not unique")
                for owner in owners:
                    self.records(owner.of(code), owner.fields[key])
            self.records(node.of(code))

    def records(self, nodes: list[Node], owner: str = "") -> None:
        """Add records of a kind, each with its comment and all below it."""
        for node in nodes:
            self.number += 1
            number = str(self.number)
            own = {row["name"]: self.derived(row, node, owner) for row in self.derivations(node)}
            self.lines.append(self.line(node.record, {**node.fields, **own}))
            self.comment(node, number)
            self.below(node)

    def derivations(self, node: Node) -> list[Json]:
        """The fields that follow from other data."""
        rows = self.layout.of(node.record)
        return [row for row in rows if row["from_21"]["kind"] == "derived"]

    def derived(self, row: Json, node: Node, owner: str) -> str:
        """The text of such a field."""
        words = row["from_21"]["words"]
        if said(words, "number from 1, over all records but .*"):
            return str(self.number)
        if match := said(words, "equal to (.*) of record (..) above it"):
            return node.above[f"{match[2]}/{match[1]}"]
        return owner if said(words, ".* whose class contains it, otherwise spaces") else ""

    def comment(self, node: Node, number: str) -> None:
        """Add the comment of the last record."""
        paths = self.layout.paths.get(f"{COMMENT} VRIJE TEKST", [])
        text = "".join(item for path in paths for item in node.texts.get(path, ())).rstrip(" ")
        names = {row["from_21"]["words"][0]: row["name"] for row in self.rows_of_comments()}
        for place, start in enumerate(range(0, len(text), _LINE), 1):
            fields = {
                names["number of the record that the comment belongs to"]: number,
                names["line number from 1, with leading zeros"]: str(place),
                "VRIJE TEKST": text[start : start + _LINE],
            }
            self.lines.append(self.line(COMMENT, fields))

    def rows_of_comments(self) -> list[Json]:
        """The fields of a comment, if the message has any."""
        return self.layout.of(COMMENT) if COMMENT in self.layout.records else []

    def line(self, code: str, fields: dict[str, str]) -> str:
        """A record with some fields, padded; raises Refused for what is too long."""
        found = []
        for row in self.layout.records[code]["fields"]:
            match = said(row["from_21"]["words"], "always `(.*)`")
            text = match[1] if match else fields.get(row["name"], "")
            if row["presence"] == "S":
                text = ""
            if len(text) > row["length"]:
                raise Refused(f"{row['name']} of record {code} is too long")
            is_number = row["type"] == "N"
            found.append(text.zfill(row["length"]) if is_number else text.ljust(row["length"]))
        return "".join(found)
