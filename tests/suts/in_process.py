"""Python software that is asked in the process of the test, where ways and processes are no part.

Starting an interpreter that loads the tables takes longer than all messages of such a test.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Any

import pytest

from harness.cases.case import Case
from harness.cases.question import Question
from harness.cases.specimen import Specimen
from harness.configuration import connect as reach
from harness.configuration.ikeur_toml import SutConfig
from harness.configuration.software import SutOptions
from harness.suites.broken import input as broken_input
from harness.suites.migration.suite import Migration
from harness.suites.retour.suite import Retour
from harness.suites.suite import Suite
from harness.sut import python_shim
from harness.sut.failures import text
from harness.sut.history import History
from harness.sut.protocol import CRASH, ERROR_CODE, OK, REFUSED, Answer, Request
from harness.sut.registry import WAYS
from harness.sut.way import SutSpec
from harness.version import version
from schemas.facts.catalogue import catalogue
from schemas.switch.overrides import Override


def _remembered(suite: type[Suite]) -> Callable[..., Question]:
    """The questions of a suite, which are the same whatever software is asked them."""
    made = suite.question

    @lru_cache(maxsize=1024)
    def question(own: Suite, case: Case, agreed: tuple[Override, ...]) -> Question:
        specimen = Specimen(catalogue().one(case.message), case.seed, case.index)
        return made(own, case, specimen, agreed)

    def asked(
        own: Suite, case: Case, specimen: Specimen, agreed: Sequence[Override] = ()
    ) -> Question:
        return question(own, case, tuple(agreed))

    return asked


# Runs of one message type share what their software is asked.
_QUESTIONS = {suite: _remembered(suite) for suite in (Retour, Migration)}
_WAYS = {
    name: lru_cache(maxsize=256)(vars(broken_input)[name].__wrapped__)
    for name in ("_there", "_there_and_back")
}
_SAID = {
    "ok": lambda body: Answer(OK, body),
    "refused": lambda body: Answer(REFUSED, b"", text(body)),
    "error": lambda body: Answer(CRASH, b"", text(body), ERROR_CODE),
}


class InProcess:
    """A function of software that keeps nothing from one message to the next."""

    way = "python"
    shares_process = True

    def __init__(self, target: str, name: str, version: str) -> None:
        module, _, path = target.partition(":")
        found: Any = importlib.import_module(module)
        self.function: Callable[..., Any] = reduce(getattr, path.split("."), found)
        self.name, self.version, self.command = name, version, target
        self.history = History()

    def ask(self, requests: Sequence[Request]) -> list[Answer]:
        return self.history.annotate(requests, map(self._one, requests))

    together = ask

    def _one(self, request: Request) -> Answer:
        status, body = python_shim._answer(self.function, request.fields, request.data)
        return _SAID[status](body)

    def renew(self) -> bool:
        raise AssertionError("a fresh process is asked of software without any")

    def close(self) -> None:
        pass


def use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs in this process ask Python functions, and the reference, without a process."""
    started = reach._reference

    def python(spec: SutSpec) -> InProcess:
        return InProcess(spec.words[0], spec.name, spec.version)

    def reference(options: SutOptions, config: SutConfig, operation: str) -> object:
        if config.overrides_path or options.python_exe:
            return started(options, config, operation)
        return InProcess(reach._REFERENCE[operation], reach._REFERENCE_NAME, version())

    monkeypatch.setitem(WAYS, "python", replace(WAYS["python"], reach=python))
    monkeypatch.setattr(reach, "_reference", reference)


def share_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs in this process share the inputs that they make, where nothing changes ikeur."""
    for name, made in _WAYS.items():
        monkeypatch.setattr(broken_input, name, made)
    for suite, question in _QUESTIONS.items():
        monkeypatch.setattr(suite, "question", question)
