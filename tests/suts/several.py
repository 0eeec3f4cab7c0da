"""Faulty converters put together: `tests.suts.several:NAME__and__NAME`.

A name is that of a faulty converter or of a mutant; the first spoils what the second writes.
"""

from __future__ import annotations

from tests.suts.spoiling import Convert, combined

AND = "__and__"


def __getattr__(name: str) -> Convert:
    if name.startswith("__"):
        raise AttributeError(name)
    return combined([one(part) for part in name.split(AND)])


def one(name: str) -> Convert:
    """A faulty converter or a mutant by its name."""
    from tests.suts import faulty, mutants

    found: Convert = getattr(faulty, name, None) or getattr(mutants, name)
    return found
