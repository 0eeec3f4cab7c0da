"""A run with as many cases, findings and causes as asked for, as a journal that is quickly made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.events.deviations import Deviation
from reports.events.events import (
    CaseFinished,
    Event,
    FieldsCounted,
    RunFinished,
    RunStarted,
    to_json,
)
from reports.events.journal import read
from schemas.facts.catalogue import catalogue

Json = dict[str, Any]
CODES = {"schema": "XML-VALUE", "convert": "FIELD-CHANGED", "roundtrip": "FIELD-LOST"}
MESSAGES = tuple(one.name for one in catalogue().messages.values() if one.convertible)
PLACES = [(suite, message) for message in MESSAGES for suite in CODES]
WHY = Deviation(1, ("FIELD-LOST",), (), (), "mended in 4.3", "2017-12-31")
# Of so many places the findings of one only advise, and those of another were declared.
_TURN, _ADVISES, _DECLARED = 10, 3, 5
_COUNTED_FIELDS = 80


@dataclass(frozen=True)
class Many:
    """Events to be read any number of times: cases that pass, and red ones.

    Each red case has `each` findings; a message type has `fields` causes in each suite, and there
    are `places` of a message type in a suite.
    """

    path: Path
    passing: int = 0
    red: int = 0
    each: int = 1
    fields: int = 1
    places: int = len(PLACES)

    @property
    def findings(self) -> int:
        """The number of findings."""
        return self.red * self.each

    def write(self) -> Many:
        """Write the journal."""
        with self.path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(to_json(event)) + "\n" for event in self._head())
            file.writelines(self._passing())
            file.writelines(json.dumps(case) + "\n" for case in self._red())
            file.writelines(json.dumps(to_json(event)) + "\n" for event in self._tail())
        return self

    def __iter__(self) -> Iterator[Event]:
        return read(self.path)

    def _head(self) -> Iterator[Event]:
        yield RunStarted(
            version="0.1.0",
            seed=7,
            count=5,
            suites=tuple(CODES),
            messages=MESSAGES,
            sut="Voorbeeld-ECD",
            sut_version="4.2.0",
            way="stream",
            command="./ecd --stream",
            planned=self.passing + self.red,
            block_on="ABC",
            tables="3f9a1c20",
            spec_pack="",
            started_at="2017-06-09T14:03:11+00:00",
            deviations=(WHY,),
        )

    def _passing(self) -> Iterator[str]:
        lines = []
        for suite, message in PLACES[: self.places]:
            case = CaseFinished(
                id="NUMBER",
                suite=suite,
                message=message,
                direction="2.0-2.1",
                verdict="pass",
                seconds=0.001,
                requirement="every field is carried over",
                fidelity={"kept": 70, "lost_by_mapping": 3},
            )
            lines.append((json.dumps(to_json(case)) + "\n").partition("NUMBER"))
        for number in range(self.passing):
            before, _, after = lines[number % len(lines)]
            yield f"{before}good-{number}{after}"

    # `asdict` would take most of the time of a test.
    def _red(self) -> Iterator[Json]:
        for number in range(self.red):
            place = number % self.places
            suite, message = PLACES[place]
            first = number // self.places * self.each
            verdict = "fail"
            if place % _TURN in (_ADVISES, _DECLARED):
                verdict = "pass" if place % _TURN == _ADVISES else "xfail"
            yield {
                "event": "case-finished",
                "id": f"red-{number}",
                "suite": suite,
                "message": message,
                "direction": "2.0-2.1",
                "verdict": verdict,
                "seconds": 0.001,
                "requirement": "every field is carried over",
                "findings": [
                    self._finding(number, (first + step) % self.fields) for step in range(self.each)
                ],
                "fidelity": {"kept": 69, "changed": 1},
                "files": {"input": f"cases/red-{number}/input.ei"} if number < 500 else {},
            }

    def _finding(self, number: int, field: int) -> Json:
        place = number % self.places
        suite, message = PLACES[place]
        path = f"/Bericht/Clienten/Client[{number % 50 + 1}]/Veld{field}"
        ei = {"record": "04", "field": f"VELD {field}", "start": 58, "end": 132}
        return {
            "code": CODES[suite],
            "case": f"red-{number}",
            "suite": suite,
            "message": message,
            "direction": "2.0-2.1",
            "expected": f"van den Berg-Überdiep {number}",
            "actual": f"van den Berg-Uberdiep {number}",
            "evidence": "D" if place % _TURN == _ADVISES else "B",
            "blocking": place % _TURN != _ADVISES,
            "reproduce": f"ikeur case red-{number} --out red-{number}",
            "ei": None if suite == "schema" else {"number": number % 50 + 1, **ei},
            "xml": {"path": path, "line": number},
            "deviation": int(place % _TURN == _DECLARED),
            "deviation_reason": WHY.reason if place % _TURN == _DECLARED else "",
        }

    def _tail(self) -> Iterator[Event]:
        counts = {"kept": 1000, "changed": 2}
        fields = {f"04 VELD {number}": counts for number in range(_COUNTED_FIELDS)}
        for suite, message in PLACES[: self.places] if self.red else ():
            for direction in ("2.0-2.1", "2.1-2.0"):
                yield FieldsCounted(message, suite, direction, fields)
        yield RunFinished(completed=True, reason="", seconds=83.2)
