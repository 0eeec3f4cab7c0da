"""The published messages of 2.3 rewritten as messages of 2.1, for the rules that both have.

What differs: namespaces and version, how a name and a requested product are called, one client in
place of several, codes that came with 2.3, and elements that 2.1 asks for and 2.3 left out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

from lxml import etree

RENAMED = {
    "Achternaam": "Naam",
    "AangevraagdeProducten": "Producten",
    "AangevraagdProduct": "Product",
}
# A unit (week) and a return code that came after 2.1, and what stands for them.
CODES = {("Eenheid", "21"): "14", ("RetourCode", "0611"): "8178"}
# The products that name their provider in 2.1, and the elements before it.
PROVIDED = {
    "StartProduct": ("Begindatum",),
    "StopProduct": ("Begindatum",),
    "ToegewezenProduct": ("Product",),
    "Producten/{*}Product": ("ToewijzingIngangsdatum", "ToewijzingEinddatum"),
}
AANBIEDER = "98025566"


def as_2_1(path: Path) -> bytes:
    """A message of 2.3 as one of 2.1."""
    text = path.read_text(encoding="utf-8-sig")
    text = re.sub(r"(nl/i\w+)/2_3/(\w+)/schema", r"\1/2_1/\2/schema/2_1", text)
    text = text.replace("BerichtSubversie>3<", "BerichtSubversie>1<")
    root = etree.fromstring(text.encode(), etree.XMLParser(remove_comments=True))
    for element in root.iter():
        name = _name(element)
        _rename(element, RENAMED.get(name, name))
        element.text = CODES.get((name, element.text or ""), element.text)
    for client in root.findall("{*}Client"):
        _below_clients(client)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _rename(element: etree._Element, name: str) -> None:
    element.tag = f"{{{etree.QName(element).namespace}}}{name}"


def _new(like: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.Element(f"{{{etree.QName(like).namespace}}}{name}")
    made.text = text
    return made


def _below_clients(client: etree._Element) -> None:
    """Put the one client of a message below `Clienten`, as 2.1 has it."""
    clients = _new(client, "Clienten")
    client.addprevious(clients)
    clients.append(client)
    for comment in client.findall("{*}Commentaar"):
        if client.find("{*}Producten") is not None:
            client.remove(comment)
    for path, before in PROVIDED.items():
        for product in client.iterfind(f".//{{*}}{path}"):
            places = [product.find(f"{{*}}{name}") for name in before]
            last = [place for place in places if place is not None][-1]
            last.addnext(_new(client, "Aanbieder", AANBIEDER))
    for category in client.iterfind(".//{*}Beperking/{*}Categorie"):
        _rename(category, "Beperking")
    for assigned in client.iterfind(".//{*}ToegewezenProducten"):
        assigned.addprevious(_decided(assigned))
    for path in ("ToegewezenProduct/{*}Commentaar", "Producten/{*}Product/{*}Commentaar"):
        for comment in client.iterfind(f".//{{*}}{path}"):
            parent = comment.getparent()
            assert parent is not None
            parent.remove(comment)


def _decided(assigned: etree._Element) -> etree._Element:
    """The decided products, which 2.3 no longer has: those that were assigned."""
    decided = _new(assigned, "BeschiktProducten")
    for product in assigned:
        made = _new(assigned, "BeschiktProduct")
        made.extend(
            deepcopy(part)
            for name in ("Product", "Ingangsdatum", "Einddatum", "Omvang")
            for part in product.findall(f"{{*}}{name}")
        )
        decided.append(made)
    return decided
