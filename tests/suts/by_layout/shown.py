"""The layout of a message type as the command shows it, and what its words say."""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_PROGRAM = Path(sysconfig.get_path("scripts")) / "ikeur"
HEADER, COMMENT, TRAILER = "01", "98", "99"


class Refused(Exception):
    """What cannot be converted, with the reason."""


def _asked(*words: str) -> Any:
    return json.loads(subprocess.run([_PROGRAM, *words, "--json"], stdout=-1, check=True).stdout)


@cache
def types() -> list[Json]:
    """The message types."""
    found: list[Json] = _asked("messages")
    return found


def said(words: list[str], pattern: str) -> re.Match[str] | None:
    """The first sentence that is as a pattern says."""
    return next((match for word in words if (match := re.fullmatch(pattern, word))), None)


def moved(words: list[str]) -> dict[str, str]:
    """The codes that become another."""
    match = said(words, "other codes: (.*)")
    return dict(item.split(" → ") for item in match[1].split(", ")) if match else {}


class Node:
    """A record with its fields by name, or a class with its texts by path, and all below it."""

    def __init__(self, record: str, fields: dict[str, str] | None = None) -> None:
        self.record = record
        self.fields = fields or {}
        self.trailer: dict[str, str] = {}
        self.texts: dict[str, list[str]] = {}
        self.comment: list[str] = []
        self.above: dict[str, str] = {}
        self.children: list[Node] = []

    def of(self, record: str) -> list[Node]:
        """The children of a kind."""
        return [child for child in self.children if child.record == record]


class Layout:
    """The layout of a message type."""

    def __init__(self, name: str) -> None:
        (self.shown,) = _asked("layout", name)["messages"]
        self.records: dict[str, Json] = {row["code"]: row for row in self.shown["records"]}
        self.elements: dict[str, Json] = {row["path"]: row for row in self.shown["elements"]}
        self.below: dict[str, list[Json]] = {}
        for row in self.elements.values():
            self.below.setdefault(row["path"].rpartition("/")[0], []).append(row)
        self.classes: dict[str, str] = {
            place["name"]: code for code, row in self.records.items() for place in row["classes"]
        }
        self.fields = {f"{f['record']} {f['name']}": f for r in self.records for f in self.of(r)}
        self.paths: dict[str, list[str]] = {}
        for row in self.elements.values():
            for place in row["to_20"]["places"]:
                self.paths.setdefault(place["name"], []).append(row["path"])
        # By record the field with the key of its owner, and the owner's record and field.
        self.owners: dict[str, tuple[str, str, str]] = {}
        for field in self.fields.values():
            words = field["from_21"]["words"]
            if match := said(words[:1], r"(.+) of the record (\d\d) whose class contains it, .*"):
                self.owners[field["record"]] = field["name"], match[2], match[1]

    def of(self, record: str) -> list[Json]:
        """The fields of a record, but for reserved columns."""
        return [item for item in self.records[record]["fields"] if item["presence"] != "S"]

    def together(self, record: str) -> list[list[str]]:
        """The fields that are filled together or not at all."""
        pattern = rf"(.*) of record {record} are filled together or .*"
        found = (re.fullmatch(pattern, note) for note in self.shown["notes"]["2.0"])
        return [match[1].split(", ") for match in found if match]

    def prefixes(self) -> dict[str, str]:
        """The namespaces by prefix."""
        pattern = r"Prefix `(\w+)` stands for `(.*)`\."
        found = (re.fullmatch(pattern, note) for note in self.shown["notes"]["2.1"])
        return {match[1]: match[2] for match in found if match}


layout = cache(Layout)
