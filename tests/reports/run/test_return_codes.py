"""The reports of a run tell a return code with its official text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.events.events import Finding
from reports.run.finding_text import details
from reports.shared.texts import texts

# Typed by hand from the list of 2.0, WJ001.
ABOUT_8207 = "Referentienummer dit prestatierecord moet uniek zijn binnen het bestand."


@pytest.mark.parametrize(("lang", "label"), [("en", "Return code"), ("nl", "Retourcode")])
def test_a_return_code_stands_with_its_text_which_is_dutch_in_both_languages(
    make_finding: Callable[..., Finding], lang: str, label: str
) -> None:
    found = make_finding("c-1", rule="TR314", retour="8207|S058")
    # The list of 2.0 lacks S058.
    assert dict(details(found, "blocking", texts(lang)))[label] == f"8207 ({ABOUT_8207}); S058"


def test_a_finding_without_a_return_code_tells_none(make_finding: Callable[..., Finding]) -> None:
    assert "Return code" not in dict(details(make_finding("c-1"), "blocking", texts("en")))
