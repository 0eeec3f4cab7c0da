"""The messages to be answered have the defects that they claim, and the reference answers all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from harness.cases.specimen import Specimen
from harness.reference.converter import respond
from harness.reference.responder import answer
from harness.suites.retour.defective_input import defective
from harness.suites.retour.heenbericht import read_heenbericht
from harness.suites.retour.judge import retour_faults
from harness.suites.retour.kinds import kinds, kinds_of
from schemas.ei.write import write as write_ei
from schemas.errors import Refused
from schemas.facts.catalogue import catalogue
from schemas.facts.message_types import MessageType
from schemas.message.fault import MOST_FAULTS, Fault
from schemas.releases.read_write import read, write
from schemas.retour.pair import terms
from schemas.rules.evaluate import RuleJudge
from tests.harness.suites.retour.many_answers import Task, judged, tasks
from tests.sampling import sampled
from tests.schemas.rules.edited import ei, xml
from tests.timing import grows_with_its_size

SUFFIX = {"2.0": ei, "2.1": xml}
# Typed by hand: the rules that each kind of message breaks, and how many of the three clients come
# back. Rules that follow from what else is drawn stand behind a question mark.
BREAKS: dict[str, tuple[set[str], int]] = {
    "clean": (set(), 0),
    "born-long-ago": ({"TR002"}, 1),
    "all-but-one": ({"TR002"}, 2),
    "no-bsn": ({"CS002"}, 1),
    "address": ({"TR006", "?CD025"}, 1),
    "many-codes": ({"TR006", "CD005", "CD025", "CD034", "?CD009"}, 1),
    "use-of-name": ({"CS050"}, 1),
    "decision": ({"CS003"}, 1),
    "products": ({"CS003"}, 2),
    "start": ({"CS058"}, 1),
    "start-and-client": ({"TR002", "CS058"}, 1),
    "stop": ({"TR018"}, 1),
    "stops": ({"TR018"}, 2),
    "request": ({"CD043"}, 1),
    "old-line": ({"TR335"}, 1),
    "old-lines": ({"TR335"}, 2),
    "calculation": ({"TR346"}, 1),
    "total": ({"TR358"}, 0),
    "total-and-line": ({"TR358", "TR335"}, 0),
    "total-of-zero": ({"TR358", "CS325"}, 0),
    "two-codes": ({"TR002", "CS002"}, 1),
    "three-codes": ({"TR006", "CD025", "CD009"}, 1),
    "two-codes-of-line": ({"TR335", "TR137"}, 1),
    "postcode": ({"CS089"}, 1),
    "house": ({"CD025"}, 1),
    "many-clients": ({"TR002"}, 7),
    "many-declared": ({"TR335"}, 7),
    "many-assigned": ({"CS003"}, 1),
    "many-starts": ({"CS058"}, 1),
    "many-stops": ({"TR018"}, 1),
    "many-requests": ({"CD043"}, 1),
    "many-lines": ({"TR335"}, 1),
    "first-start-twice": ({"TR101", "TR074"}, 1),
    "first-stop-twice": ({"TR101", "TR074"}, 1),
    "period": ({"TR137", "?TR319"}, 0),
    "line-to-come": ({"TR137", "TR319"}, 1),
}
# What is several of one kind, as typed in the table: the class, and how many of it have a code.
SEVERAL = {
    "many-assigned": ("15", 4),
    "many-starts": ("07", 4),
    "many-stops": ("06", 4),
    "many-requests": ("07", 4),
    "many-lines": ("04", 4),
}
HEENBERICHTEN = [kind for kind in catalogue().messages.values() if kind.role == "heen"]


def test_the_table_tells_of_every_kind() -> None:
    assert set(BREAKS) == set(kinds())


ANSWERED = [task for task in tasks() if task[2] in kinds()]


@pytest.mark.parametrize("task", ANSWERED, ids=" ".join)
def test_a_kind_breaks_its_rules_and_no_others(task: Task) -> None:
    name, release, kind = task
    message, (rules, back) = catalogue().one(name), BREAKS[kind]
    surely, maybe = {r for r in rules if r[0] != "?"}, {r.strip("?") for r in rules}
    for index in range(3):
        tree = defective(kinds()[kind], release, Specimen(message, 5, index))
        reading = read(write(message, tree, release), release)
        assert reading.root is not None
        broken = {
            item.check.rule.name for item in RuleJudge().broken(message, reading.root, release)
        }
        assert surely <= broken <= maybe
        reply = read(respond(write(message, tree, release), release, release), release)
        assert reply.faults == []
        assert reply.root is not None
        assert RuleJudge().broken(terms(name, release).retour, reply.root, release) == []
        assert len(reply.root.children) == back


@pytest.mark.parametrize("task", [task for task in ANSWERED if task[2] in SEVERAL], ids=" ".join)
def test_several_products_of_one_client_have_a_fault_and_one_has_none(task: Task) -> None:
    name, release, kind = task
    message, (record, number) = catalogue().one(name), SEVERAL[kind]
    data = write(message, defective(kinds()[kind], release, Specimen(message, 5, 0)), release)
    reply = read(respond(data, release, release), release)
    assert reply.root is not None
    (client,) = reply.root.children
    slots = terms(name, release).slots(record)
    codes = [slots.of(node) for node in client.walk() if node.record == record]
    clean = [item for item in codes if item in (["0200"], ["0233"])]
    assert clean
    assert len(codes) - len(clean) == number


@pytest.mark.parametrize("task", sampled(tasks()), ids=" ".join)
def test_the_reference_gets_no_finding(task: Task) -> None:
    assert judged(task, count=3, seed=3) == []


@pytest.mark.parametrize("release", ["2.0", "2.1"])
@pytest.mark.parametrize(
    "message", [kind for kind in HEENBERICHTEN if kind.convertible], ids=lambda m: m.name
)
def test_every_type_has_clean_messages_and_faults_in_both_releases(
    message: MessageType, release: str
) -> None:
    found = {item.kind: item.clients for item in kinds_of(message.name, release)}
    assert "clean" in found
    assert {"one", "several"} <= set(found.values())


@pytest.mark.parametrize("release", ["2.0", "2.1"])
@pytest.mark.parametrize("name", ["WMO301", "JW305", "WMO307", "JW315"])
def test_a_message_that_was_sent_before_is_rejected_in_its_header(name: str, release: str) -> None:
    data = SUFFIX[release](name, {})
    judge, message = RuleJudge(), catalogue().one(name)
    reading = read(data, release)
    assert reading.root is not None
    judge.faults(read(data, release), release)
    again = judge.broken(message, reading.root, release)
    assert "TR056" in {item.check.rule.name for item in again}

    reply = read(answer(message, reading.root, release, again, "EIGEN"), release)

    assert reply.faults == []
    assert reply.root is not None
    assert terms(name, release).slots("01").of(reply.root) == ["9056"]
    assert reply.root.children == []


def test_a_release_is_answered_in_itself_only() -> None:
    with pytest.raises(Refused) as refused:
        respond(ei("WMO305", {}), "2.0", "2.1")
    assert refused.value.code == "ANSWER-RELEASE"


def test_records_keep_their_numbers_where_relaties_and_addresses_stand_mixed() -> None:
    lines = ei("WMO301", {"2 GEBOORTEDATUM": "18600101"}).split(b"\r\n")
    # The address of the client itself, number 6, moves before both relaties.
    mixed = [*lines[:4], lines[8], *lines[4:8], *lines[9:]]
    for place, number in ((4, 2), (5, 3), (6, 4), (7, 5), (8, 6)):
        mixed[place] = mixed[place][:2] + f"{number:012}".encode() + mixed[place][14:]
    data = b"\r\n".join(mixed)
    assert read(data, "2.0").faults == []

    reply = respond(data, "2.0", "2.0")

    assert read(reply, "2.0").faults == []
    assert [line[:14] for line in reply.split(b"\r\n")[1:23]] == [line[:14] for line in mixed[1:23]]
    assert retour_faults(read_heenbericht(data, "2.0"), reply) == []


def test_a_message_that_was_not_read_is_numbered_from_1() -> None:
    message = catalogue().one("WMO306")
    root = read(ei("WMO306", {}), "2.0").root
    assert root is not None
    assert write_ei(message, root, keeps_numbers=True) == write_ei(message, root)


def with_clients(reply: bytes, release: str, times: int) -> bytes:
    """A return message with its first client so many times."""
    if release == "2.0":
        lines = reply.split(b"\r\n")
        return b"\r\n".join([lines[0], *lines[1:3] * times, *lines[1:]])
    client = reply[reply.index(b"<wmo306:Client>") : reply.index(b"</wmo306:Clienten>")]
    return reply.replace(client, client * times)


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_an_answer_with_very_many_clients_is_judged_soon(release: str) -> None:
    message = catalogue().one("WMO305")
    tree = defective(kinds()["all-but-one"], release, Specimen(message, 2, 1))
    data = write(message, tree, release)
    reply = respond(data, release, release)
    heenbericht = read_heenbericht(data, release)

    def judging(clients: int) -> Callable[[], list[Fault]]:
        return partial(retour_faults, heenbericht, with_clients(reply, release, clients))

    grows_with_its_size(judging, 200)
    found = judging(2000)()
    assert len(found) <= 2 * MOST_FAULTS
    assert "RETOUR-CLIENT-EXTRA" in {fault.code for fault in found}


@pytest.mark.parametrize("release", ["2.0", "2.1"])
def test_an_answer_that_is_no_message_is_found_and_nothing_fails(release: str) -> None:
    data = SUFFIX[release]("WMO305", {})
    for bad in (
        b"Geen antwoord",
        b"<a/>",
        b"\0" * 900,
        b"01419",
        b"<?xml version='1.0'?><x",
        b"99",
    ):
        assert retour_faults(read_heenbericht(data, release), bad)
