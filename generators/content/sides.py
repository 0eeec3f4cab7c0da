"""The four sides of a content: its source in each release, and the expected result in each."""

from __future__ import annotations

# The message in each release; the 2.0 message expected from converting the 2.1 source, and the 2.1
# message expected from converting the 2.0 source.
SIDES = SOURCE_20, SOURCE_21, EXPECTED_20, EXPECTED_21 = range(4)
SOURCE = {"2.0": SOURCE_20, "2.1": SOURCE_21}
EXPECTED = {"2.0": EXPECTED_20, "2.1": EXPECTED_21}


class Values:
    """The values of one record or class on each side, by field name in 2.0 and by path in 2.1.

    `of` holds the sides by number; `cut` is the number of values that 2.0 truncates.
    """

    __slots__ = ("cut", "expected_20", "expected_21", "of", "source_20", "source_21")

    def __init__(self, of: tuple[dict[str, str], ...] | None = None, cut: int = 0) -> None:
        self.of = of or ({}, {}, {}, {})
        self.source_20, self.source_21, self.expected_20, self.expected_21 = self.of
        self.cut = cut
