"""The difference of two trees: what is lost, cut, changed, invented, moved or out of order."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.judging.tree_diff import Difference, differences, same, without
from schemas.message.node import Node, size


def node(record: str, *children: Node, **values: str) -> Node:
    made = Node(record, values)
    made.children = list(children)
    return made


def message() -> Node:
    """Two clients, the first with two products and the second with one."""
    first = node("02", node("07", code="01A01"), node("07", code="02A05"), name="Hooft", sex="1")
    second = node("02", node("07", code="03A03"), name="Zwaan", sex="2")
    return node("01", first, second, date="2017-04-10")


def found(actual: Node, expected: Node | None = None) -> list[Difference]:
    return differences(expected or message(), actual)


def codes(items: list[Difference]) -> list[tuple[str, str, str]]:
    return [(item.code, item.record, item.key) for item in items]


def test_the_same_says_the_same() -> None:
    assert found(message()) == []
    assert same(message(), message())
    assert size(message()) == 8


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Hooft", "Hoofd", "FIELD-CHANGED"),
        ("Hooft", "Hoo", "FIELD-CUT"),
        ("Hooft", "Hooft ", "FIELD-CHANGED"),
        ("Hooft", None, "FIELD-LOST"),
        ("Hooft", "", "FIELD-CHANGED"),
        (None, "Hooft", "FIELD-INVENTED"),
        ("2017", "20", "FIELD-CHANGED"),
    ],
)
def test_a_value_is_changed_cut_lost_or_invented(
    old: str | None, new: str | None, code: str
) -> None:
    trees = []
    for value in (old, new):
        tree = message()
        tree.children[1].values["name"] = value or ""
        if value is None:
            del tree.children[1].values["name"]
        trees.append(tree)
    (item,) = differences(*trees)
    assert (item.code, item.record, item.key) == (code, "02", "name")
    assert (item.expected, item.actual) == (old or "", new or "")
    assert item.chain_expected == item.chain_actual == (("02", 1),)


def test_each_difference_has_its_own_place() -> None:
    actual = message()
    actual.values["date"] = "2017-04-11"
    actual.children[0].children[1].values["code"] = "02A06"
    actual.children[1].values["sex"] = "1"
    places = {item.key: item.chain_actual for item in found(actual)}
    assert places == {"date": (), "code": (("02", 0), ("07", 1)), "sex": (("02", 1),)}


def test_a_lost_record_is_told_once_with_all_below_it() -> None:
    actual = message()
    del actual.children[0]
    (item,) = found(actual)
    assert (item.code, item.record, item.chain_expected) == ("ENTITY-LOST", "02", (("02", 0),))
    assert item.chain_actual == ()


def test_the_middle_one_is_lost_and_not_the_last() -> None:
    expected = node("01", *(node("02", name=name, sex=name) for name in "abcde"))
    actual = copy.deepcopy(expected)
    del actual.children[2]
    (item,) = differences(expected, actual)
    assert (item.code, item.chain_expected) == ("ENTITY-LOST", (("02", 2),))


def test_a_doubled_record_is_invented() -> None:
    actual = message()
    actual.children.append(copy.deepcopy(actual.children[1]))
    (item,) = found(actual)
    assert (item.code, item.record, item.chain_expected) == ("ENTITY-INVENTED", "02", ())


def test_a_record_below_another_parent_has_moved() -> None:
    actual = message()
    actual.children[1].children.append(actual.children[0].children.pop())
    (item,) = found(actual)
    assert (item.code, item.record) == ("ENTITY-MOVED", "07")
    assert item.chain_expected == (("02", 0), ("07", 1))
    assert item.chain_actual == (("02", 1), ("07", 1))


def test_records_in_another_order_are_one_difference() -> None:
    actual = message()
    actual.children.reverse()
    (item,) = found(actual)
    assert (item.code, item.record) == ("ENTITY-ORDER", "02")


def test_the_order_among_records_of_other_kinds_does_not_matter() -> None:
    expected = node("01", node("02", a="1"), node("03", a="1"))
    actual = node("01", node("03", a="1"), node("02", a="1"))
    assert differences(expected, actual) == []


def test_many_records_are_compared_in_time() -> None:
    expected = node("01", *(node("02", name=str(place)) for place in range(5000)))
    actual = node("01", *(node("02", name=str(place)) for place in range(4999)))
    assert codes(differences(expected, actual)) == [("ENTITY-LOST", "02", "")]


def test_values_can_be_left_out_by_record_and_key() -> None:
    tree = without(message(), {"07": frozenset({"code"})})
    assert size(tree) == 5
    assert size(message()) == 8
    assert [child.values for child in tree.children[0].children] == [{}, {}]


KEYS = st.sampled_from(["a", "b", "c"])
VALUES = st.dictionaries(KEYS, st.text("xyz01", min_size=1, max_size=3), max_size=3)
TREES = st.recursive(
    st.builds(Node, st.sampled_from(["02", "03"]), VALUES),
    lambda below: st.builds(
        lambda record, values, children: node(record, *children, **values),
        st.sampled_from(["02", "03", "04"]),
        VALUES,
        st.lists(below, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_a_tree_does_not_differ_from_its_copy(tree: Node) -> None:
    assert differences(tree, copy.deepcopy(tree)) == []


@settings(max_examples=150, deadline=None)
@given(TREES, st.data())
def test_one_changed_value_is_one_difference(tree: Node, data: st.DataObject) -> None:
    root = node("01", tree)
    other = copy.deepcopy(root)
    filled = [item for item in other.walk() if item.values]
    if not filled:
        return
    changed = data.draw(st.sampled_from(filled))
    key = data.draw(st.sampled_from(sorted(changed.values)))
    changed.values[key] = "~~"
    items = differences(root, other)
    assert [(item.code, item.key, item.actual) for item in items] == [("FIELD-CHANGED", key, "~~")]


def plain(tree: Node) -> tuple[object, ...]:
    """What a tree says, the order among records of other kinds apart."""
    below = [plain(child) for child in sorted(tree.children, key=lambda child: child.record)]
    return tree.record, tuple(sorted(tree.values.items())), tuple(below)


@settings(max_examples=200, deadline=None)
@given(TREES, TREES)
def test_trees_differ_when_and_only_when_they_say_something_else(one: Node, other: Node) -> None:
    pair = node("01", one), node("01", other)
    assert bool(differences(*pair)) == (plain(pair[0]) != plain(pair[1]))


@pytest.mark.parametrize("kept", [0, 1])
def test_of_two_that_differ_in_one_absent_value_the_lost_one_is_told(kept: int) -> None:
    twins = [node("07", code="01A01", size="3"), node("07", size="3")]
    expected, actual = node("02", *twins), node("02", twins[kept])
    assert codes(differences(expected, actual)) == [("ENTITY-LOST", "07", "")]
    (lost,) = differences(expected, actual)
    assert lost.chain_expected == (("07", 1 - kept),)
