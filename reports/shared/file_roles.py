"""What the kept files of a case are, in words."""

from __future__ import annotations

from reports.shared.texts import Texts


def role(name: str, t: Texts) -> str:
    """What a kept file is, by its role."""
    if shown := t.get(f"file.{name}", ""):
        return shown
    start, _, last = name.rpartition("-")
    number = start.partition("-")[2]
    shown = t.get(f"file.{last}", last)
    text = t("file.smallest", file=shown) if start else shown
    return f"{text} ({number})" if number else text
