"""CSV that a spreadsheet reads as UTF-8, and in which no cell is a formula."""

from __future__ import annotations

import re

from reports.shared.visible import visible

# The byte order mark, without which spreadsheets do not assume UTF-8.
MARK = "\ufeff"
# Characters that start a formula at the start of a cell; a spreadsheet that does not split at
# commas sees cells in the middle of a text.
# begins one in the middle of a text.
_FORMULA = re.compile(r"""(^|[,;\t|])(?=[\s"']*[=+\-@＝＋－＠])""")


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", visible(text))
