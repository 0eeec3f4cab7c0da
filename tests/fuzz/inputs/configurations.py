"""Configurations as structures: every table and key that there is, with values right and odd."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.fuzz.inputs.toml_documents import quoted

# Nothing here does anything: what a configuration names is started.
PROGRAMS = ["true", "false", "./none", "/dev/null", "", ".", "ikeur-none --x", "'", "a\0b", "-x"]
WAYS: dict[str, list[Any]] = {
    "command": [*PROGRAMS, ["true"], ["false", "{input}", "{output}"], [], [1], ["true", "{x}"]],
    "stream": [*PROGRAMS, ["true"], ["false"], ["./none"]],
    "folder": [*PROGRAMS, "true {input} {output}", ["true", "{input}", "{output}"], "true {input}"],
    "url": ["http://127.0.0.1:9/", "http://[::1", "http://..:80/", "", "ftp://x/", "http://a b/",
            "http://127.0.0.1:99999/", "http://" + "a" * 300 + ".invalid/", "http://u:p@127.0.0.1:9/"],
    "python": ["json:loads", "none.at:all", "json:none", ":", "a:b:c", "", "../x:y", "os:getcwd"],
}  # fmt: skip
_STRANGE: list[Any] = [
    None, "", " ", "x", "WMO301", "wmo301", "JW321", "\0", "é", "x" * 3000, 0, 1, -1, 2**70, 0.5,
     1e-320, 86_400, 86_401, float("nan"), float("inf"), True, [], ["WMO301"], [[]], {}, {"a": 1},
     "2017-06-12", "afspraken.csv", "../ikeur.toml", ".", "/dev/null", "{input}", "\u202e",
]  # fmt: skip
ODD = st.sampled_from(_STRANGE)
KEYS: dict[str, dict[str, list[Any]]] = {
    "sut": {"name": ["ECD", ""], "version": ["1"], "messages": [["WMO305"], ["WMO305", "JW305"]]},
    "switch": {"overrides": ["afspraken.csv"]},
    "deviation": {
        "codes": [["FIELD-CUT"], ["SUT-CRASH"], ["field-lost"], ["RULE"]],
        "messages": [["WMO305"], ["JW322"]],
        "fields": [["02 NAAM"], ["Naam"], [""]],
        "reason": ["ticket 1", " "],
        "expires": ["2099-12-31", "0001-01-01", "9999-12-31"],
    },
}
OPERATIONS = ("convert", "respond", "gate")
_ONE_IN = 12


def _value(draw: DrawFn, known: list[Any]) -> Any:
    is_odd = draw(st.integers(0, _ONE_IN)) == 0
    return draw(ODD if is_odd else st.sampled_from(known))


def _table(draw: DrawFn, known: dict[str, list[Any]], needed: tuple[str, ...] = ()) -> list[str]:
    names = draw(st.lists(st.sampled_from([*known]), unique=True, max_size=len(known)))
    names = list(dict.fromkeys([*names, *needed]))
    if draw(st.integers(0, _ONE_IN)) == 0:
        names.append(draw(st.sampled_from(["x", "sut", "timeout", '""', "a.b"])))
    return [f"{name} = {_toml(_value(draw, known.get(name, [1])))}" for name in names]


def _toml(value: Any) -> str:
    if isinstance(value, str):
        is_day = len(value) == 10 and value[4:5] == "-"
        return value if is_day else quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_toml(item)}' for key, item in value.items())}}}"
    return (
        {None: "[]", True: "true"}.get(value, str(value)) if value in (None, True) else str(value)
    )


def _way(draw: DrawFn) -> list[str]:
    count = draw(st.sampled_from([1, 1, 1, 1, 0, 2]))
    ways = draw(st.lists(st.sampled_from([*WAYS]), min_size=count, max_size=count, unique=True))
    lines = [f"{way} = {_toml(_value(draw, WAYS[way]))}" for way in ways]
    if draw(st.booleans()):
        lines.append(f"timeout_s = {_toml(_value(draw, [1, 0.5, 2, 0.01]))}")
    if draw(st.integers(0, 4)) == 0:
        lines.append(f"python_exe = {_toml(_value(draw, ['/bin/false', './none', '']))}")
    return lines


@st.composite
def structures(draw: DrawFn) -> bytes:
    """A configuration that says anything which the tables and keys can be made to say."""
    lines: list[str] = []
    if draw(st.booleans()):
        lines += ["[sut]", *_table(draw, KEYS["sut"])]
    for operation in draw(st.lists(st.sampled_from(OPERATIONS), unique=True, max_size=3)):
        lines += [f"[sut.{operation}]", *_way(draw)]
    if draw(st.booleans()):
        lines += ["[switch]", *_table(draw, KEYS["switch"])]
    for _ in range(draw(st.integers(0, 2))):
        needed = ("codes", "reason", "expires")
        lines += ["[[deviation]]", *_table(draw, KEYS["deviation"], needed)]
    return "\n".join([*lines, ""]).encode(errors="surrogatepass")
