"""The synthetic region: municipalities, providers and their clients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generators.content.sides import SOURCE_20
from generators.message import generate
from generators.values.draw import Draw
from harness.suites.rehearsal.tables import client_origin
from schemas.facts.catalogue import catalogue
from schemas.header.locations import AANBIEDER, GEMEENTE, places
from schemas.header.parties import party_of
from schemas.switch.overrides import Override

_MUNICIPALITIES, _PROVIDERS = 5, 12


@dataclass(frozen=True)
class Dossier:
    """A client of the region, by BSN, with the codes of its municipality and provider."""

    person: str
    gemeente: str
    aanbieder: str

    @property
    def parties(self) -> tuple[str, str]:
        """The codes of the municipality and the provider."""
        return self.gemeente, self.aanbieder


@cache
def region(opening: str, seed: int, agreed: tuple[Override, ...]) -> dict[str, tuple[str, ...]]:
    """The codes of the region by party, including the partners with a moved deadline."""
    numbers = {GEMEENTE: _MUNICIPALITIES, AANBIEDER: _PROVIDERS}
    keys = {item.role: item.key for item in places(opening, "2.0")}
    found: dict[str, list[str]] = {
        party: [item.partner for item in agreed if party_of(item.partner) == party]
        for party in numbers
    }
    for party, number in numbers.items():
        for index in range(number):
            header = generate(catalogue().one(opening), seed, index).values.of[SOURCE_20]
            found[party].append(header[keys[party]])
    return {party: tuple(dict.fromkeys(codes)) for party, codes in found.items()}


@cache
def dossier(name: str, seed: int, number: int, agreed: tuple[Override, ...]) -> Dossier:
    """The client with a number, for the standard of a message type."""
    origin = client_origin(name)
    codes = region(origin.opening, seed, agreed)
    gemeenten, aanbieders = codes[GEMEENTE], codes[AANBIEDER]
    opening = generate(catalogue().one(origin.opening), seed, number)
    client = next(item for item in opening.walk() if item.record == origin.record)
    draw = Draw(seed, f"{origin.opening}/dossier", number)
    return Dossier(
        client.values.of[SOURCE_20][origin.field],
        gemeenten[draw.between(0, len(gemeenten) - 1)],
        aanbieders[draw.between(0, len(aanbieders) - 1)],
    )
