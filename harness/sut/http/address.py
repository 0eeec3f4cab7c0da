"""Validates the addresses of servers."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import SplitResult, urlsplit

_MOST_OF_ADDRESS, _MOST_OF_HOST = 2000, 253
_PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.%\w]*)\]|([^\[\]:@]*))(?::([0-9]*))?", re.ASCII)
_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*", re.ASCII)
_CREDENTIALS = re.compile(r"//[^/?#]*@")


def parts(address: str, schemes: Collection[str]) -> SplitResult | None:
    """Parse an address; returns None for another scheme or an invalid server.

    Credentials are not allowed, as reports show the address.
    """
    if len(address) > _MOST_OF_ADDRESS or not all("!" <= letter <= "~" for letter in address):
        return None
    try:
        found = urlsplit(address)
        port = found.port
    except ValueError:
        return None
    place = _PLACE.fullmatch(found.netloc)
    is_good = place is not None and port != 0 and found.scheme in schemes
    return found if is_good and place and _is_host(place[1], place[2]) else None


def shown(address: str) -> str:
    """An address without credentials."""
    return _CREDENTIALS.sub("//…@", address)


def _is_host(six: str | None, name: str | None) -> bool:
    if six is not None:
        return _is_of(IPv6Address, six)
    labels = (name or "").removesuffix(".").split(".")
    if len(name or "") > _MOST_OF_HOST or not all(map(_LABEL.fullmatch, labels)):
        return False
    return not _NUMBER.fullmatch(labels[-1]) or _is_of(IPv4Address, name or "")


def _is_of(kind: type[IPv4Address | IPv6Address], text: str) -> bool:
    try:
        kind(text)
    except AddressValueError:
        return False
    return True
