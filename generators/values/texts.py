"""Generators of texts: names, addresses and comments, some very short, very long or accented."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from generators.values.draw import Draw, pool
from generators.values.specs import Spec

_EXTREME = 0.05
_CUT = 0.06
_PARTICULAR = 0.15
COMMENT_LENGTHS = (1, 139, 140, 141, 420)
_LINE = 140
_INITIALS = "ABCDEFGHIJKLMNOPRSTVWZ"
# The words that sentences are cut of, and the room that the longest sentence needs.
_WORDS, _LONGEST = 3000, 2100


def _stretched(draw: Draw, text: str, length: int) -> str:
    """Return a text of an exact length that does not end in a space."""
    while len(text) < length:
        text = f"{text} {draw.pick(pool('surnames'))}"
    text = text[:length]
    return f"{text[:-1]}x" if text.endswith(" ") else text


def _bounded(draw: Draw, spec: Spec, text: str) -> str:
    """Return a text within its bounds, occasionally at one of them."""
    share = draw.random()
    if share < _EXTREME:
        return text[: max(spec.shortest, 1)]
    if share < 2 * _EXTREME:
        return _stretched(draw, text, spec.longest)
    if share < 2 * _EXTREME + _CUT and spec.cut_length:
        between = draw.between(spec.longest + 1, spec.cut_length)
        return _stretched(draw, text, draw.pick((spec.longest + 1, between, spec.cut_length)))
    return text if len(text) <= spec.longest else _stretched(draw, text, spec.longest)


def surname(draw: Draw, spec: Spec) -> str:
    """A surname, some with an apostrophe, hyphen or accent."""
    if spec.longest > 100 and draw.chance(0.02):
        return draw.pick(pool("surnames_outside_latin1"))
    names = pool("particular_surnames" if draw.chance(_PARTICULAR) else "surnames")
    return _bounded(draw, spec, draw.pick(names))


def first_names(draw: Draw, spec: Spec) -> str:
    """One or two first names."""
    names = pool("first_names")
    name = draw.pick(names)
    return _bounded(draw, spec, name if draw.chance(0.5) else f"{name} {draw.pick(names)}")


def initials(draw: Draw, spec: Spec) -> str:
    """Initials: letters only, without dots."""
    count = draw.pick((1, 1, 2, 2, 3, spec.longest))
    rest, found = int(draw.random() * len(_INITIALS) ** count), ""
    while len(found) < count:
        rest, place = divmod(rest, len(_INITIALS))
        found += _INITIALS[place]
    return found


def prefix(draw: Draw, spec: Spec) -> str:
    """A prefix of a surname."""
    if draw.chance(_EXTREME):
        return "'"[: spec.longest] if draw.chance(0.5) else "van van de"[: spec.longest]
    return draw.pick(pool("prefixes"))[: spec.longest]


def street(draw: Draw, spec: Spec) -> str:
    """A street."""
    return _bounded(draw, spec, draw.pick(pool("streets")))


def town(draw: Draw, spec: Spec) -> str:
    """A town."""
    return _bounded(draw, spec, draw.pick(pool("towns")))


def postcode(draw: Draw, spec: Spec) -> str:
    """A postcode, mostly Dutch."""
    if draw.chance(0.1):
        return draw.digits(draw.pick((1, 4, 5, spec.longest)))
    return f"{draw.between(1000, 9999)}{draw.pick('ABCDEGHJKLMNP')}{draw.pick('ABCDEGHJKLMNP')}"


def organisation(draw: Draw, spec: Spec) -> str:
    """A fictitious care organisation."""
    kind = draw.pick(("Zorggroep", "Stichting", "Thuiszorg", "Wijkteam", "Hulp & Thuis"))
    return _bounded(draw, spec, f"{kind} {draw.pick(pool('towns'))}")


def referrer(draw: Draw, spec: Spec) -> str:
    """The referrer of a client."""
    return _bounded(draw, spec, f"Huisarts {draw.pick(pool('surnames'))}")


def email(draw: Draw, spec: Spec) -> str:
    """An e-mail address in a reserved domain."""
    name = draw.pick(pool("first_names")).lower().replace(" ", ".")
    if draw.chance(_EXTREME):
        return name[0]
    longest = spec.cut_length if spec.cut_length and draw.chance(_CUT) else spec.longest
    text = f"{name}{draw.number()}@voorbeeld.example"
    return text.rjust(longest, "a") if draw.chance(_EXTREME * 2) else text[:longest]


def phone(draw: Draw, spec: Spec) -> str:
    """A telephone number: digits only."""
    if draw.chance(_EXTREME):
        return draw.digits(draw.pick((1, spec.longest)))
    return f"0{draw.pick(('20', '53', '6'))}{draw.digits(7)}"


def country_number(draw: Draw, spec: Spec) -> str:
    """A country calling code."""
    if draw.chance(_EXTREME):
        return "1"
    return draw.pick(("0031", "0032", "0049", "0090"))[: spec.longest]


def language(draw: Draw, spec: Spec) -> str:
    """A language."""
    return _bounded(draw, spec, draw.pick(pool("languages")))


def letter(draw: Draw, _: Spec) -> str:
    """A house letter."""
    return draw.pick("ABCDEFabcdef")


def addition(draw: Draw, spec: Spec) -> str:
    """A house number addition."""
    return draw.pick(("1", "2", "bis", "rood", "I-II", "hs"))[: spec.longest]


def words(draw: Draw, spec: Spec) -> str:
    """A few words."""
    return _bounded(draw, spec, draw.pick(pool("words")).capitalize())


@cache
def _prose() -> str:
    """Return words without end or meaning, of which sentences are cut."""
    draw = Draw(0, "prose", 0)
    names = ("particular_words" if draw.chance(_PARTICULAR) else "words" for _ in range(_WORDS))
    return " ".join(draw.pick(pool(name)) for name in names)


def sentence(draw: Draw, length: int) -> str:
    """Return words of a total length, at most 2,000 characters."""
    prose = _prose()
    start = prose.index(" ", draw.between(0, len(prose) - _LONGEST)) + 1
    return prose[start : start + length]


def comment(draw: Draw, _: Spec) -> str:
    """A comment: short, or long enough to take several lines of 140 characters."""
    length = draw.pick(COMMENT_LENGTHS) if draw.chance(0.5) else draw.between(2, 300)
    text = sentence(draw, length)
    if length > _LINE + 1 and draw.chance(0.4):
        # Put a space at the end of a line or at the start of the next.
        place = _LINE - draw.between(0, 1)
        text = f"{text[: place - 1]}x {text[place + 1 :]}"
        text = f"{text[: place + 1]}y{text[place + 2 :]}"
    return f"{text[:-1]}." if text.endswith(" ") else text


DOMAINS: dict[str, Callable[[Draw, Spec], str]] = {
    function.__name__: function
    for function in (
        surname, first_names, initials, prefix, street, town, postcode, organisation,
        referrer, email, phone, country_number, language, letter, addition, words, comment,
    )
}  # fmt: skip
