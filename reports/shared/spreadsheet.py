"""CSV that a spreadsheet reads as UTF-8 and of which it runs nothing."""

from __future__ import annotations

import re

from reports.shared.visible import visible

# Spreadsheets take the file for UTF-8 by this only.
MARK = "\ufeff"
# With these a formula begins, at the start of a cell; a spreadsheet that does not cut by commas
# begins one in the middle of a text.
_FORMULA = re.compile(r"""(^|[,;\t|])(?=[\s"']*[=+\-@＝＋－＠])""")


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", visible(text))
