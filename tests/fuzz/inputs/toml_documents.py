"""Configurations that are a little wrong, or still right."""

from __future__ import annotations

import json
import random
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

PUBLISHED = """\
[sut]
name = "Voorbeeld-ECD"
version = "4.2.0"
messages = ["WMO301", "WMO305"]

[sut.convert]
command = ["./convert", "--from", "{from}", "--to", "{to}", "{input}", "{output}"]
timeout_s = 10
"""
KEYS = {
    "sut": ["name", "version", "messages", "convert"],
    "sut.convert": ["command", "stream", "python", "python_exe", "timeout_s"],
    "switch": ["overrides"],
    "deviation": ["codes", "messages", "fields", "reason", "expires"],
}
ODD_KEYS = ['""', '"a.b"', "'é'", "convert.command", "sut", "__class__", "x" * 300, '"\\u0000"']
TEXTS = st.text(max_size=20) | st.sampled_from(
    ["", " ", "'", '"', "a 'b", "./a b", "\0", "a\0b", "package.module:function", "WMO301", "\\",
     "{from}", "{", "{}", "\u2028", "\ufeff", "x" * 5_000]
)  # fmt: skip
NUMBERS = ["0", "-0", "10", "1_0", "0.5", "1e400", "-1e400", "inf", "-inf", "nan", "86400", "86401",
           "0x10", "0b1", "1" + "0" * 400, "9" * 5_000, "1." + "0" * 5_000 + "1", "true", "false",
           "1979-05-27", "1979-05-27T07:32:00Z", "1979-13-27", "07:32:00", "24:00:00",
           "0001-01-01T00:00:00-23:59", "+1", "01", "1__0", ""]  # fmt: skip


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


SCALARS = st.one_of(
    TEXTS.map(quoted),
    TEXTS.map(lambda text: f"'{text}'"),
    TEXTS.map(lambda text: f'"""{text}"""'),
    st.sampled_from(NUMBERS),
    st.floats().map(str),
    st.integers().map(str),
)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    table = st.tuples(st.sampled_from([*KEYS["sut"], *ODD_KEYS]), inner).map(
        lambda pair: f"{{ {pair[0]} = {pair[1]} }}"
    )
    return table | st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")


DEEP = st.tuples(st.sampled_from(["[", "{a=", "{a=["]), st.sampled_from([3, 50, 500, 20_000])).map(
    lambda pair: pair[0] * pair[1]
)
VALUES = st.one_of(SCALARS, SCALARS, st.recursive(SCALARS, _nested, max_leaves=6), DEEP)
HEADS = ["[sut]", "[sut.convert]", "[[deviation]]", "[[sut]]", "[sut.convert.more]", "[other]",
         "[sut", "[]", "[sut]]", "[ sut . convert ]", "", "[" + "a." * 5_000 + "a]",
         "a." * 40_000]  # fmt: skip
ENDS = st.sampled_from(["\n"] * 40 + ["\r\n", "\r", "", " # comment\n", "\0\n"])


@st.composite
def documents(draw: DrawFn) -> bytes:
    """Tables with known keys and others, and values of any kind."""
    parts: list[str] = []
    for name in draw(st.lists(st.sampled_from(sorted(KEYS)), max_size=4)):
        head = draw(st.sampled_from([f"[{name}]"] * 30 + HEADS))
        parts += [head, draw(ENDS)]
        keys = st.sampled_from([*KEYS[name] * 4, *ODD_KEYS])
        for key in draw(
            st.lists(keys, max_size=3, unique=draw(st.sampled_from([True, True, False])))
        ):
            parts += [f"{key} = {draw(VALUES)}", draw(ENDS)]
    return "".join(parts).encode("utf-8", "surrogatepass")


def _valid_values(key: str) -> st.SearchStrategy[Any]:
    words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)
    if key == "timeout_s":
        return st.integers(1, 86_400) | st.floats(0.001, 86_400)
    if key in ("name", "version"):
        return _LABELS
    return words if key == "python" else st.lists(words, max_size=3)


# A name or a version is shown in every report as it is.
_LABELS = st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "S"]), max_size=100)


@st.composite
def valid(draw: DrawFn) -> tuple[bytes, dict[str, Any]]:
    """A configuration that is in order, and what it says."""
    says: dict[str, Any] = {
        key: draw(_valid_values(key)) for key in draw(st.sets(st.sampled_from(KEYS["sut"][:3])))
    }
    way = draw(st.sampled_from(["command", "stream", "python"]))
    value = draw(_valid_values(way)) or ["./convert"]
    timeout = draw(st.none() | _valid_values("timeout_s"))
    lines = ["[sut]", *(f"{key} = {_toml(value)}" for key, value in says.items()), "[sut.convert]"]
    lines += [f"{way} = {_toml(value)}"]
    lines += [f"timeout_s = {timeout}"] if timeout is not None else []
    return "\n".join([*lines, ""]).encode(), says | {"way": way, "value": value, "timeout": timeout}


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(quoted, value))}]"
    return quoted(value)


@st.composite
def wounded(draw: DrawFn) -> bytes:
    """The published configuration with bytes put in, taken out or moved."""
    data = bytearray(PUBLISHED.encode())
    chance: random.Random = draw(st.randoms(use_true_random=False))
    for _ in range(draw(st.integers(1, 4))):
        at = chance.randrange(len(data) + 1)
        part = data[at : at + chance.randrange(1, 60)]
        if chance.random() < 0.5:
            del data[at : at + len(part)]
        place = chance.randrange(len(data) + 1)
        data[place:place] = chance.choice(
            [part, b"[", b'"', b"'", b"\n", b"=", b".", b"\xff", b"#"]
        )
    return bytes(data)
