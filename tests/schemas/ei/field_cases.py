"""2.0 messages broken in one way, in one field, and the fault of each."""

from __future__ import annotations

from collections.abc import Callable

from tests.schemas.ei_edit import Ei, Place

Edit = Callable[[Ei], Ei]
BSN, NAME = "BSN", "NAAM"
FIELDS: dict[str, tuple[str, Edit, list[Place]]] = {
    "a letter in a number": (
        "WMO305",
        lambda ei: ei.put(2, 20, "O"),
        [("EI-NUMERIC", 2, "02", BSN, 15, 23)],
    ),
    "a number filled with spaces": (
        "WMO301",
        lambda ei: ei.put(9, 61, "   12"),
        [("EI-NUMERIC", 9, "04", "HUISNUMMER", 61, 65)],
    ),
    "a digit that is none of 0 to 9": (
        "WMO305",
        lambda ei: ei.put(3, 95, "²"),
        [("EI-NUMERIC", 3, "07", "VOLUME", 88, 95)],
    ),
    "a tab in a text": (
        "WMO305",
        lambda ei: ei.put(2, 60, "\t"),
        [("EI-CHARACTER", 2, "02", NAME, 58, 82)],
    ),
    "a NUL in a text": (
        "WMO305",
        lambda ei: ei.put(2, 63, "\0"),
        [("EI-CHARACTER", 2, "02", NAME, 58, 82)],
    ),
    "a control character above 7F": (
        "WMO305",
        lambda ei: ei.put(2, 60, "\x85"),
        [("EI-CHARACTER", 2, "02", NAME, 58, 82)],
    ),
    "the control character 7F": (
        "WMO305",
        lambda ei: ei.put(2, 60, "\x7f"),
        [("EI-CHARACTER", 2, "02", NAME, 58, 82)],
    ),
    "a reserve that is not blank": (
        "WMO305",
        lambda ei: ei.put(4, 100, "x"),
        [("EI-RESERVE", 4, "07", "RESERVE", 100, 180)],
    ),
    "a zero in the reserve of a return record": (
        "WMO302",
        lambda ei: ei.put(9, 370, "0"),
        [("EI-RESERVE", 9, "07", "RESERVE", 323, 370)],
    ),
    "a mandatory number of zeros": (
        "WMO305",
        lambda ei: ei.put(2, 15, "000000000"),
        [("EI-FILLED", 2, "02", BSN, 15, 23)],
    ),
    "a mandatory text of spaces": (
        "WMO305",
        lambda ei: ei.put(5, 58, " " * 25),
        [("EI-FILLED", 5, "02", NAME, 58, 82)],
    ),
    "a mandatory date of zeros": (
        "WMO305",
        lambda ei: ei.put(3, 72, "00000000"),
        [("EI-FILLED", 3, "07", "BEGINDATUM LEVERING", 72, 79)],
    ),
    "a mandatory code of zero": (
        "WMO305",
        lambda ei: ei.put(5, 57, "0"),
        [("EI-FILLED", 5, "02", "GESLACHT", 57, 57)],
    ),
    "a mandatory field that only 2.0 has": (
        "WMO301",
        lambda ei: ei.put(24, 24, "0"),
        [("EI-FILLED", 24, "02", "GEHEIME CLIENT", 24, 24)],
    ),
    "a mandatory return code of spaces": (
        "WMO306",
        lambda ei: ei.put(3, 181, "    "),
        [("EI-FILLED", 3, "07", "RETOURCODE (01)", 181, 184)],
    ),
    "a code that no list has": (
        "WMO305",
        lambda ei: ei.put(2, 56, "4"),
        [("EI-CODE", 2, "02", "DATUMGEBRUIK", 56, 56)],
    ),
    "a code of another standard": (
        "JW305",
        lambda ei: ei.put(3, 57, "07"),
        [("EI-CODE", 3, "07", "PRODUCTCATEGORIE", 57, 58)],
    ),
    "a code that only 2.1 has": (
        "WMO301",
        lambda ei: ei.put(24, 138, "6"),
        [("EI-CODE", 24, "02", "NAAMGEBRUIK", 138, 138)],
    ),
    "a return code that only 2.1 has": (
        "WMO306",
        lambda ei: ei.put(3, 181, "9300"),
        [("EI-CODE", 3, "07", "RETOURCODE (01)", 181, 184)],
    ),
    "an unknown code in a field that only 2.0 has": (
        "WMO301",
        lambda ei: ei.put(24, 139, "8"),
        [("EI-CODE", 24, "02", "LEEFEENHEID", 139, 139)],
    ),
    "an unknown code of the list that a code map starts from": (
        "WMO301",
        lambda ei: ei.put(23, 106, "5"),
        [("EI-CODE", 23, "15", "REDEN INTREKKING", 106, 106)],
    ),
    "an unknown product code": (
        "WMO301",
        lambda ei: ei.put(27, 59, "99Z99"),
        [("EI-CODE", 27, "09", "PRODUCTCODE", 59, 63)],
    ),
    "30 February": (
        "WMO305",
        lambda ei: ei.put(4, 72, "20170230"),
        [("EI-DATE", 4, "07", "BEGINDATUM LEVERING", 72, 79)],
    ),
    "29 February of a year that has none": (
        "WMO307",
        lambda ei: ei.put(3, 64, "20170229"),
        [("EI-DATE", 3, "06", "INGANGSDATUM TOEWIJZING", 64, 71)],
    ),
    "a thirteenth month": (
        "WMO305",
        lambda ei: ei.put(1, 34, "20171301"),
        [("EI-DATE", 1, "01", "DAGTEKENING HEENBERICHT", 34, 41)],
    ),
    "the year 0000": (
        "WMO305",
        lambda ei: ei.put(2, 48, "00000101"),
        [("EI-DATE", 2, "02", "GEBOORTEDATUM", 48, 55)],
    ),
    "24:00:00": (
        "WMO301",
        lambda ei: ei.put(22, 84, "240000"),
        [("EI-TIME", 22, "15", "TOEWIJZINGSTIJD", 84, 89)],
    ),
    "sixty minutes": (
        "WMO301",
        lambda ei: ei.put(22, 84, "126000"),
        [("EI-TIME", 22, "15", "TOEWIJZINGSTIJD", 84, 89)],
    ),
    "a leap second": (
        "WMO301",
        lambda ei: ei.put(22, 84, "235960"),
        [("EI-TIME", 22, "15", "TOEWIJZINGSTIJD", 84, 89)],
    ),
    "a text that does not start at the left": (
        "WMO305",
        lambda ei: ei.put(2, 58, " Hooft"),
        [("EI-ALIGN", 2, "02", NAME, 58, 82)],
    ),
}
