"""What a kind of fault does to a 2.1 message: to values, elements and classes."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from itertools import groupby, pairwise

from schemas.facts.catalogue import catalogue
from tests.suts.fault_kinds.kinds import Kind
from tests.suts.fault_kinds.spot import Spot
from tests.suts.fault_kinds.value_changes import CHANGES
from tests.suts.spoiling import Element, drop

_Struck = Callable[[list[Element], Spot], None]


def _steps(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/")) if path else "."


def _found(root: Element, spot: Spot) -> list[Element]:
    """The elements of a spot, in the order of the message."""
    found: list[Element] = []
    for path in spot.paths:
        for parent in root.findall(_steps(path.rpartition("/")[0])):
            elements = parent.findall(_steps(path.rpartition("/")[2]))
            found += elements[spot.nth - 1 : spot.nth] if spot.nth else elements
    return found


def change(root: Element, kind: Kind, spot: Spot) -> None:
    """Spoil a message at a spot."""
    if kind.when == "absent":
        _fill(root, kind, spot)
        return
    found = _found(root, spot)
    if kind.of == "later":
        found = found[1:]
    if kind.of == "last":
        found = found[-1:]
    if kind.does in STRUCTURES:
        STRUCTURES[kind.does](found, spot)
        return
    for element in found:
        element.text = CHANGES[kind.does](element.text or "", spot)


def _fill(root: Element, kind: Kind, spot: Spot) -> None:
    """Write the element where it is absent, at its own place in the schema."""
    (path,) = spot.paths
    parent_path, _, name = path.rpartition("/")
    element = catalogue().one(spot.message).elements[path]
    names = [child.name for child in catalogue().one(spot.message).elements[parent_path].children]
    for parent in root.findall(_steps(parent_path)):
        if parent.find(_steps(name)) is not None:
            continue
        space = parent[0].tag if element.base else parent.tag
        child = parent.makeelement(f"{str(space).partition('}')[0]}}}{name}", None, None)
        child.text = CHANGES[kind.does]("", spot)
        earlier = names[: names.index(name)]
        place = sum(str(item.tag).partition("}")[2] in earlier for item in parent)
        parent.insert(place, child)


def _lose(found: list[Element], _: Spot) -> None:
    for element in found:
        drop(element)


def _double(found: list[Element], _: Spot) -> None:
    for element in found:
        element.addnext(deepcopy(element))


def _rename(found: list[Element], _: Spot) -> None:
    for element in found:
        space, name = str(element.tag).split("}")
        element.tag = f"{space}}}{name.upper()}"


def _put_behind_the_next(found: list[Element], _: Spot) -> None:
    for element in found:
        following = element.getnext()
        if following is not None:
            following.addnext(element)


def _write_in_another_namespace(found: list[Element], _: Spot) -> None:
    for element in found:
        space, name = str(element.tag).split("}")
        element.tag = f"{space.replace('/2_1/', '/2_0/', 1)}}}{name}"


def _add_an_attribute(found: list[Element], _: Spot) -> None:
    for element in found:
        element.set("bron", "ecd")


def _add_an_element_behind(found: list[Element], _: Spot) -> None:
    for element in found:
        element.addnext(element.makeelement(f"{element.tag!s}Oud", None, None))


def _put_in_an_element(found: list[Element], _: Spot) -> None:
    for element in found:
        child = element.makeelement(f"{str(element.tag).partition('}')[0]}}}Waarde", None, None)
        child.text, element.text = element.text, None
        element.append(child)


def _take_from_the_first(found: list[Element], _: Spot) -> None:
    for element in found[1:]:
        element.text = found[0].text


def _exchange_the_first_two(found: list[Element], _: Spot) -> None:
    if len(found) > 1:
        found[0].text, found[1].text = found[1].text, found[0].text


def _families(found: list[Element]) -> list[list[Element]]:
    """The classes by their parents."""
    return [list(group) for _, group in groupby(found, key=lambda item: item.getparent())]


def _lose_the_last_of_more(found: list[Element], _: Spot) -> None:
    for family in _families(found):
        if len(family) > 1:
            drop(family[-1])


def _lose_the_first_of_more(found: list[Element], _: Spot) -> None:
    for family in _families(found):
        if len(family) > 1:
            drop(family[0])


def _keep_the_first(found: list[Element], _: Spot) -> None:
    for family in _families(found):
        for element in family[1:]:
            drop(element)


def _double_the_last(found: list[Element], _: Spot) -> None:
    for family in _families(found):
        family[-1].addnext(deepcopy(family[-1]))


def _turn_round(found: list[Element], _: Spot) -> None:
    for family in _families(found):
        for element in family[1:]:
            family[0].addprevious(element)
            family[0], family[family.index(element)] = element, family[0]


def _give_to_the_next_owner(found: list[Element], _: Spot) -> None:
    for family, following in pairwise(_families(found)):
        if len(family) > 1:
            following[-1].addnext(family[-1])
            return


STRUCTURES: dict[str, _Struck] = {
    function.__name__.replace("_", " ").strip(): function
    for function in (
        _lose,
        _double,
        _rename,
        _put_behind_the_next,
        _write_in_another_namespace,
        _add_an_attribute,
        _add_an_element_behind,
        _put_in_an_element,
        _take_from_the_first,
        _exchange_the_first_two,
        _lose_the_last_of_more,
        _lose_the_first_of_more,
        _keep_the_first,
        _double_the_last,
        _turn_round,
        _give_to_the_next_owner,
    )
}
