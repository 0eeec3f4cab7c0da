"""`ikeur smoke`: checks whether the software is connected correctly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import click

from harness.cli.shared.options import json_option, lang_option
from harness.cli.shared.output import PASS, RED, guarded, tell, tell_json
from harness.cli.shared.sut_options import as_given, software, sut_options
from harness.configuration.connect import SutOptions, reach_each
from harness.configuration.ikeur_toml import SutConfig
from harness.smoke.smoke import Check, Smoke, other_operation
from harness.sut.protocol import CONVERT
from reports.shared.said import CHECK, said
from reports.shared.texts import Texts, texts
from schemas.errors import UsageError
from schemas.facts.catalogue import catalogue
from schemas.facts.finding_codes import finding_codes
from schemas.facts.message_types import MessageType

# Seconds per message: slower software hangs, or needs --timeout.
_PATIENCE = 4.0
_FIRST = "WMO305"


def _message(config: SutConfig) -> MessageType:
    claimed = (_FIRST,) if config.messages is None else config.messages
    names = [name.upper() for name in claimed]
    chosen = [catalogue().one(name) for name in names]
    converted = [message for message in chosen if message.convertible]
    if not converted:
        raise UsageError("USE-NOTHING", "no message type that is converted is claimed")
    return converted[0]


def _checks(options: SutOptions, config: SutConfig) -> Iterator[Check]:
    message = _message(config)
    for operation, sut in reach_each(options, config).items():
        try:
            if operation == CONVERT:
                yield from Smoke(sut, message).checks()
            else:
                yield other_operation(sut, message, operation)
        finally:
            sut.close()


@click.command(
    epilog="Example:  ikeur smoke --stream 'node convert.js'",
    short_help="Check that the software can be reached and follows the protocol.",
)
@sut_options
@lang_option
@json_option
@guarded
def smoke(sut: SutOptions, config: Path | None, lang: str, as_json: bool) -> None:
    """Check in a few seconds that ikeur can reach the software and that it follows the protocol.

    Exit code 0: it does, whatever it makes of the messages. 1: it does not; each fault says what
    to do.
    """
    known = software(sut, config, lang)
    patient = replace(sut, timeout=sut.timeout or _PATIENCE)
    checks = list(_checks(patient, known))
    wrong = any(check.code for check in checks)
    if as_json:
        tell_json([asdict(check) for check in checks])
    else:
        _tell(checks, lang, " ".join(["ikeur run", *as_given(sut, config)]))
    raise SystemExit(RED if wrong else PASS)


def _detail(check: Check, t: Texts) -> str:
    """What was found; without a fault, or in a refusal, it is what the software said."""
    return said(check.code, check.detail, t) if check.code else check.detail


def _tell(checks: list[Check], lang: str, again: str) -> None:
    t = texts(lang)
    for check in checks:
        what = said(CHECK, check.what, t)
        tell(f"{t('smoke.fault' if check.code else 'smoke.good'):6}{what}")
        if check.detail:
            tell(f"      {' '.join(_detail(check, t).split())}")
        if check.code:
            known = finding_codes()[check.code]
            tell(f"      {check.code}: {known.meaning[lang]}")
            tell(f"      {t('smoke.do')}: {known.advice[lang]}")
    wrong = any(check.code for check in checks)
    tell(t("smoke.not") if wrong else t("smoke.works", again=again))
