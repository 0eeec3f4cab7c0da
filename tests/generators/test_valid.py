"""The messages are valid: by their own bytes, by lxml, by xmllint and by the xmlschema package."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from schemas.ei import read as ei_read
from schemas.facts.catalogue import catalogue
from tests.generators.corpus import Corpus
from tests.generators.facts import ALL, CONVERTED, fields, message_of, record_length, xsd

RELEASES = ["both", "2.1"]


@cache
def schema(message: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(xsd(message)))


@pytest.mark.parametrize("message", ALL)
@pytest.mark.parametrize("release", ["both", "2.0"])
def test_each_record_has_its_length_and_is_ended_by_cr_lf(
    corpus: Corpus, message: str, release: str
) -> None:
    for data in corpus.ei(message, release):
        lines = data.split(b"\r\n")
        assert lines.pop() == b""
        assert {len(line) for line in lines} == {record_length(message)}
        assert b"\r" not in b"".join(lines)
        assert b"\n" not in b"".join(lines)
        assert message_of(lines[0].decode("ascii")) == message
        assert (lines[0][:2], lines[-1][:2]) == (b"01", b"99")


@pytest.mark.parametrize("message", ALL)
def test_numbers_are_digits_texts_are_to_the_left_and_reserves_are_spaces(
    corpus: Corpus, message: str
) -> None:
    for release in ("both", "2.0"):
        for data in corpus.ei(message, release):
            for line in data.decode("iso-8859-1").split("\r\n")[:-1]:
                for row in fields(message, line[:2]):
                    text = line[int(row["start"]) - 1 : int(row["end"])]
                    if row["field"] == "RESERVE":
                        assert text.isspace(), row
                    elif row["type"] == "N":
                        assert text.isascii(), (row, text)
                        assert text.isdigit(), (row, text)
                    # A comment keeps the spaces that it, or a line of it, starts with.
                    elif row["field"] != "VRIJE TEKST":
                        assert text.isspace() or not text.startswith(" "), (row, text)


@pytest.mark.parametrize("message", ALL)
@pytest.mark.parametrize("release", ["both", "2.0"])
def test_the_reader_has_no_fault_to_find_in_an_ei_message(
    corpus: Corpus, message: str, release: str
) -> None:
    for data in corpus.ei(message, release):
        reading = ei_read.read(data)
        assert reading.message is catalogue().one(message)
        assert reading.faults == []


def test_validate_finds_all_messages_valid(
    folder: Path, ikeur: Callable[..., tuple[int, str]]
) -> None:
    code, said = ikeur("validate", folder)
    # Some notations of 2.0 have line ends that a reader must accept, and `validate` tells of.
    told = {*re.findall(r"^  ([A-Z]+-[A-Z-]+) at", said, re.MULTILINE)}
    assert told == {"EI-LINE-END", "EI-LAST-LINE-END"}
    lines = [line for line in said.splitlines() if not line.startswith(" ")]
    assert len(lines) == 30 * (2 * len(CONVERTED) + 2)
    assert code == 0


@pytest.mark.parametrize("message", CONVERTED)
@pytest.mark.parametrize("release", RELEASES)
def test_lxml_finds_each_xml_message_valid(corpus: Corpus, message: str, release: str) -> None:
    for data in corpus.xml(message, release):
        assert schema(message).validate(etree.fromstring(data)), schema(message).error_log


@pytest.mark.parametrize("message", CONVERTED)
def test_xmllint_finds_each_xml_message_valid(folder: Path, message: str, xmllint: str) -> None:
    files = sorted(folder.glob(f"{message}-*.xml"))
    assert len(files) == 30
    words = [xmllint, "--noout", "--nonet", "--schema", *map(str, [xsd(message), *files])]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count(" validates\n") == 30


@pytest.mark.parametrize("message", CONVERTED)
def test_the_xmlschema_package_finds_a_sample_valid(corpus: Corpus, message: str) -> None:
    second = xmlschema.XMLSchema(str(xsd(message)))
    for release in RELEASES:
        second.validate(next(corpus.xml(message, release, 1)))


@pytest.mark.parametrize("message", CONVERTED)
def test_an_xml_message_is_utf_8_without_bom(corpus: Corpus, message: str) -> None:
    for data in corpus.xml(message, "2.1"):
        assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
        data.decode("utf-8")


def test_the_validators_would_see_a_message_that_is_not_valid(corpus: Corpus) -> None:
    data = next(corpus.xml("WMO305", count=1)).replace(b"Aanbieder>", b"Zorgaanbieder>")
    assert not schema("WMO305").validate(etree.fromstring(data))
    with pytest.raises(xmlschema.XMLSchemaValidationError):
        xmlschema.XMLSchema(str(xsd("WMO305"))).validate(data)
