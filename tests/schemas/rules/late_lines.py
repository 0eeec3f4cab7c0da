"""Declared lines that end or begin after the invoice date, and what the rules say of each."""

from __future__ import annotations

# A line of 1 to 30 April in a declaration of 8 May 2017 about April, that ends or begins later:
# which breaks the rule about the declaration period too.
LINE = "Clienten/Client[1]/Prestaties/Prestatie[1]/ProductPeriode"
AT_LINE = f"/Bericht/{LINE}"
END_20, BEGIN_20 = ((4, "04", f"{which} PRODUCT", *columns) for which, columns in (
    ("EINDDATUM", (114, 121)), ("BEGINDATUM", (106, 113)),
))  # fmt: skip
LATE = {
    "ends in 2.1": (
        "2.1", {f"{LINE}/Einddatum": "2017-05-09"},
        {("TR137", f"{AT_LINE}/Einddatum", "8178"), ("TR319", f"{AT_LINE}/Einddatum", "")},
    ),
    "ends in 2.0": (
        "2.0", {"4 EINDDATUM PRODUCT": "20170509"},
        {("TR137", END_20, "8178"), ("TR319", END_20, "8007")},
    ),
    "begins in 2.1": (
        "2.1", {f"{LINE}/Begindatum": "2017-05-09", f"{LINE}/Einddatum": "2017-05-09"},
        {
            ("TR137", f"{AT_LINE}/Begindatum", "8177"), ("TR137", f"{AT_LINE}/Einddatum", "8178"),
            ("TR319", f"{AT_LINE}/Einddatum", ""),
        },
    ),
    "begins in 2.0": (
        "2.0", {"4 BEGINDATUM PRODUCT": "20170509", "4 EINDDATUM PRODUCT": "20170509"},
        {("TR137", BEGIN_20, "8177"), ("TR137", END_20, "8178"), ("TR319", END_20, "8007")},
    ),
}  # fmt: skip
