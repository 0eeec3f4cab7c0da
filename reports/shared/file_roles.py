"""Describes the files of a case."""

from __future__ import annotations

from reports.shared.texts import Texts


def role(name: str, t: Texts) -> str:
    """The description of a file, by its role."""
    if shown := t.get(f"file.{name}", ""):
        return shown
    start, _, last = name.rpartition("-")
    number = start.partition("-")[2]
    shown = t.get(f"file.{last}", last)
    text = t("file.smallest", file=shown) if start else shown
    return f"{text} ({number})" if number else text
