"""The golden messages, typed by hand from the tables, hold every door to the two releases."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

import pytest

from harness.cli import main
from harness.reference import converter as reference
from schemas.errors import Refused
from tests.harness.golden_pairs import is_converted, is_expected, outline
from tests.paths import GOLDEN

CONVERTED = [
    f"{standard}{number}"
    for standard in ("WMO", "JW")
    for number in (301, 302, 303, 304, 305, 306, 307, 308, 315, 316)
]
PAIRS = [*CONVERTED, *(f"filled/{name}" for name in CONVERTED)]
ONE_WAY = sorted({path.stem for path in (GOLDEN / "one_way").iterdir()})
STAYS_EI = ["JW321", "JW322"]


def golden(name: str, suffix: str) -> bytes:
    return (GOLDEN / f"{name}{suffix}").read_bytes()


def ikeur(*args: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    program = Path(sysconfig.get_path("scripts")) / "ikeur"
    return subprocess.run([program, *map(str, args)], input=stdin, capture_output=True, timeout=60)


def test_every_message_type_has_a_golden_pair_or_stays_ei() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.xml")) == sorted(CONVERTED)
    assert sorted(path.stem for path in GOLDEN.glob("*.ei")) == sorted(CONVERTED + STAYS_EI)
    filled = sorted(path.name for path in (GOLDEN / "filled").iterdir())
    assert filled == sorted(f"{name}{suffix}" for name in CONVERTED for suffix in (".ei", ".xml"))


@pytest.mark.parametrize("name", PAIRS)
def test_the_ei_becomes_the_golden_xml_tag_for_tag_and_value_for_value(name: str) -> None:
    converted = reference.convert(golden(name, ".ei"), "2.0", "2.1")
    assert outline(converted) == outline(golden(name, ".xml"))


@pytest.mark.parametrize("name", PAIRS)
def test_the_xml_becomes_the_golden_ei_byte_for_byte(name: str) -> None:
    converted = reference.convert(golden(name, ".xml"), "2.1", "2.0")
    assert converted.split(b"\r\n") == golden(name, ".ei").split(b"\r\n")


@pytest.mark.parametrize("stem", ONE_WAY)
def test_a_golden_message_that_loses_something_becomes_the_other_or_is_refused(stem: str) -> None:
    assert is_converted(f"one_way/{stem}", stem.rpartition("-")[2])


@pytest.mark.parametrize("name", CONVERTED)
@pytest.mark.parametrize("source", ["2.0", "2.1"])
def test_the_oracle_expects_the_other_message_of_a_filled_pair(name: str, source: str) -> None:
    assert is_expected(f"filled/{name}", source)


def test_the_command_converts_a_golden_message_both_ways(tmp_path: Path) -> None:
    there, back = tmp_path / "WMO301.xml", tmp_path / "WMO301.ei"
    done = ikeur("convert", GOLDEN / "WMO301.ei", "-o", there)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert outline(there.read_bytes()) == outline(golden("WMO301", ".xml"))
    assert ikeur("convert", there, "-o", back).returncode == 0
    assert back.read_bytes() == golden("WMO301", ".ei")


def test_all_golden_messages_validate_without_a_finding() -> None:
    files = sorted([*GOLDEN.rglob("*.ei"), *GOLDEN.rglob("*.xml")])
    done = ikeur("validate", "--block-on", "ABCD", *files)
    assert done.returncode == 0, done.stdout.decode()
    said = done.stdout.decode().splitlines()
    assert [line.endswith(": valid") for line in said] == [True] * len(files), said


@pytest.mark.parametrize("name", PAIRS)
def test_compare_finds_a_golden_pair_to_say_the_same_in_both_orders(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ei, xml = str(GOLDEN / f"{name}.ei"), str(GOLDEN / f"{name}.xml")
    for pair in ((ei, xml), (xml, ei)):
        with pytest.raises(SystemExit) as end:
            main(["compare", *pair])
        assert end.value.code == 0, capsys.readouterr().out


def test_compare_sees_one_changed_value_in_a_golden_pair(tmp_path: Path) -> None:
    changed, same = tmp_path / "changed.xml", golden("WMO307", ".xml")
    assert same.count(b"2016-02-29") == 1
    changed.write_bytes(same.replace(b"2016-02-29", b"2016-02-28"))
    done = ikeur("compare", GOLDEN / "WMO307.ei", changed)
    assert done.returncode == 1
    assert b"2016-02-29" in done.stdout
    assert b"2016-02-28" in done.stdout


@pytest.mark.parametrize("name", STAYS_EI)
def test_what_stays_ei_is_refused_with_a_reason_and_nothing_is_written(
    name: str, tmp_path: Path
) -> None:
    target = tmp_path / f"{name}.xml"
    done = ikeur("convert", GOLDEN / f"{name}.ei", "-o", target)
    assert (done.returncode, done.stdout) == (3, b"")
    assert name in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []
    streamed = ikeur("convert", stdin=golden(name, ".ei"))
    assert (streamed.returncode, streamed.stdout) == (3, b"")
    assert name in streamed.stderr.decode()


@pytest.mark.parametrize("name", CONVERTED)
@pytest.mark.parametrize(
    ("suffix", "source", "target"), [(".ei", "2.1", "2.0"), (".xml", "2.0", "2.1")]
)
def test_a_golden_message_handed_over_as_the_other_release_is_refused(
    name: str, suffix: str, source: str, target: str
) -> None:
    with pytest.raises(Refused) as refusal:
        reference.convert(golden(name, suffix), source, target)
    assert refusal.value.what
