"""Builds the pools of names and addresses with Faker: `python -m generators.values.pools_build`.

The pools are checked in, so that generated messages do not depend on the version of Faker.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from faker import Faker

POOLS = Path(__file__).parent / "pools"
_SEED = 20170612
# Surname prefixes, which have a field of their own in the standards.
_PREFIXES = (
    "van der ",
    "van den ",
    "van de ",
    "van ",
    "de ",
    "den ",
    "der ",
    "ter ",
    "ten ",
    "'t ",
)


def _distinct(make: Callable[[], str], count: int, longest: int) -> list[str]:
    found: dict[str, None] = {}
    for _ in range(count * 50):
        text = make().strip()
        if text and len(text) <= longest and text.isascii():
            found.setdefault(text)
        if len(found) == count:
            break
    return sorted(found)


def _bare(name: str) -> str:
    for prefix in _PREFIXES:
        if name.lower().startswith(prefix):
            return name[len(prefix) :]
    return name


def pools(faker: Faker) -> dict[str, list[str]]:
    """Return the pools by name, each sorted and without duplicates."""
    return {
        "surnames": _distinct(lambda: _bare(faker.last_name()), 300, 25),
        "first_names": _distinct(faker.first_name, 200, 20),
        "streets": _distinct(faker.street_name, 200, 24),
        "towns": _distinct(faker.city, 200, 24),
        "words": _distinct(faker.word, 200, 14),
    }


def main() -> None:
    """Write the pools into the package."""
    faker = Faker("nl_NL", use_weighting=False)
    faker.seed_instance(_SEED)
    for name, values in pools(faker).items():
        (POOLS / f"{name}.txt").write_text("\n".join([*values, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
