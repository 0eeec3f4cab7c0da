"""What each leaf of the published 2.0 XML examples is as a field of EI, written by eye from both.

For each message type the elements that are records, and for each record its leaves and fields.
"""

from __future__ import annotations

NAME = {
    "Geboortedatum/Datum": "GEBOORTEDATUM",
    "Geslacht": "GESLACHT",
    "Naam/Voorletters": "VOORLETTERS",
}
FULL_NAME = NAME | {
    "Naam/Geslachtsnaam/Naam": "NAAM (01)",
    "Naam/Geslachtsnaam/Voorvoegsel": "VOORVOEGSEL (01)",
    "Naam/Geslachtsnaam/NaamCode": "NAAMCODE (01)",
    # The second NaamCode of the twin, behind the initials, is what EI calls NAAMGEBRUIK.
    "Naam/NaamCode": "NAAMGEBRUIK",
}
SHORT_NAME = NAME | {
    "Naam/Geslachtsnaam/Naam": "NAAM",
    "Naam/Geslachtsnaam/Voorvoegsel": "VOORVOEGSEL",
    "Naam/Geslachtsnaam/NaamCode": "NAAMCODE",
}
HEADER = {
    "Berichtspecificatie/Code": "CODE EXTERNE-INTEGRATIEBERICHT",
    "Berichtspecificatie/Versie": "VERSIENUMMER BERICHTSTANDAARD",
    "Berichtspecificatie/SubVersie": "SUBVERSIENUMMER BERICHTSTANDAARD",
    "Berichtidentificatie/Identificatie": "IDENTIFICATIE BERICHT",
    "Berichtidentificatie/Dagtekening": "DAGTEKENING HEENBERICHT",
    "Berichtidentificatie/Tekenset": "TEKENSET HEENBERICHT",
}
FROM_GEMEENTE = HEADER | {"Afzender": "GEMEENTECODE", "Ontvanger": "CODE AANBIEDER"}
TO_GEMEENTE = HEADER | {"Ontvanger": "GEMEENTECODE", "Afzender": "CODE AANBIEDER"}
ADDRESS = {
    "Soort": "SOORT ADRES",
    "Adres/Huis/Huisnummer": "HUISNUMMER",
    "Adres/Postcode": "POSTCODE",
    "Adres/Straatnaam": "STRAATNAAM",
    "Adres/Plaatsnaam": "PLAATSNAAM",
    "Adres/LandCode": "LANDCODE",
    "Telefoon/Telefoon01/Telefoonnummer": "TELEFOON (01)",
    "Telefoon/Telefoon01/Landnummer": "LANDNUMMER (01)",
    "Emailadres": "EMAILADRES",
}
PRODUCT = {"Product/Categorie": "PRODUCTCATEGORIE", "Product/Code": "PRODUCTCODE"}
SIZE = {"Omvang/Volume": "VOLUME", "Omvang/Eenheid": "EENHEID", "Omvang/Frequentie": "FREQUENTIE"}
PERIOD = {"Ingangsdatum": "INGANGSDATUM", "Einddatum": "EINDDATUM"}
SHORT_CLIENT = SHORT_NAME | {
    "Bsn": "BSN",
    "Clientnummer": "CLIENTNUMMER",
    "StatusAanlevering": "STATUS AANLEVERING RECORD",
}
DELIVERED = PRODUCT | {
    "Beschikkingnummer": "BESCHIKKINGNUMMER",
    "Aanbieder": "CODE AANBIEDER",
    "StatusAanlevering": "STATUS AANLEVERING RECORD",
}
CLIENT = "Clienten/Client"
DECISION = f"{CLIENT}/Beschikking"
# For each message type the elements of the twin, their records and their leaves.
LEAVES: dict[str, dict[str, tuple[str, dict[str, str]]]] = {
    "WMO301": {
        "Header": ("01", FROM_GEMEENTE),
        CLIENT: (
            "02",
            FULL_NAME
            | {
                "Bsn": "BSN",
                "GeheimeClient": "GEHEIME CLIENT",
                "Clientnummer": "CLIENTNUMMER",
                "Leefeenheid": "LEEFEENHEID",
            },
        ),
        f"{CLIENT}/Relaties/Relatie": (
            "03",
            FULL_NAME | {"Nummer": "RELATIENUMMER", "Soort": "SOORT RELATIE"},
        ),
        f"{CLIENT}/Relaties/Relatie/Adres": ("04", ADDRESS),
        f"{CLIENT}/Adressen/Adres": ("04", ADDRESS),
        DECISION: (
            "08",
            PERIOD | {"Beschikkingnummer": "BESCHIKKINGNUMMER", "Afgiftedatum": "AFGIFTEDATUM"},
        ),
        f"{DECISION}/BeschiktProducten/BeschiktProduct": ("09", PRODUCT | PERIOD | SIZE),
        f"{DECISION}/ToegewezenProducten/ToegewezenProduct": (
            "15",
            PRODUCT
            | PERIOD
            | SIZE
            | {
                "Aanbieder": "CODE AANBIEDER",
                "Gemeentecode": "GEMEENTECODE",
                "Toewijzingsdatum": "TOEWIJZINGSDATUM",
                "Toewijzingstijd": "TOEWIJZINGSTIJD",
                "RedenIntrekking": "REDEN INTREKKING",
            },
        ),
    },
    "WMO305": {
        "Header": ("01", TO_GEMEENTE),
        CLIENT: ("02", SHORT_CLIENT),
        f"{CLIENT}/StartProducten/StartProduct": (
            "07",
            DELIVERED
            | SIZE
            | {"Ingangsdatum": "INGANGSDATUM TOEWIJZING", "Begindatum": "BEGINDATUM LEVERING"},
        ),
    },
    "WMO307": {
        "Header": ("01", TO_GEMEENTE),
        CLIENT: ("02", SHORT_CLIENT),
        f"{CLIENT}/StopProducten/StopProduct": (
            "06",
            DELIVERED
            | {
                "Ingangsdatum": "INGANGSDATUM TOEWIJZING",
                "Begindatum": "BEGINDATUM LEVERING",
                "RedenBeeindiging": "REDEN BEEINDIGING",
                "Einddatum": "EINDDATUM",
            },
        ),
    },
    "WMO315": {
        "Header": ("01", TO_GEMEENTE),
        CLIENT: ("02", SHORT_CLIENT),
        f"{CLIENT}/Producten/Product": (
            "07",
            DELIVERED
            | SIZE
            | {
                "Ingangsdatum": "INGANGSDATUM BESCHIKKING",
                "Begindatum": "BEGINDATUM",
                "Verwijzer/Type": "CODE VERWIJZER",
                "Verwijzer/Naam": "NAAM VERWIJZER",
                "Raamcontract": "RAAMCONTRACT",
            },
        ),
    },
}
# What EI must fill and XML need not say, by its rule: the kind of record is the name of an element,
# the number its place, a key of what it stands in, and a count what can be counted. (The kind and
# the release are constants too, but the release stands in both.)
SAID_BY_PLACE = (
    "sequence 1..n over all detail records",
    "must equal its clientrecord",
    "must equal its beschikkingrecord; back: that of its Beschikking",
    "blank: address of the client; filled: of that relatie",
    "count of",
)
