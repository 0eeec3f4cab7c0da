"""The small tables of answers, headers, totals and switches, typed once more.

No published source lists these row by row; `schemas/SOURCES.md`, `docs/retour.md` and the texts of
the return codes say what each row is from.
"""

from __future__ import annotations

import pytest

from tests.schemas.tables_edit import rows

ANSWERS, GRANTING = "302 306 308 316", "304 322"
DATED, GRANTED = "DAGTEKENING RETOURBERICHT", "BEREKEND BEDRAG GEMEENTE"
DEBIT = "INDICATIE DEBET/CREDIT"
RETOUR = [
    # The header of an answer has these two of its own; its date follows that of the message.
    (ANSWERS, "01", "IDENTIFICATIE RETOURBERICHT", "identification", ""),
    (ANSWERS, "01", DATED, "date", "DAGTEKENING HEENBERICHT"),
    (GRANTING, "01", "REFERENTIENUMMER GEMEENTE", "identification", ""),
    (GRANTING, "01", DATED, "date", "DAGTEKENING FACTUUR"),
    # What the municipality calculates is what was submitted, or what it makes of it.
    ("304", "04", GRANTED, "free", "BEREKEND BEDRAG|DECLARATIE-/FACTUURBEDRAG"),
    ("304", "04", f"{DEBIT} (03)", "free", f"{DEBIT} (01)|{DEBIT} (02)"),
    # The totals of a declaration come back under another name.
    ("304", "99", "TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG", "copy",
     "TOTAAL DECLARATIE-/FACTUURBEDRAG"),
    ("304", "99", DEBIT, "copy", DEBIT),
    # The amounts of a DBC stand at its tariffs.
    ("322", "06", GRANTED, "free", "BEREKEND BEDRAG (INCL. BTW)|DECLARATIEBEDRAG (INCL. BTW)"),
    ("322", "06", f"{DEBIT} (04)", "free", f"{DEBIT} (01)|{DEBIT} (03)"),
    ("322", "99", "TOTAAL INGEDIEND DECLARATIEBEDRAG", "copy", "TOTAAL DECLARATIEBEDRAG"),
    ("322", "99", DEBIT, "copy", DEBIT),
]  # fmt: skip
CODES = [
    # "Geen opmerking over dit record."
    ("no remark", "0200", "all", "all", "all"),
    # "Declaratie is volledig toegewezen": a declaration alone, and as a whole.
    ("granted whole", "8001", GRANTING, "header", "all"),
    # "Record is niet beoordeeld.", and because of a record above or below it.
    ("not assessed", "0233", "all", "below the header", "nothing"),
    ("not assessed for another", "8002", "all", "below the header", "nothing"),
    ("fault", "", "all", "below the header", "nothing"),
    ("rejected", "", "all", "header", "nothing"),
]
OWN = [
    (ANSWERS, "identification", "unique"),
    (GRANTING, "identification", "unique"),
    ("302 304 306 308 316 322", "identification", "not that of the message"),
    (ANSWERS, "date", "not before the message"),
    # 8454 asks it of an answer to a declaration.
    (GRANTING, "date", "not before the message"),
    ("302 304 306 308 316 322", "date", "not after the day of the answer"),
]
ALL = "301 302 303 304 305 306 307 308 315 316 321 322"
HEADERS = [
    (ALL, "GEMEENTECODE", "gemeente"),
    ("301 302 303 304 305 306 307 308 315 316", "CODE AANBIEDER", "aanbieder"),
    # The base standard of a DBC declaration has three codes of the provider.
    ("321 322", "INSTELLINGSCODE", "aanbieder"),
    ("301 302 305 306 307 308 315 316", "IDENTIFICATIE BERICHT", "identification"),
    # A declaration has the number of an invoice in its place.
    ("303 304 321 322", "FACTUURNUMMER DECLARANT", "identification"),
]


def _of_both(*numbers: str) -> str:
    return " ".join(f"{standard}{number}" for standard in ("WMO", "JW") for number in numbers)


REQUESTS = " ".join(f"{standard}{number}" for standard in ("WMO", "JW") for number in (315, 316))
# The elements of 2.1 that 2.0 has no field for, and what is written there.
ONLY_21 = [
    ("Naam/Voornamen", "all", ""),
    ("Geboortedatum/DatumGebruik", _of_both("303", "304"), ""),
    ("ToewijzingNummer",
     _of_both("301", "302", "303", "304", "305", "306", "307", "308"), ""),
    ("ReferentieAanbieder", _of_both("301", "302"), ""),
    ("ReferentieAanbieder", REQUESTS, "{01/IDENTIFICATIE BERICHT}-{IDENTIFICATIE DETAILRECORD}"),
    ("ToewijzingEinddatum", REQUESTS, ""),
]  # fmt: skip
# The code of a header that 2.1 may leave out and 2.0 must have.
FILLS = [
    ("retour", "2.0->2.1", "01", "RETOURCODE (01)", "Header/RetourCodes", "0200"),
    ("retour", "2.1->2.0", "01", "RETOURCODE (01)", "Header/RetourCodes", "0200"),
]
ALL_ADDRESSES = "WMO301 WMO302 JW301 JW302"
RETOUR_OF_ALL = "302 304 306 308 316"
OTHER_HEEN = "301 305 307 315"
# By the calendar: who may send or read what until, and from, which moment.
SWITCH_RULES = [
    ("SWITCH-PAIR", "block", RETOUR_OF_ALL, "yes", "other", "any", "", ""),
    ("SWITCH-RETOUR", "block", RETOUR_OF_ALL, "yes", "old", "receive", "retour", "open"),
    ("SWITCH-FREEZE", "block", "any", "any", "any", "any", "freeze", "open"),
    ("SWITCH-UNCONVERTED", "allow", "any", "no", "any", "any", "", ""),
    ("SWITCH-EARLY", "block", "any", "yes", "new", "any", "", "open"),
    ("SWITCH-LATE", "block", "any", "yes", "old", "any", "open", ""),
    ("SWITCH-DECLARATION", "block", "303", "yes", "old", "send", "declaration", ""),
    ("SWITCH-HEEN", "block", OTHER_HEEN, "yes", "old", "send", "heen", ""),
    ("SWITCH-ANSWER-DECLARATION", "warn", "303", "yes", "old", "receive", "declaration", ""),
    ("SWITCH-ANSWER-HEEN", "warn", OTHER_HEEN, "yes", "old", "receive", "heen", ""),
    ("SWITCH-OPEN", "allow", "any", "any", "any", "any", "", ""),
]
SUBMITTED, DECLARED = "TOTAAL INGEDIEND DECLARATIE-/FACTUURBEDRAG", "DECLARATIE-/FACTUURBEDRAG"
VAT, NONE = f"{DEBIT} BTW", ("", "", "", "")
AMOUNTS = (DEBIT, "04", DECLARED, f"{DEBIT} (02)")
# What is granted is less than what is submitted by as much as the lines were cut by.
LESS = ("TOTAAL TOEGEKEND BEDRAG", f"{DEBIT} (02)", "TOEGEKEND BEDRAG", f"{DEBIT} (04)")
DBC = (DEBIT, "06", "DECLARATIEBEDRAG (INCL. BTW)", f"{DEBIT} (03)")
DBC_LESS = ("TOTAAL TOEGEKEND BEDRAG", f"{DEBIT} (02)", "TOEGEKEND BEDRAG", f"{DEBIT} (05)")
TOTALS = [
    ("WMO303", f"TOTAAL {DECLARED}", *AMOUNTS, *NONE),
    ("WMO303", "TOTAAL BTW-BEDRAG", VAT, "04", "BTW-BEDRAG", VAT, *NONE),
    ("WMO304", SUBMITTED, *AMOUNTS, *LESS),
    ("JW303", f"TOTAAL {DECLARED}", *AMOUNTS, *NONE),
    ("JW303", "TOTAAL BTW-BEDRAG", VAT, "04", "BTW-BEDRAG", VAT, *NONE),
    ("JW304", SUBMITTED, *AMOUNTS, *LESS),
    ("JW321", "TOTAAL DECLARATIEBEDRAG", *DBC, *NONE),
    ("JW322", "TOTAAL INGEDIEND DECLARATIEBEDRAG", *DBC, *DBC_LESS),
]
# A reason to withdraw of 2.0, what it becomes, and what goes back; those of 2.1 alone are dropped.
REASONS = [
    ("1", "02", "yes"), ("2", "05", "no"), ("3", "05", "yes"), ("4", "07", "yes"),
    ("6", "06", "yes"),
    *(("", code, "drop") for code in ("01", "03", "04", "08", "09")),
]  # fmt: skip
# By table: the columns that decide, and the typed rows.
TYPED = {
    "retour": (("messages", "record", "field", "role", "source"), RETOUR),
    "retour_codes": (("said", "code", "messages", "classes", "granted"), CODES),
    "retour_own": (("messages", "role", "asked"), OWN),
    "headers": (("messages", "field", "role"), HEADERS),
    "only_21": (("element", "messages", "fill"), ONLY_21),
    "fills": (("messages", "direction", "record", "field", "element", "value"), FILLS),
    # The first and the last day of which the list says anything.
    "dated_lists": (("list", "first_day", "last_day"),
                    [("municipalities", "2015-01-01", "2019-12-31")]),
    "code_maps": (
        ("map", "code_20", "code_21", "back"),
        [("geslacht", "9", "0", "yes"), *(("reden_intrekking", *reason) for reason in REASONS)],
    ),
    # A telephone number stands with the number of its country.
    "together": (("record", "fields", "messages"),
                 [("04", f"TELEFOON ({n})|LANDNUMMER ({n})", ALL_ADDRESSES) for n in ("01", "02")]),
    "totals": (
        ("message", "total", "total_debet_credit", "record", "amount", "amount_debet_credit",
         "minus_total", "minus_total_debet_credit", "minus_amount", "minus_amount_debet_credit"),
        TOTALS,
    ),
    "switch_rules": (
        ("rule", "decision", "messages", "converted", "release", "direction", "after", "before"),
        SWITCH_RULES,
    ),
    "switch_moments": (
        ("moment", "column", "edge", "moved"),
        [
            ("declaration", "last_declaration_sent", "last", "yes"),
            ("heen", "last_heen_sent", "last", "yes"),
            ("retour", "last_retour_read_and_freeze", "last", "yes"),
            ("freeze", "last_retour_read_and_freeze", "last", "no"),
            ("open", "open_again", "first", "no"),
        ],
    ),
    "timelines": (
        ("from_release", "last_declaration_sent", "last_heen_sent",
         "last_retour_read_and_freeze", "open_again"),
        [
            ("1.0", "", "", "2015-12-31T08:00", "2016-01-04T08:00"),
            ("2.0", "2017-05-28T23:59", "2017-06-06T17:00", "2017-06-08T13:00", "2017-06-12T13:00"),
            ("2.1", "2018-03-18T23:00", "2018-03-27T17:00", "2018-03-29T13:00", "2018-04-03T00:00"),
            ("2.2", "2019-03-17T23:00", "2019-03-26T17:00", "2019-03-28T13:00", "2019-04-01T13:00"),
            ("2.3", "2020-03-18T23:00", "2020-03-25T17:00", "2020-03-26T13:00", "2020-03-30T00:00"),
            ("2.4", "2020-12-21T23:00", "", "2020-12-31T13:00", ""),
            ("3.0", "2022-03-23T23:00", "2022-03-30T17:00", "2022-03-31T13:00", "2022-04-04T13:00"),
            ("3.1", "", "", "", "2023-04-03"),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_the_rows_of_a_small_table_are_the_typed_ones(name: str) -> None:
    columns, typed = TYPED[name]
    assert [tuple(row[column] for column in columns) for row in rows(name)] == typed
