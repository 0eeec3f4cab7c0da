"""Writes all reports of a mailbox audit, each completely or not at all."""

from __future__ import annotations

from pathlib import Path

from reports.pairs import csv_files as pairs_csv
from reports.pairs import html as pairs_html
from reports.pairs import results_json as pairs_json
from reports.pairs.results import Audit
from reports.shared.whole_file import whole


def write_all(audit: Audit, folder: Path, lang: str) -> None:
    """Write every report to a folder; raises UsageError for an unknown language."""
    with whole(folder / pairs_json.NAME) as file:
        file.writelines(pairs_json.pieces(audit))
    with whole(folder / pairs_csv.NAME) as file:
        pairs_csv.write(audit, file, lang)
    with whole(folder / pairs_csv.PARTNERS) as file:
        pairs_csv.write_partners(audit, file)
    with whole(folder / pairs_html.NAME) as file:
        pairs_html.write(audit, file, lang)
