"""What an answer is worth: the findings of a case, with their addresses and their grade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from harness.cases.case import PAIR, REFUSE, REHEARSAL, RULES, THROUGHPUT, Case
from harness.cases.exchange import Exchange
from harness.cases.question import Made, joined, the_answer
from harness.judging.addresses import ei_address, evidence, field_of, numbering, pair_of, xml_path
from harness.judging.siblings import Siblings
from harness.judging.tree_diff import Chain, Difference, differences, size, without
from harness.judging.xml_lines import Lines
from harness.suites import throughput as under_load
from harness.suites.conversion.rule_findings import as_difference, newly_broken
from harness.suites.migration.judge import gate_faults
from harness.suites.refuse.flaws import located
from harness.suites.refuse.kinds import refusal
from harness.suites.retour.heenbericht import asked
from harness.suites.retour.judge import retour_faults
from harness.suites.roundtrip.pair import pair_faults
from harness.sut.protocol import CONVERT, GATE, OK, REFUSED, RESPOND, Answer, Asks
from reports.stream.events import Finding
from schemas.facts import table_rows as tables
from schemas.facts.fills import filled_keys
from schemas.facts.message_types import catalogue
from schemas.message.fault import MOST_FAULTS, EiAddress, Fault, XmlAddress
from schemas.message.node import Node
from schemas.message.parse_xml import parse
from schemas.reading import Reading
from schemas.rules.evaluate import obstacles
from schemas.xml.validators import SchemaSet

_FREE = "any value that is unique in the message"
# What is filled in where 2.0 has no field was found in no published source.
_FREE_EVIDENCE = "D"
# The suites in which an answer is held against the layout or schema as well as field by field.
_WHOLE = (REHEARSAL, THROUGHPUT)
# What a case asks for, where it is no conversion.
_WANTED = {RESPOND: "a return message", GATE: "a decision"}
_COUNTED = {
    "FIELD-LOST": "lost",
    "FIELD-CUT": "cut",
    "FIELD-CHANGED": "changed",
    "FIELD-INVENTED": "invented",
}


@dataclass
class Judgement:
    """The findings of a case, how its fields fared, and the differences where it was compared."""

    findings: list[Finding] = field(default_factory=list)
    fidelity: dict[str, int] = field(default_factory=dict)
    answer: Answer = field(default_factory=lambda: Answer(OK))
    compared: list[Difference] | None = None


@dataclass(frozen=True)
class Judge:
    """Judges cases; `block_on` names the evidence grades of which a finding blocks."""

    block_on: str

    def finding(self, case: Case, fault: Fault, message: str = "") -> Finding:
        """The finding that a fault is in a case, of its message type where none is named."""
        return Finding(
            code=fault.code,
            case=case.id,
            suite=case.suite,
            message=message or case.message,
            direction=case.direction,
            expected=fault.expected,
            actual=fault.actual,
            evidence=fault.evidence,
            blocking=fault.evidence in self.block_on,
            reproduce=self.reproduce(case),
            ei=fault.ei,
            xml=fault.xml,
            rule=fault.rule,
            retour=fault.retour,
            said=fault.said,
        )

    @staticmethod
    def reproduce(case: Case) -> str:
        """The command that writes a case again."""
        return f"ikeur case {case.id} --out {case.id}"

    def judge(
        self, case: Case, exchange: Exchange, sut: Asks, most: int | None = None
    ) -> Judgement:
        """The judgement of a case of the suites that convert, with at most so many findings."""
        answer = exchange.answer(sut, case.route)
        judgement = Judgement(answer=answer)
        if missing := _without_message(answer, "a converted message"):
            judgement.findings = [self.finding(case, missing, exchange.message.name)]
            return judgement
        if case.suite == "schema":
            faults: Iterator[Fault] = _schema_faults(case, exchange, sut)
        elif case.suite in _WHOLE or case.kind:
            faults = _all_faults(case, exchange, sut, judgement)
        elif case.suite == RULES:
            faults = _rule_faults(case, exchange, sut, answer.output)
        else:
            faults = _content_faults(case, exchange, sut, judgement)
        name = exchange.message.name
        judgement.findings = [self.finding(case, fault, name) for fault in islice(faults, most)]
        return judgement

    def judge_made(
        self, case: Case, made: Made, answers: tuple[Answer, ...], schemas: SchemaSet
    ) -> Judgement:
        """The judgement of a case with messages of its own."""
        answer = the_answer(answers)
        if case.suite == REFUSE:
            return self.judge_refusal(case, answer, made, schemas)
        if case.op == CONVERT and made.about:
            return self.judge_converted(case, made, answers, schemas)
        if case.suite == THROUGHPUT:
            return self.judge_load(case, answers, schemas)
        if missing := _without_message(answer, _WANTED.get(case.op, "a converted message")):
            faults = [missing]
        elif made.gate:
            faults, answer = gate_faults(made.gate, answers), joined(answers)
        else:
            faults = retour_faults(asked(made.inputs[0], case.route[0]), answer.output, schemas)
        return Judgement([self.finding(case, fault) for fault in faults], answer=answer)

    def judge_converted(
        self, case: Case, made: Made, answers: tuple[Answer, ...], schemas: SchemaSet
    ) -> Judgement:
        """The judgement of a case with messages to be converted: each whole, then as a pair."""
        whole, fidelity = Judgement(answer=the_answer(answers)), Counter[str]()
        for exchange, answer in zip(made.about, answers, strict=True):
            exchange.answered(case.route, answer)
            judgement = self.judge(case, exchange, under_load.Answered())
            whole.findings += judgement.findings
            fidelity.update(judgement.fidelity)
        whole.fidelity = dict(fidelity)
        are_both = all(item.status == OK and item.output for item in answers)
        if case.kind == PAIR and are_both and not _is_of_other_type(whole.findings):
            faults = _pair_faults(case, made, answers, schemas)
            retour = made.about[-1].message.name
            whole.findings += [self.finding(case, fault, retour) for fault in faults]
        return whole

    def judge_load(self, case: Case, answers: tuple[Answer, ...], schemas: SchemaSet) -> Judgement:
        """The judgement of a case with many messages, each of which must come out as alone."""
        first = Exchange(catalogue().one(case.message), case.seed, case.index, schemas)
        whole, fidelity = Judgement(answer=the_answer(answers)), Counter[str]()
        for exchange, answer in zip(under_load.messages(case, first), answers, strict=True):
            exchange.answered(case.route, answer)
            most = MOST_FAULTS - len(whole.findings)
            judgement = self.judge(case, exchange, under_load.Answered(), most)
            again = self.reproduce(under_load.alone(case, exchange))
            whole.findings += [replace(item, reproduce=again) for item in judgement.findings]
            fidelity.update(judgement.fidelity)
        whole.fidelity = dict(fidelity)
        return whole

    def judge_refusal(
        self, case: Case, answer: Answer, made: Made, schemas: SchemaSet | None = None
    ) -> Judgement:
        """The judgement of a case that must be refused with a reason and without output."""
        kind = refusal(case.kind, case.route[0])
        fault = None
        if answer.status == OK:
            grade = tables.weakest(kind.evidence, made.evidence)
            fault = Fault("SUT-ACCEPTED", "a converted message", "a refusal", evidence=grade)
        elif answer.status != REFUSED:
            fault = Fault(answer.code, answer.reason, "a refusal")
        elif answer.output:
            fault = Fault("SUT-REFUSED-WITH-OUTPUT", f"{len(answer.output)} bytes", "no output")
        elif not answer.reason:
            fault = Fault("SUT-NO-REASON", "no reason", "a reason")
        if fault is None:
            return Judgement(answer=answer)
        flawed = located(case, made.inputs[0], made.origin, schemas)
        finding = self.finding(case, replace(fault, ei=flawed.ei, xml=flawed.xml))
        return Judgement([replace(finding, flaw=flawed.flaw)], answer=answer)


def _without_message(answer: Answer, expected: str) -> Fault | None:
    """The fault of an answer that is no message, if it is none."""
    if answer.status != OK:
        code = "SUT-REFUSED" if answer.status == REFUSED else answer.code
        return Fault(code, answer.reason or answer.status, expected)
    return None if answer.output else Fault("SUT-NO-OUTPUT", "no output", expected)


def _schema_faults(case: Case, exchange: Exchange, sut: Asks) -> Iterator[Fault]:
    reading = exchange.reading(sut, case.route)
    yield from reading.faults
    if reading.message is not None and reading.message is not exchange.message:
        yield Fault("TYPE-CHANGED", reading.message.name, exchange.message.name)


def _all_faults(case: Case, exchange: Exchange, sut: Asks, judgement: Judgement) -> Iterator[Fault]:
    """What is wrong with an answer, by its layout or schema and field by field."""
    if not exchange.says_expected(judgement.answer.output, case.route[-1]):
        reading = exchange.reading(sut, case.route)
        # What is wrong with a message of another type is beside the point.
        if reading.message in (None, exchange.message):
            # The first of what cannot be read at all is told where the content is.
            is_told = reading.message is not None and reading.root is None
            yield from reading.faults[1:] if is_told else reading.faults
    yield from _content_faults(case, exchange, sut, judgement)


def _pair_faults(
    case: Case, made: Made, answers: Sequence[Answer], schemas: SchemaSet
) -> list[Fault]:
    """What keeps two converted messages from being a pair; what is expected of both is one.

    But for values of which any will do in each, and that must be the same in both.
    """
    target = case.route[-1]
    asked = zip(made.about, answers, strict=True)
    as_expected = all(one.says_expected(answer.output, target) for one, answer in asked)
    if as_expected and not (target == "2.1" and filled_keys(case.message)):
        return []
    outputs = [item.output for item in answers]
    return pair_faults(made.inputs, outputs, case.route, schemas)


def _rule_faults(case: Case, exchange: Exchange, sut: Asks, output: bytes) -> Iterator[Fault]:
    target = case.route[-1]
    if exchange.says_expected(output, target):
        return
    reading = exchange.reading(sut, case.route)
    if in_the_way := obstacles(reading):
        # An output that cannot be judged must not pass; the suite `schema` tells the rest.
        yield in_the_way[0]
        return
    if reading.message is not exchange.message or reading.root is None:
        yield _of_other_type(exchange, reading)
        return
    locator = _Locator(exchange, case, reading.root, output)
    for broken in newly_broken(exchange, case.route, reading):
        difference, rule = as_difference(broken, locator.actual), broken.check.rule
        fault = locator.fault(difference)
        yield replace(
            fault, evidence=broken.check.evidence, rule=rule.name, retour=broken.check.retour
        )


def _is_of_other_type(findings: Sequence[Finding]) -> bool:
    return any(item.code == "TYPE-CHANGED" for item in findings)


def _of_other_type(exchange: Exchange, reading: Reading) -> Fault:
    """The fault of an answer that cannot be compared: of another type, or that cannot be read."""
    if reading.message is exchange.message and reading.faults:
        return reading.faults[0]
    actual = reading.message.name if reading.message else "unreadable"
    return Fault("TYPE-CHANGED", actual, exchange.message.name)


def _content_faults(
    case: Case, exchange: Exchange, sut: Asks, judgement: Judgement
) -> Iterator[Fault]:
    target = case.route[-1]
    if exchange.says_expected(judgement.answer.output, target):
        values = size(exchange.expected[target])
        judgement.fidelity = _fidelity([], values) | exchange.losses(case.route[0])
        judgement.compared = []
        return
    reading = exchange.reading(sut, case.route)
    if reading.message is not exchange.message or reading.root is None:
        yield _of_other_type(exchange, reading)
        return
    actual_root, expected = reading.root, exchange.expected[target]
    filled = filled_keys(exchange.message.name) if target == "2.1" else {}
    locator = _Locator(exchange, case, reading.root, judgement.answer.output)
    if filled:
        for difference in _free_differences(actual_root, (), filled, set()):
            yield replace(locator.fault(difference), evidence=_FREE_EVIDENCE)
        actual_root = without(actual_root, filled)
    found = differences(expected, actual_root)
    judgement.fidelity = _fidelity(found, size(expected)) | exchange.losses(case.route[0])
    judgement.compared = found
    yield from (locator.fault(difference) for difference in found)


def _fidelity(found: list[Difference], values: int) -> dict[str, int]:
    counts = dict.fromkeys(("kept", "changed", "lost", "cut", "invented"), 0)
    for difference in found:
        if difference.code in _COUNTED:
            counts[_COUNTED[difference.code]] += 1
    counts["kept"] = max(values - counts["changed"] - counts["lost"] - counts["cut"], 0)
    return counts


def _free_differences(
    node: Node, chain: Chain, keys: dict[str, frozenset[str]], seen: set[str]
) -> Iterator[Difference]:
    """Elements of which any value will do, where there is none or it stands twice."""
    for key in sorted(keys.get(node.record, ())):
        value = node.values.get(key, "")
        if value.strip() and value not in seen:
            seen.add(value)
            continue
        code = "FIELD-CHANGED" if value else "FIELD-LOST"
        yield Difference(code, node.record, key, _FREE, value, chain, chain)
    places: Counter[str] = Counter()
    for child in node.children:
        below = (*chain, (child.record, places[child.record]))
        places[child.record] += 1
        yield from _free_differences(child, below, keys, seen)


class _Locator:
    """Finds both addresses of a difference."""

    def __init__(self, exchange: Exchange, case: Case, actual: Node, output: bytes) -> None:
        self.message = exchange.message
        self.target = case.route[-1]
        self.actual = Siblings(actual)
        self.expected = Siblings(exchange.expected[self.target])
        self.ei_tree = exchange.trees["2.0"] if case.route[0] == "2.0" else None
        self.numbers_expected = numbering(self.message, self.ei_tree or self.expected_20(exchange))
        self.data = output if self.target == "2.1" else exchange.sources.get("2.1", b"")
        self.xml_tree = self.actual if self.target == "2.1" else Siblings(exchange.trees["2.1"])

    @cached_property
    def lines(self) -> Lines:
        """The lines of the 2.1 message, which is the output or what it was made of."""
        return Lines(parse(self.data).root)

    @staticmethod
    def expected_20(exchange: Exchange) -> Node:
        return exchange.expected["2.0"]

    def fault(self, difference: Difference) -> Fault:
        """The fault of a difference, with its addresses and the grade it rests on."""
        return Fault(
            difference.code,
            difference.actual,
            difference.expected,
            ei=self.ei(difference),
            xml=self.xml(difference),
            evidence=evidence(self.message, difference.record, difference.key),
        )

    def ei(self, difference: Difference) -> EiAddress | None:
        """In 2.0 output where the value stands; in 2.0 input where it comes from."""
        record, key = difference.record, difference.key
        if self.target == "2.0" and difference.chain_actual:
            node = self.actual.at(difference.chain_actual)
            numbers: dict[Chain, int] = {difference.chain_actual: node.line if node else 0}
            address = ei_address(self.message, numbers, difference.chain_actual, record, key)
            if address:
                return address
        chain = difference.chain_expected
        if not chain and difference.code == "ENTITY-INVENTED":
            return None
        return ei_address(self.message, self.numbers_expected, chain, record, key)

    def xml(self, difference: Difference) -> XmlAddress | None:
        """In 2.1 output where the value stands; in 2.1 input where it comes from."""
        record, key = difference.record, difference.key
        field = field_of(self.message, record, key) if key else None
        if field is not None and pair_of(self.message, record, key) is None:
            return None
        tree, chain = self.xml_tree, difference.chain_expected
        if self.target == "2.1" and difference.chain_actual:
            chain = difference.chain_actual
        if not chain and difference.code == "ENTITY-INVENTED":
            return None
        if self.target == "2.1" and not difference.chain_actual and not key:
            # What is lost has its place among what should be there.
            tree = self.expected
        path = xml_path(self.message, tree, chain, record, key)
        return XmlAddress(path, self.lines.of(path))
