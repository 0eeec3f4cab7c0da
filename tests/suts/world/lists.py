"""Faults of a single code of a long list."""

from __future__ import annotations

import re

from schemas.errors import Refused
from tests.suts.spoiling import faithful
from tests.suts.world.tools import texts

_RETURN_CODE = re.compile(rb"RetourCode>([^<]+)<")
# Codes that 2.1 has, and 2.0 lacks.
_NEW = (b"8017", b"8854", b"9101")


@texts("LandCode")
def writes_the_netherlands_for_switzerland(text: str) -> str:
    return "NL" if text == "CH" else text


@texts("RetourCode")
def writes_0001_for_return_code_0018(text: str) -> str:
    return "0001" if text == "0018" else text


@texts("Code")
def loses_the_product_code_02017(text: str) -> str:
    return "" if text == "02017" else text


@texts("Vraag")
def writes_question_0404_for_0405(text: str) -> str:
    return "0404" if text == "0405" else text


def refuses_return_codes_that_2_0_lacks(data: bytes, source: str, target: str) -> bytes:
    output = faithful(data, source, target)
    if target == "2.0" and not {*_RETURN_CODE.findall(data)}.isdisjoint(_NEW):
        raise Refused("OUT-VALUE", "a return code that 2.0 lacks")
    return output
