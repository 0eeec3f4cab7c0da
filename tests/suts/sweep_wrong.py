"""Converters that refuse all that they must, but for what is wrong with one field."""

from __future__ import annotations

from tests.suts.spoiling import Convert, faithful


def _never_looks_at(*names: str) -> Convert:
    """A converter that makes a message of what is refused for one of some fields."""

    def convert(data: bytes, source: str, target: str) -> bytes:
        from schemas.errors import Refused

        try:
            return faithful(data, source, target)
        except Refused as error:
            if any(name in f"{error.where} {error.what}" for name in names):
                return b"99\r\n"
            raise

    return convert


categories = _never_looks_at("PRODUCTCATEGORIE", "Element 'ProductCategorie': [facet")
product_codes = _never_looks_at("PRODUCTCODE,", "PRODUCTCODE ", "Element 'ProductCode': [facet")
agb_codes = _never_looks_at("CODE AANBIEDER", "Element 'Aanbieder': [facet")
absent_bsns = _never_looks_at(
    ") BSN, columns 15-23", "Expected is ( Bsn )", "Element 'Bsn': [facet"
)
