"""2.0 messages broken in one way, between their records, and the fault of each."""

from __future__ import annotations

from collections.abc import Callable

from tests.schemas.ei_edit import Ei, Place

Edit = Callable[[Ei], Ei]

# WMO302, a return message, keeps the numbers of the message it answers, so that a record can be
# taken out or put in without numbering the rest: 1 header, 2 client (comment 3), 4 relatie,
# 5 its address, 6 the client's address, 7 decision (comment 8), 9 beperking, 10 score (comment
# 11), 12 score, 13 and 14 products, 15 trailer. A relatie's key stands in columns 39 to 58.
PLACES: dict[str, tuple[str, Edit, list[Place]]] = {
    "a start before its client": (
        "WMO305",
        lambda ei: ei.swap(2, 3).number(1, 2, 3, 4, 5),
        [("EI-ORDER", 2, "07", "", 1, 2)],
    ),
    "an address behind the decision": (
        "WMO302",
        lambda ei: (
            ei.insert(15, ei.get(6, 1, 370))
            .drop(6)
            .number(1, 1, 2, 3, 4, 4, 5, 6, 6, *range(7, 11))
        ),
        [("EI-ORDER", 14, "04", "", 1, 2)],
    ),
    "a decided product behind the assigned one": (
        "WMO302",
        lambda ei: ei.swap(13, 14).number(1, 1, 2, 3, 4, 5, 5, 6, 7, 7, 8, 9, 10),
        [("EI-ORDER", 14, "09", "", 1, 2)],
    ),
    "a record behind the last": (
        "WMO305",
        lambda ei: ei.swap(6, 7),
        [("EI-ORDER", 7, "07", "", 1, 2)],
    ),
    "a second first record": (
        "WMO305",
        lambda ei: ei.insert(5, ei.get(1, 1, 180)),
        [("EI-ORDER", 5, "01", "", 1, 2)],
    ),
    "a second last record": (
        "WMO305",
        lambda ei: ei.double(7),
        [("EI-ORDER", 8, "99", "", 1, 2)],
    ),
    "no last record": (
        "WMO305",
        lambda ei: ei.drop(7),
        [("EI-MISSING", 6, "99", "", 0, 0)],
    ),
    "no client": (
        "WMO305",
        lambda ei: ei.drop(2, 3, 4, 5, 6).put(2, 8, "0").put(2, 14, "0").put(2, 21, "0"),
        [("EI-MISSING", 1, "01", "", 0, 0)],
    ),
    "a client without a start": (
        "WMO305",
        lambda ei: ei.drop(6).count(14, "2").count(21, "4"),
        [("EI-MISSING", 5, "02", "", 0, 0)],
    ),
    "a client without an address": (
        "WMO302",
        lambda ei: ei.drop(4, 5, 6).count(14, "0").count(20, "0").count(62, "10"),
        [("EI-MISSING", 2, "02", "", 0, 0)],
    ),
    "a client without a decision": (
        "WMO302",
        lambda ei: ei.drop(*range(7, 15)).put(7, 21, f"{0:030}{1:06}{5:07}"),
        [("EI-MISSING", 2, "02", "", 0, 0)],
    ),
    "a client with two decisions": (
        "WMO302",
        lambda ei: (
            ei.insert(9, ei.get(7, 1, 370))
            .number(1, 1, 2, 3, 4, 5, 5, 6, *range(7, 9), 8, *range(9, 12))
            .count(32, "2")
            .count(62, "14")
        ),
        [
            ("EI-MISSING", 7, "08", "", 0, 0),
            ("EI-MISSING", 7, "08", "", 0, 0),
            ("EI-REPEATED", 2, "02", "", 0, 0),
        ],
    ),
    "an address of a relatie that is not there": (
        "WMO302",
        lambda ei: (
            ei.insert(6, ei.get(5, 1, 370))
            .put(6, 39, "DOCHTER-2")
            .number(1, 1, 2, 3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 11)
            .count(20, "3")
            .count(62, "14")
        ),
        [("EI-KEY", 6, "04", "RELATIENUMMER", 39, 58)],
    ),
    "a relatie without an address": (
        "WMO302",
        lambda ei: ei.drop(5).count(20, "1").count(62, "12"),
        [("EI-OWNER", 4, "03", "", 0, 0)],
    ),
    "a relatie with two addresses": (
        "WMO302",
        lambda ei: (
            ei.double(5)
            .number(1, 1, 2, 3, 4, 5, 6, 6, 7, 8, 8, 9, 10, 11)
            .count(20, "3")
            .count(62, "14")
        ),
        [("EI-OWNER", 4, "03", "", 0, 0)],
    ),
    "a client with an address of its relatie only": (
        "WMO302",
        lambda ei: ei.drop(6).count(20, "1").count(62, "12"),
        [("EI-OWNER", 2, "02", "", 0, 0)],
    ),
    "two relaties of the same number": (
        "WMO301",
        lambda ei: ei.put(6, 39, "00000000001").put(8, 39, "00000000001"),
        [("EI-OWNER", 5, "03", "", 0, 0), ("EI-OWNER", 6, "03", "", 0, 0)],
    ),
}
KEYS: dict[str, tuple[str, Edit, list[Place]]] = {
    "CLIENTNUMMER of a start": (
        "WMO305",
        lambda ei: ei.put(6, 19, "999937134"),
        [("EI-KEY", 6, "07", "CLIENTNUMMER", 19, 38)],
    ),
    "CLIENTNUMMER of a relatie": (
        "WMO301",
        lambda ei: ei.put(5, 19, "999908407"),
        [("EI-KEY", 5, "03", "CLIENTNUMMER", 19, 38)],
    ),
    "CLIENTNUMMER of a score": (
        "WMO301",
        lambda ei: ei.put(15, 19, "999908407"),
        [("EI-KEY", 15, "12", "CLIENTNUMMER", 19, 38)],
    ),
    "CLIENTNUMMER that is blank": (
        "WMO305",
        lambda ei: ei.put(6, 19, " " * 20),
        [("EI-KEY", 6, "07", "CLIENTNUMMER", 19, 38)],
    ),
    "CLIENTNUMMER of the client, so that of both its starts": (
        "WMO305",
        lambda ei: ei.put(2, 28, "999933864"),
        [
            ("EI-KEY", 3, "07", "CLIENTNUMMER", 19, 38),
            ("EI-KEY", 4, "07", "CLIENTNUMMER", 19, 38),
        ],
    ),
    "BESCHIKKINGNUMMER of a product": (
        "WMO301",
        lambda ei: ei.put(22, 48, "425386124"),
        [("EI-KEY", 22, "15", "BESCHIKKINGNUMMER", 48, 56)],
    ),
    "BESCHIKKINGNUMMER of a beperking": (
        "WMO301",
        lambda ei: ei.put(18, 48, "425386124"),
        [("EI-KEY", 18, "07", "BESCHIKKINGNUMMER", 48, 56)],
    ),
    "BESCHIKKINGNUMMER of a score": (
        "WMO301",
        lambda ei: ei.put(16, 48, "000000000"),
        [("EI-KEY", 16, "12", "BESCHIKKINGNUMMER", 48, 56)],
    ),
    "BEPERKING of a score": (
        "WMO301",
        lambda ei: ei.put(16, 57, "4"),
        [("EI-KEY", 16, "12", "BEPERKING", 57, 57)],
    ),
    "GEMEENTECODE of a client": (
        "WMO303",
        lambda ei: ei.put(2, 24, "0151"),
        [("EI-KEY", 2, "02", "GEMEENTECODE", 24, 27)],
    ),
    "GEMEENTECODE of a performance": (
        "WMO303",
        lambda ei: ei.put(4, 24, "0151"),
        [("EI-KEY", 4, "04", "GEMEENTECODE", 24, 27)],
    ),
    "BSN of a performance": (
        "WMO303",
        lambda ei: ei.put(4, 15, "999922313"),
        [("EI-KEY", 4, "04", "BSN", 15, 23)],
    ),
    "PRESTATIEVOLGNUMMER ALGEMEEN of a tariff": (
        "JW321",
        lambda ei: ei.put(5, 60, "02"),
        [("EI-KEY", 5, "06", "PRESTATIEVOLGNUMMER ALGEMEEN", 60, 61)],
    ),
    "list of codes of time spent": (
        "JW321",
        lambda ei: ei.put(8, 43, "042"),
        [("EI-KEY", 8, "17", "AANDUIDING PRESTATIECODELIJST (01)", 43, 45)],
    ),
    "code of the performance of an activity": (
        "JW321",
        lambda ei: ei.put(7, 46, "25B064"),
        [("EI-KEY", 7, "16", "PRESTATIECODE/DBC DECLARATIECODE", 46, 51)],
    ),
    "begin of the performance of a tariff": (
        "JW321",
        lambda ei: ei.put(10, 52, "20150102"),
        [("EI-KEY", 10, "06", "BEGINDATUM PRESTATIE", 52, 59)],
    ),
}
