"""`ikeur messages` and `sources`: the facts, and how certain they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import ENGLISH, PASS, RED, guarded, tell, tell_json
from reports.shared.texts import Texts, texts
from schemas.facts import table_rows as tables
from schemas.facts.catalogue import catalogue

_GRADES = frozenset(tables.GRADES)


def _grades(t: Texts) -> dict[str, str]:
    """What each grade of evidence means."""
    return {grade: t(f"sources.{grade.lower()}") for grade in tables.GRADES}


@click.command(epilog="Example:  ikeur messages --json", short_help="List the message types.")
@json_option
@guarded
def messages(as_json: bool) -> None:
    """List the message types, with their codes and whether they are converted."""
    found = [
        {
            "message": item.name,
            "standard": item.standard,
            "title": item.title,
            "role": item.role,
            "pair": item.pair,
            "codes": list(item.codes),
            "record_length": item.record_length,
            "converted": item.convertible,
            "format_in_21": item.format_21,
            "evidence_20": item.evidence_20,
            "evidence_21": item.evidence_21,
        }
        for item in catalogue().messages.values()
    ]
    if as_json:
        tell_json(found)
        return
    for row in found:
        codes = "/".join(map(str, row["codes"])) if isinstance(row["codes"], list) else ""
        converted = "converted" if row["converted"] else "stays EI, not converted"
        tell(f"{row['message']:7} {codes:8} {row['title']:40} {converted}")


def _table_files() -> list[tuple[Path, Path]]:
    """The tables of facts, each with the folder that its name is relative to."""
    folders = (tables.TABLES, tables.TABLES.parent / "rules")
    return [(folder, path) for folder in folders for path in sorted(folder.rglob("*.csv"))]


def _table_rows() -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for folder, path in _table_files():
        name = path.relative_to(folder).with_suffix("").as_posix()
        grades: Counter[str] = Counter()
        for row in tables.rows(name, folder):
            for column, value in row.cells.items():
                if column.startswith("evidence") and value in _GRADES:
                    grades[value] += 1
        name = name if folder == tables.TABLES else f"{folder.name}/{name}"
        found.append({"table": name, "rows_by_grade": dict(sorted(grades.items()))})
    return found


@click.command(
    epilog="Example:  ikeur sources --diff official-xsds/",
    short_help="Show how well the facts are known.",
)
@click.option(
    "--diff",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="List where the official XSDs in DIR differ from ours; exit code 1 on differences.",
)
@click.option(
    "--rules",
    "with_rules",
    is_flag=True,
    help="List every business rule: what checks it, or why nothing does.",
)
@lang_option
@json_option
@guarded
def sources(folder: Path | None, with_rules: bool, lang: str, as_json: bool) -> None:
    """Show how well each table of facts is known: the number of rows per evidence grade.

    schemas/SOURCES.md in the package says where each fact comes from.
    """
    if folder is not None:
        _diff(folder, lang, as_json)
    if with_rules:
        from harness.cli.explain_rules import list_rules

        list_rules(lang, as_json)
        return
    rows = _table_rows()
    if as_json:
        tell_json({"grades": _grades(texts(ENGLISH)), "tables": rows})
        return
    t = texts(lang)
    for grade, meaning in _grades(t).items():
        tell(f"{grade}  {meaning}")
    tell("")
    for row in rows:
        grades = row["rows_by_grade"]
        text = ", ".join(f"{g} {n}" for g, n in grades.items()) if isinstance(grades, dict) else ""
        tell(f"{row['table']:34} {text or t('sources.own')}")


def _diff(folder: Path, lang: str, as_json: bool) -> None:
    # The package takes half a second to load, and no other command needs it.
    from schemas.xml.xsd_diff import diff

    found = list(diff(folder))
    if as_json:
        tell_json([item.to_json() for item in found])
    else:
        t = texts(lang)
        for item in found:
            ours, theirs = (side or t("sources.absent") for side in (item.ours, item.theirs))
            kind, _, name = item.kind.partition(" ")
            what = f"{item.message} {item.path}: {t(f'sources.diff.{kind}')} {name}".rstrip()
            tell(f"{what}: {t('sources.sides', ours=ours, theirs=theirs)}")
        tell(t.count("sources.differences", len(found)))
    raise SystemExit(RED if found else PASS)
