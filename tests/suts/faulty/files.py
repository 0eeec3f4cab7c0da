"""Faults in the form of the file: line ends, encodings, namespaces, order, what is missing."""

from __future__ import annotations

from schemas.errors import Refused
from tests.suts.spoiling import Element, Records, add, every, faithful, in_bytes, in_ei, in_xml


@in_bytes("2.0")
def ends_records_with_lf(output: bytes) -> bytes:
    return output.replace(b"\r\n", b"\n")


@in_bytes("2.0")
def leaves_out_last_line_end(output: bytes) -> bytes:
    return output.removesuffix(b"\r\n")


@in_bytes("2.0")
def adds_an_empty_line(output: bytes) -> bytes:
    return output + b"\r\n"


@in_bytes("2.0")
def adds_an_end_of_file_mark(output: bytes) -> bytes:
    return output + b"\x1a"


@in_bytes("2.0")
def starts_ei_with_a_byte_order_mark(output: bytes) -> bytes:
    return b"\xef\xbb\xbf" + output


@in_bytes("2.0")
def strips_the_ends_of_records(output: bytes) -> bytes:
    return b"".join(line.rstrip(b" ") + b"\r\n" for line in output.splitlines())


@in_bytes("2.0")
def forgets_the_last_record(output: bytes) -> bytes:
    return output[: output.rstrip().rindex(b"\r\n") + 2]


@in_bytes("2.0")
def writes_the_last_record_twice(output: bytes) -> bytes:
    return output + output[output.rstrip().rindex(b"\r\n") + 2 :]


@in_ei
def puts_products_before_the_decision(records: Records) -> None:
    for place in reversed(records.of("08")):
        following = records.lines[place + 1 :]
        until = next((n for n, line in enumerate(following) if line[:2] in ("02", "99")), 0)
        records.lines.insert(place + until, records.lines.pop(place))
    records.count_again()


@in_bytes("2.1")
def starts_xml_with_a_byte_order_mark(output: bytes) -> bytes:
    return b"\xef\xbb\xbf" + output


@in_bytes("2.1")
def writes_latin1_under_utf8(output: bytes) -> bytes:
    return output.decode("utf-8").encode("iso-8859-1", "xmlcharrefreplace")


@in_bytes("2.1")
def declares_and_writes_latin1(output: bytes) -> bytes:
    text = output.decode("utf-8").replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    return text.encode("iso-8859-1", "xmlcharrefreplace")


@in_bytes("2.1")
def writes_utf16(output: bytes) -> bytes:
    return output.decode("utf-8").replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")


@in_bytes("2.1")
def writes_utf8_twice(output: bytes) -> bytes:
    return output.decode("iso-8859-1").encode("utf-8")


@in_bytes("2.1")
def adds_a_document_type(output: bytes) -> bytes:
    return output.replace(b"?>\n", b"?>\n<!DOCTYPE Bericht>\n", 1)


@in_bytes("2.1")
def writes_half_a_file(output: bytes) -> bytes:
    return output[: len(output) // 2]


@in_bytes("2.1")
def keeps_namespace_of_20(output: bytes) -> bytes:
    return output.replace(b"/iwmo/2_1/wmo305/schema/2_1", b"/iwmo/2_0/wmo305/schema/2_0")


@in_bytes("2.1")
def keeps_base_namespace_of_20(output: bytes) -> bytes:
    return output.replace(b"/2_1/basisschema/schema/2_1", b"/2_0/basisschema/schema/2_0")


@in_xml
def writes_sex_before_birth(root: Element) -> None:
    for client in every(root, "Clienten/Client"):
        client.findall("{*}Geboortedatum")[0].addprevious(client.findall("{*}Geslacht")[0])


@in_xml
def writes_empty_prefixes(root: Element) -> None:
    for group in every(root, "Client/Naam/Geslachtsnaam"):
        if not group.findall("{*}Voorvoegsel"):
            add(group, "Voorvoegsel", base=True)


@in_xml
def leaves_an_empty_address(root: Element) -> None:
    for address in every(root, "Contactgegevens/Contact/Adres"):
        del address[:]


@in_xml
def adds_field_of_20_as_an_element(root: Element) -> None:
    for client in every(root, "Clienten/Client"):
        client.insert(1, add(client, "BurgerlijkeStaat", "1"))


@in_xml
def adds_field_of_20_as_an_attribute(root: Element) -> None:
    for client in every(root, "Clienten/Client"):
        client.set("burgerlijkeStaat", "1")


@in_bytes("2.0")
def ends_records_with_two_cr(output: bytes) -> bytes:
    return output.replace(b"\r\n", b"\r\r\n")


@in_bytes("2.0")
def writes_records_without_line_ends(output: bytes) -> bytes:
    return output.replace(b"\r\n", b"")


@in_ei
def leaves_remains_in_the_reserve(records: Records) -> None:
    for place in records.of("01"):
        records.lines[place] = records.lines[place][:-4] + "V2.0"


_NIL = b' xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'


@in_bytes("2.1")
def marks_absent_prefixes_as_nil(output: bytes) -> bytes:
    end, nil = b"</iwmo:Naam>\n", b"</iwmo:Naam>\n<iwmo:Voorvoegsel" + _NIL + b"\n"
    return output.replace(end + b"        </iwmo:Gesl", nil + b"        </iwmo:Gesl")


def reads_own_prefixes_only(data: bytes, source: str, target: str) -> bytes:
    if source == "2.1" and b"<own:Bericht" in data:
        raise Refused("PREFIX", "no element wmo305:Bericht")
    output = faithful(data, source, target)
    return output.replace(b"wmo305:", b"own:").replace(b":wmo305=", b":own=")
