"""Faults that show where products are alike, or stand in no order."""

from __future__ import annotations

from itertools import pairwise

from tests.suts.spoiling import Element, drop, every
from tests.suts.world.tools import (
    PRODUCTS,
    content,
    in_content,
    keep_once,
    lists,
    sort_all,
    text_at,
)

_BEGINS = ("Begindatum", "Ingangsdatum", "ToewijzingIngangsdatum", "ProductPeriode/Begindatum")


def _code(product: Element) -> str:
    return "/".join(
        text_at(product, path)
        for path in ("Product/Categorie", "Product/Code", "ProductCategorie", "ProductCode")
    )


def _begin(product: Element) -> str:
    return next(filter(None, (text_at(product, path) for path in _BEGINS)), "")


@in_content
def keeps_the_last_product_of_a_code(root: Element) -> None:
    for holder in lists(root, *PRODUCTS):
        by_code = {_code(product): product for product in holder}
        holder[:] = list(by_code.values())


@in_content
def writes_equal_products_once(root: Element) -> None:
    for holder in lists(root, *PRODUCTS):
        keep_once(holder, content)


def _tell_products_apart_without(root: Element, *names: str) -> None:
    for holder in lists(root, *PRODUCTS):
        keep_once(holder, lambda product: content(product, *names))


@in_content
def tells_products_apart_without_their_begin(root: Element) -> None:
    _tell_products_apart_without(root, "Begindatum", "Ingangsdatum", "ReferentieNummer")


@in_content
def tells_products_apart_without_their_volume(root: Element) -> None:
    _tell_products_apart_without(root, "Volume", "GeleverdVolume")


@in_content
def tells_products_apart_without_their_decision(root: Element) -> None:
    _tell_products_apart_without(root, "BeschikkingNummer")


@in_content
def tells_lines_apart_without_their_reference(root: Element) -> None:
    _tell_products_apart_without(root, "ReferentieNummer")


@in_content
def adds_volumes_of_neighbours_of_one_code(root: Element) -> None:
    for holder in lists(root, *PRODUCTS):
        for one, other in pairwise(list(holder)):
            volumes = lists(one, "Volume") + lists(other, "Volume")
            if len(volumes) == 2 and (_code(one), _begin(one)) == (_code(other), _begin(other)):
                volumes[1].text = str(sum(int(item.text or "0") for item in volumes))
                drop(one)


@in_content
def looks_begins_of_assignments_up_by_decision(root: Element) -> None:
    begins: dict[str, str] = {}
    for element in every(root, "ToewijzingIngangsdatum"):
        product = element.getparent()
        assert product is not None
        number = text_at(product, "BeschikkingNummer")
        if number:
            element.text = begins.setdefault(number, element.text or "")


@in_content
def sorts_products_by_begin(root: Element) -> None:
    sort_all(root, _begin, *PRODUCTS)


@in_content
def sorts_products_by_code(root: Element) -> None:
    sort_all(root, _code, *PRODUCTS)


@in_content
def sorts_lines_by_reference(root: Element) -> None:
    path = "ProductReferentie/ReferentieNummer"
    sort_all(root, lambda line: text_at(line, path), "Prestaties")
