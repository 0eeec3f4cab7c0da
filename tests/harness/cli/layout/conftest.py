"""The layout of some message types, as the command tells it to programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.cli.door import PASS, Done

Json = dict[str, Any]
Ikeur = Callable[..., Done]


@pytest.fixture
def shown(ikeur: Ikeur) -> Callable[..., Json]:
    """The layout of one message type, as JSON."""

    def of(message: str, *options: str) -> Json:
        done = ikeur("layout", message, *options, "--json")
        assert (done.code, done.told) == (PASS, "")
        (found,) = done.json["messages"]
        assert found["name"] == message
        return dict(found)

    return of
