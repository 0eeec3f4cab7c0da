"""The order in which the messages of a set are judged, and which assignment counts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import main
from tests.schemas.rules.cases import ID, Message, Named
from tests.schemas.rules.edited import ei, xml
from tests.schemas.rules.history_cases import APRIL, APRIL_20, ASSIGNED, ID_20, MINE, MINE_20
from tests.schemas.rules.sent import RELEASES, last, start, stop

DAY = "Header/BerichtIdentificatie/Dagtekening"
INVOICED = "Header/DeclaratieFactuurIdentificatie/FactuurDagtekening"


def dated(message: Message, day: str) -> Named:
    """A message of another day."""
    name, edits, release = message if len(message) == 3 else (*message, "2.1")
    at = {"303": INVOICED, "306": "Header/DagtekeningRetour"}.get(name[3:], DAY)
    at_20 = {"303": "1 DAGTEKENING FACTUUR", "306": "1 DAGTEKENING RETOURBERICHT"}.get(
        name[3:], "1 DAGTEKENING HEENBERICHT"
    )
    if release == "2.0":
        return (name, {**edits, at_20: day.replace("-", "")}, release)
    return (name, {**edits, at: day}, release)


def told(folder: Path, **messages: Named) -> dict[str, list[str]]:
    """The rules that messages break which lie in a folder under these names, as they are judged."""
    for name, (kind, edits, release) in messages.items():
        data = ei(kind, edits) if release == "2.0" else xml(kind, edits)
        (folder / f"{name}.{'ei' if release == '2.0' else 'xml'}").write_bytes(data)
    words = ["validate", "--rules", "--json", "--block-on", "ABCD", str(folder)]
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    return {
        Path(item["file"]).stem: sorted(finding["rule"] for finding in item["findings"])
        for item in json.loads(result.stdout)
    }


SAME_DAY = "2017-05-08"


@pytest.mark.parametrize("release", RELEASES)
def test_within_a_day_a_start_comes_before_its_stop_whatever_their_names(
    tmp_path: Path, release: str
) -> None:
    found = told(
        tmp_path,
        a=dated(stop(release, "2017-04-04"), SAME_DAY),
        b=dated(start(release, 1), SAME_DAY),
    )
    assert list(found.items()) == [("b", []), ("a", [])]


@pytest.mark.parametrize("release", RELEASES)
def test_within_a_day_an_assignment_comes_first_and_a_declaration_last(
    tmp_path: Path, release: str
) -> None:
    assigned = {"2.0": ("WMO301", APRIL_20, "2.0"), "2.1": ("WMO301", APRIL, "2.1")}[release]
    declared = {"2.0": ("WMO303", MINE_20, "2.0"), "2.1": ("WMO303", MINE, "2.1")}[release]
    found = told(
        tmp_path,
        a=dated(declared, "2017-05-09"),
        b=dated(stop(release, "2017-04-04"), "2017-05-09"),
        c=dated(start(release, 1), "2017-05-09"),
        d=dated(assigned, "2017-05-09"),
    )
    assert list(found) == ["d", "c", "b", "a"]
    assert found["b"] == []


def test_within_a_day_the_releases_stand_in_one_course(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        a=dated(stop("2.1", "2017-04-04"), SAME_DAY),
        b=dated(start("2.0", 1), SAME_DAY),
        c=dated(start("2.1", 2, "1", "3", "1", begin="2017-04-20"), "2017-05-09"),
    )
    assert list(found.items()) == [("b", []), ("a", []), ("c", [])]


@pytest.mark.parametrize("release", RELEASES)
def test_within_a_day_what_was_refused_is_sent_again_after_the_refusal(
    tmp_path: Path, release: str
) -> None:
    heen = DAY if release == "2.1" else "1 DAGTEKENING HEENBERICHT"
    day = "2017-04-12" if release == "2.1" else "20170412"
    back = dated(("WMO306", {heen: day}, release), "2017-04-12")
    again = dated(start(release, 2, "1", "1", "1"), "2017-04-12")
    found = told(tmp_path, z=dated(start(release, 1), "2017-04-12"), y=back, x=again)
    assert list(found.items()) == [("z", []), ("y", []), ("x", [])]


def test_within_a_day_the_answer_to_an_earlier_message_comes_first(tmp_path: Path) -> None:
    again = dated(start("2.1", 2, "1", "1", "1"), "2017-04-11")
    found = told(tmp_path, c=start("2.1", 1), b=("WMO306", {}, "2.1"), a=again)
    assert list(found.items()) == [("c", []), ("b", []), ("a", [])]


def test_messages_of_one_type_and_day_come_by_their_identification(tmp_path: Path) -> None:
    found = told(tmp_path, b=start("2.1", 1), a=start("2.1", 2, "3", "3", "1"))
    assert list(found.items()) == [("b", []), ("a", [])]


# --- Of assignments the latest counts -------------------------------------------------------------

MADE = f"{ASSIGNED}/Toewijzingsdatum"
TIME = f"{ASSIGNED}/Toewijzingstijd"


def assigned(release: str, number: int, day: str, time: str, end: str, volume: int) -> Named:
    """The assignment of April 2017 as it was made at some time."""
    if release == "2.1":
        edits = APRIL | {
            ID: f"WT2017-0{number}", MADE: day, TIME: time,
            f"{ASSIGNED}/Einddatum": end, f"{ASSIGNED}/Omvang/Volume": str(volume),
        }  # fmt: skip
        return ("WMO301", edits, release)
    edits = APRIL_20 | {
        ID_20: f"WT2017-0{number}   ", "22 TOEWIJZINGSDATUM": day.replace("-", ""),
        "22 TOEWIJZINGSTIJD": time.replace(":", ""), "22 EINDDATUM": end.replace("-", ""),
        "22 VOLUME": f"{volume:08}",
    }  # fmt: skip
    return ("WMO301", edits, release)


LONG, SHORT = ("2017-04-30", 12), ("2017-04-20", 8)


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(
    ("day", "time"), [("2017-03-02", "08:00:00"), ("2017-03-01", "08:00:01")], ids=["day", "time"]
)
def test_of_assignments_the_latest_by_its_own_date_and_time_counts(
    release: str, day: str, time: str
) -> None:
    old = ("2017-03-01", "08:00:00")
    declared = {"2.0": ("WMO303", MINE_20, "2.0"), "2.1": ("WMO303", MINE, "2.1")}[release]
    for first, second, expected in ((LONG, SHORT, ["TR308", "TR321"]), (SHORT, LONG, [])):
        one = assigned(release, 1, *old, *first)
        other = assigned(release, 2, day, time, *second)
        # Whichever comes first.
        assert last(one, other, declared) == expected
        assert last(other, one, declared) == expected


def test_of_two_assignments_of_one_moment_the_last_counts() -> None:
    moment, declared = ("2017-03-01", "08:00:00"), ("WMO303", MINE, "2.1")
    one, other = assigned("2.1", 1, *moment, *LONG), assigned("2.1", 2, *moment, *SHORT)
    assert last(one, other, declared) == ["TR308", "TR321"]
    assert last(other, one, declared) == []


def test_the_begin_of_the_latest_assignment_counts() -> None:
    later = {f"{ASSIGNED}/Ingangsdatum": "2017-04-02"}
    name, edits, release = assigned("2.1", 2, "2017-03-02", "08:00:00", *LONG)
    one = assigned("2.1", 1, "2017-03-01", "08:00:00", *LONG)
    assert last(one, (name, {**edits, **later}, release), ("WMO303", MINE, "2.1")) == ["TR307"]
