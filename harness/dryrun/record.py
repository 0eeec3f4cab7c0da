"""The inputs and answers of a case as a line of JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from harness.dryrun import shapes
from harness.dryrun.json_shape import Misshapen
from harness.sut.protocol import Answer

# What few answers have.
_IF_THERE = ("again", "day")


@dataclass(frozen=True)
class Record:
    """The inputs and answers of a case, and the expected output if it failed."""

    case: str
    inputs: tuple[bytes, ...]
    answers: tuple[Answer, ...]
    expected: bytes | None = None

    @property
    def asked(self) -> str:
        """The SHA-256 digests of the inputs, separated by spaces."""
        return " ".join(sha256(data).hexdigest() for data in self.inputs)

    @property
    def answered(self) -> str:
        """The status and output digest of each answer, separated by spaces."""
        return " ".join(f"{item.status}:{sha256(item.output).hexdigest()}" for item in self.answers)

    def to_json(self) -> dict[str, Any]:
        """The record as a JSON object."""
        found: dict[str, Any] = {"case": self.case, "inputs": [_text(item) for item in self.inputs]}
        if self.expected is not None:
            found["expected"] = _text(self.expected)
        return {**found, "answers": [_answer_json(item) for item in self.answers]}

    @classmethod
    def from_line(cls, line: bytes) -> Self:
        """Read a record; raises Misshapen if the line is not exactly as it is written."""
        data = shapes.answers().read(line)
        found = cls(
            data["case"],
            tuple(map(_bytes, data["inputs"])),
            tuple(map(_answer, data["answers"])),
            _bytes(data["expected"]) if "expected" in data else None,
        )
        if line_of(found.to_json()) != line:
            raise Misshapen
        return found


def line_of(data: Mapping[str, Any]) -> bytes:
    """A JSON object as a line."""
    return json.dumps(data).encode() + b"\n"


def _text(data: bytes) -> str:
    """Decode bytes as UTF-8, with surrogates for what is invalid."""
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _answer_json(answer: Answer) -> dict[str, str]:
    found = {
        "status": answer.status,
        "output": _text(answer.output),
        "reason": answer.reason,
        "code": answer.code,
    }
    return found | {name: text for name in _IF_THERE if (text := getattr(answer, name))}


def _answer(data: Mapping[str, str]) -> Answer:
    again, day = (data.get(name, "") for name in _IF_THERE)
    output = _bytes(data["output"])
    return Answer(data["status"], output, data["reason"], data["code"], again=again, day=day)
