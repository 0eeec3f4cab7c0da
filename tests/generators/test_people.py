"""The people in the messages do not exist, and what is said of them hangs together."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from stdnum.nl import bsn

from tests.generators.corpus import Corpus
from tests.generators.facts import ALL, CONVERTED, children, local, records, root, rows
from tests.sampling import sampled

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# Top-level domains that are never given out (RFC 2606), and the domains set apart below others.
RESERVED = re.compile(
    r"@([\w.-]+\.)?(example|test|invalid|localhost|example\.(com|net|org))$", re.IGNORECASE
)
RELEASES = {"ei": ("both", "2.0"), "xml": ("both", "2.1")}
PERIODS = [
    ("Ingangsdatum", "Einddatum"),
    ("Begindatum", "Einddatum"),
    ("ToewijzingIngangsdatum", "ToewijzingEinddatum"),
]


def ei_values(corpus: Corpus, message: str, part: str) -> Iterator[str]:
    """What the fields whose name has a part hold, without their spaces."""
    for release in RELEASES["ei"]:
        for data in corpus.ei(message, release):
            for _, values in records(data):
                yield from (text.strip() for name, text in values.items() if part in name)


def xml_values(corpus: Corpus, message: str, name: str) -> Iterator[str]:
    for release in RELEASES["xml"]:
        for data in corpus.xml(message, release):
            yield from (item.text or "" for item in root(data).iter() if local(item) == name)


def bsns(corpus: Corpus, message: str) -> list[str]:
    found = list(ei_values(corpus, message, "BSN"))
    return found + (list(xml_values(corpus, message, "Bsn")) if message in CONVERTED else [])


@pytest.mark.parametrize("message", sampled(ALL, 3))
def test_a_bsn_is_of_the_range_that_is_never_issued_and_passes_the_11_test(
    corpus: Corpus, message: str
) -> None:
    found = [text for text in bsns(corpus, message) if text != "000000000"]
    assert len(set(found)) > 20
    for text in set(found):
        assert re.fullmatch(r"[0-9]{9}", text)
        assert 999900006 <= int(text) <= 999999990
        total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text, strict=True))
        assert total % 11 == 0, text
        assert bsn.is_valid(text), text


def test_no_e_mail_address_has_a_domain_that_may_exist(corpus: Corpus) -> None:
    found = {
        text
        for message in ("WMO301", "WMO302", "JW301", "JW302")
        for text in (
            *ei_values(corpus, message, "MAIL"),
            *xml_values(corpus, message, "Emailadres"),
        )
        if "@" in text
    }
    assert len(found) > 100
    # 2.0 may cut an address: then it ends somewhere in a domain that is set apart.
    assert {text for text in found if not RESERVED.search(text) and len(text) < 70} == set()
    cut = [text.rpartition("@")[2] for text in found if not RESERVED.search(text)]
    assert [domain for domain in cut if not "voorbeeld.example".startswith(domain.lower())] == []


@pytest.mark.parametrize("message", CONVERTED)
def test_no_period_ends_before_it_begins(corpus: Corpus, message: str) -> None:
    seen = 0
    for release in RELEASES["xml"]:
        for data in corpus.xml(message, release):
            for element in root(data).iter():
                texts = children(element)
                for begin, end in PERIODS:
                    if begin in texts and end in texts:
                        seen += 1
                        assert texts[begin] <= texts[end], (local(element), texts)
    has_periods = any("Einddatum" in text for text in xml_names(corpus, message))
    assert bool(seen) == has_periods


def xml_names(corpus: Corpus, message: str) -> set[str]:
    return {local(item) for data in corpus.xml(message) for item in root(data).iter()}


@pytest.mark.parametrize("message", ALL)
def test_no_period_of_an_ei_message_ends_before_it_begins(corpus: Corpus, message: str) -> None:
    ends = 0
    for release in RELEASES["ei"]:
        for data in corpus.ei(message, release):
            for kind, values in records(data):
                for name, end in values.items():
                    if not name.startswith("EINDDATUM"):
                        continue
                    begins = [
                        text
                        for other, text in values.items()
                        if other in ("INGANGSDATUM", "BEGINDATUM", "BEGINDATUM LEVERING")
                        or other == name.replace("EINDDATUM", "BEGINDATUM")
                    ]
                    assert begins, f"{kind} {name} has no begin"
                    if end.strip("0"):
                        ends += 1
                        assert max(begins) <= end, (kind, values)
    has_ends = any(name.startswith("EINDDATUM") for name in ei_names(corpus, message))
    assert bool(ends) == has_ends


def ei_names(corpus: Corpus, message: str) -> set[str]:
    return {name for data in corpus.ei(message) for _, values in records(data) for name in values}


@pytest.mark.parametrize("message", CONVERTED)
def test_a_product_code_belongs_to_its_category(corpus: Corpus, message: str) -> None:
    pairs = set()
    for release in RELEASES["xml"]:
        for data in corpus.xml(message, release):
            for element in root(data).iter():
                texts = children(element)
                for category, code in (("Categorie", "Code"), ("ProductCategorie", "ProductCode")):
                    if code in texts:
                        pairs.add((int(texts[category]), texts[code]))
    for number, product in pairs:
        assert int(product[:2]) == number, (number, product)
    # A return message without a client has no products, the other types all have them.
    assert len(pairs) > 10


@pytest.mark.parametrize("message", CONVERTED)
def test_a_product_code_of_an_ei_message_belongs_to_its_category(
    corpus: Corpus, message: str
) -> None:
    pairs = set()
    for release in RELEASES["ei"]:
        for data in corpus.ei(message, release):
            for _, values in records(data):
                category, code = values.get("PRODUCTCATEGORIE"), values.get("PRODUCTCODE", "")
                if code.strip(" 0"):
                    pairs.add((category, code.strip()))
    assert len(pairs) > 10
    assert [pair for pair in pairs if not pair[1].startswith(str(pair[0]))] == []


@pytest.mark.parametrize("message", ["WMO301", "JW303", "JW321"])
def test_messages_are_between_many_municipalities_that_were_there_all_along(
    corpus: Corpus, message: str
) -> None:
    there = {
        row["code"]
        for row in rows("dated/municipalities")
        if (row["first_day"] or "0000") <= "2015-01-01" and not row["last_day"]
    }
    found = set(ei_values(corpus, message, "GEMEENTECODE"))
    assert found <= there
    # Thirty messages of each kind, of which hardly two have the same.
    assert len(found) > 40
