"""What a run does with the sweep: it catches software that lets one fault pass, at its field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from harness.cli import main
from harness.configuration.ikeur_toml import SutConfig, WayConfig
from harness.reference import converter as reference
from harness.running.runner import Runner
from harness.running.settings import DEFAULT_COUNT, Settings
from harness.suites.refuse.input import is_swept
from harness.suites.refuse.sweep.registry import spots_of, swept
from harness.suites.registry import SUITES, parse
from harness.sut.protocol import OK, REFUSED, Answer, Request
from reports.events.events import CaseFinished
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.releases.read_write import read
from tests.suts.running import Ikeur, beside_the_software

CONVERTED = [message.name for message in catalogue().messages.values() if message.convertible]
# Typed by hand: what each kind of software lets pass, of a declaration.
LETS_PASS = {
    "categories": {
        "unknown-code-at-04-productcategorie",
        "unknown-code-at-clienten-client-prestaties-prestatie-productcategorie",
        "value-missing-at-04-productcategorie",
    },
    "product_codes": {
        "unknown-code-at-04-productcode",
        "value-missing-at-04-productcode",
        "code-target-lacks-at-clienten-client-prestaties-prestatie-productcode",
        "value-too-long-at-clienten-client-prestaties-prestatie-productcode",
    },
    "agb_codes": {
        "letter-in-number-at-01-code-aanbieder",
        "value-missing-at-01-code-aanbieder",
        "outside-pattern-at-header-aanbieder",
        "value-too-long-at-header-aanbieder",
    },
    "absent_bsns": {
        "value-missing-at-02-bsn",
        "element-missing-at-clienten-client-bsn",
        "element-empty-at-clienten-client-bsn",
    },
}


@pytest.fixture
def ikeur(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ikeur:
    return beside_the_software(tmp_path, monkeypatch, in_process=True)


@pytest.mark.parametrize("name", LETS_PASS)
def test_software_that_never_looks_at_a_field_is_caught_there(ikeur: Ikeur, name: str) -> None:
    outcome = ikeur.run(
        f"--python=tests.suts.sweep_wrong:{name}", suite="refuse", messages="WMO303", quick=False
    )

    red = {parse(case["id"]).kind for case in outcome.cases if case["findings"]}
    assert outcome.exit_code == 1
    assert red >= LETS_PASS[name]
    field_names = {item.rpartition("-")[2] for item in LETS_PASS[name]}
    swept_red = {item for item in red if "-at-" in item}
    assert {item.rpartition("-")[2] for item in swept_red} <= field_names


# A code, a place, what stands there and what should.
Flaw = tuple[str, str, str, str]


@cache
def _flaw(asked: Request) -> Flaw | None:
    """What is wrong with a message first; None where it can be converted."""
    for fault in read(asked.data, asked.source).faults:
        if not finding_codes()[fault.code].tolerated:
            place = re.sub(r"\[\d+\]|, line.*|record \d+ ", "", fault.where)
            return fault.code, place, fault.actual, fault.expected
    try:
        reference.convert(asked.data, asked.source, asked.target)
    except Refused as error:
        return error.code, error.what, "", ""
    return None


@dataclass
class Lets:
    """Software that refuses what is wrong with a message, but for one flaw."""

    flaw: Flaw
    name: str = "lets pass"
    version: str = ""
    way: str = "in this process"
    command: str = ""
    shares_process: bool = False

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        """Accept what has the flaw, and refuse the rest."""
        flaws = map(_flaw, requests)
        return [
            Answer(OK, b"99\r\n")
            if flaw in (None, self.flaw)
            else Answer(REFUSED, reason=str(flaw))
            for flaw in flaws
        ]

    def together(self, requests: Sequence[Request]) -> list[Answer]:
        """As `ask`."""
        return self.ask(requests)

    def renew(self) -> bool:
        """Nothing is remembered, and no process is ours."""
        return False

    def close(self) -> None:
        """Nothing runs."""


def _settings(message: str, out: Path, **more: object) -> Settings:
    config = SutConfig(ways={"convert": WayConfig("stream")})
    return Settings((message,), ("refuse",), DEFAULT_COUNT, 1, config=config, out=out, **more)  # type: ignore[arg-type]


def _red(message: str, sut: Lets, out: Path) -> set[str]:
    events = Runner(_settings(message, out), sut).events()
    cases = [event for event in events if isinstance(event, CaseFinished)]
    assert len(cases) > len(SUITES["refuse"].once(catalogue().one(message), 1))
    return {event.id for event in cases if event.findings}


def _facets() -> Iterator[tuple[str, str]]:
    for release in ("2.0", "2.1"):
        kinds = (spot.kind for name in CONVERTED for spot in spots_of(name, release).values())
        yield from ((release, kind) for kind in dict.fromkeys(kinds))


@pytest.mark.parametrize(("release", "kind"), list(_facets()))
def test_software_that_lets_one_fault_pass_is_caught_at_its_field(
    release: str, kind: str, tmp_path: Path
) -> None:
    having = [item for item in CONVERTED if _of_kind(item, release, kind)]
    name = min(having, key=lambda item: len(SUITES["refuse"].once(catalogue().one(item), 1)))
    message, spot = catalogue().one(name), _of_kind(name, release, kind)[-1]
    target = "2.1" if release == "2.0" else "2.0"
    flaw = _flaw(Request(name, release, target, swept(message, release, spot, 1).data))
    assert flaw
    red = _red(name, Lets(flaw), tmp_path)
    assert f"{name}.refuse.{spot}.{release}-{target}.s1.n0" in red
    address = spots_of(name, release)[spot].address
    for case in filter(is_swept, map(parse, red)):
        assert spots_of(name, case.route[0])[case.kind].address == address


def _of_kind(name: str, release: str, kind: str) -> list[str]:
    return [item for item, spot in spots_of(name, release).items() if spot.kind == kind]


def _told(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["run", "--reference", *words], catch_exceptions=False)
    return done.exit_code, done.output


ONE = ("--suite=refuse", "--messages=WMO307", "--count=2")


def test_the_plan_tells_of_the_sweep_and_all_of_it_is_run(tmp_path: Path) -> None:
    code, said = _told(*ONE, f"--out={tmp_path / 'out'}", "--lang=en")
    found = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    size = len(SUITES["refuse"].once(catalogue().one("WMO307"), 1))

    assert code == 0
    assert size > 200
    assert found["run"]["sweep"] == size
    assert found["run"]["quick"] is False
    assert found["run"]["planned"] == len(found["cases"]) == size + 4
    assert f"field sweep: {size}" in " ".join(said.split())


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_quick_run_leaves_it_out_and_every_report_says_so(tmp_path: Path, lang: str) -> None:
    _, said = _told(*ONE, "--quick", f"--out={tmp_path / 'out'}", f"--lang={lang}")
    out = tmp_path / "out"
    found = json.loads((out / "results.json").read_text(encoding="utf-8"))
    size = len(SUITES["refuse"].once(catalogue().one("WMO307"), 1))

    assert found["run"]["sweep"] == size
    assert found["run"]["quick"] is True
    assert found["run"]["planned"] == len(found["cases"]) == 4
    remark = {
        "en": f"The field sweep was left out (--quick): {size} faults were not submitted",
        "nl": f"De ronde langs alle velden is overgeslagen (--quick): {size} fouten zijn niet",
    }[lang]
    page = (out / "report.html").read_text(encoding="utf-8")
    for text in (said, (out / "summary.md").read_text(encoding="utf-8"), page):
        plain = re.sub(r"<[^>]*>|`|\\\\", "", text)
        assert remark in " ".join(plain.split())


def test_a_run_of_what_has_no_sweep_says_nothing_of_one(tmp_path: Path) -> None:
    _, said = _told(
        "--suite=convert", "--messages=WMO307", "--count=1", "--quick", f"--out={tmp_path}"
    )
    assert "sweep" not in said


def test_what_the_software_does_not_claim_is_not_swept(tmp_path: Path) -> None:
    settings = _settings("WMO307", tmp_path)
    other = _settings("WMO307", tmp_path, claimed=frozenset({"WMO305"}))
    assert settings.planned == 2 * DEFAULT_COUNT + settings.sweep
    assert (other.planned, other.sweep) == (2 * DEFAULT_COUNT, 0)


def test_a_case_of_the_sweep_is_written_again_from_its_id(tmp_path: Path) -> None:
    name = "WMO303.refuse.unknown-code-at-04-productcode.2.0-2.1.s5.n0"
    done = CliRunner().invoke(main, ["case", name, f"--out={tmp_path / 'case'}"])
    about = json.loads((tmp_path / "case" / "case.json").read_text(encoding="utf-8"))

    assert done.exit_code == 0
    assert about["expected"] == "refused"
    assert about["requirement"].endswith("A code that is in no list: 04 PRODUCTCODE.")
    lines = (tmp_path / "case" / "input.ei").read_bytes().split(b"\r\n")
    assert [line[:2] for line in lines if line[124:129] == b"77777"] == [b"04"]


@pytest.mark.parametrize(
    "name",
    [
        "WMO303.refuse.unknown-code-at-04-productcode.2.0-2.1.s5.n1",
        "WMO303.refuse.unknown-code-at-04-productcode.2.1-2.0.s5.n0",
        "WMO303.refuse.unknown-code-at-04-nowhere.2.0-2.1.s5.n0",
        "JW321.refuse.value-missing-at-02-bsn.2.0-2.1.s1.n0",
    ],
)
def test_there_is_no_case_of_another_place_or_index(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["case", name, f"--out={tmp_path / 'case'}"])
    assert done.exit_code == 2
    assert "USE-CASE" in done.output
