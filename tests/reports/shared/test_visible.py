"""What a report shows of a value can be read, and hides nothing."""

from __future__ import annotations

import json

from reports.shared.visible import (
    difference,
    excerpt,
    printed,
    quoted,
    visible,
    visible_json,
    visible_lines,
    visible_spaces,
)


def test_no_character_stays_unseen() -> None:
    assert visible("a\x00b\x1b[0m") == "a⟨U+0000⟩b⟨U+001B⟩[0m"
    assert visible("a\u202eb\u00a0c") == "a⟨U+202E⟩b⟨U+00A0⟩c"
    assert visible("a\r\nb\nc") == "a↵b↵c"
    assert visible("\udc80\ufffe\x7f") == "⟨U+DC80⟩⟨U+FFFE⟩⟨U+007F⟩"


def test_letters_of_which_nothing_is_seen_are_shown() -> None:
    assert visible("a\u3164b\ufe0f\U000e0101") == "a⟨U+3164⟩b⟨U+FE0F⟩⟨U+E0101⟩"
    assert visible("\u200b\ufeff\u2066\u2028\u00ad") == "⟨U+200B⟩⟨U+FEFF⟩⟨U+2066⟩⟨U+2028⟩⟨U+00AD⟩"


def test_what_is_shown_is_shown_the_same_again() -> None:
    for text in ("a\u3164b\x1b", "::error::x", " ##[group]", "##vso[x]"):
        assert visible(visible(text)) == visible(text)
        assert printed(printed(text)) == printed(text)


def test_json_shows_every_character_and_says_the_same() -> None:
    value = {"a\u202e": ["\x7f\x9b\u3164\n\U000e0001", "Zoë 👍"]}
    text = visible_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value
    assert "Zoë 👍" in text
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "\u3164" not in text


def test_no_line_of_others_is_a_command_to_a_log() -> None:
    assert printed("::error::x") == "› ::error::x"
    assert printed("  ::error::x") == "›   ::error::x"
    assert printed("a ##[group]x ##vso[y] ##teamcity[z]") == (
        "a ## [group]x ## vso[y] ## teamcity[z]"
    )
    assert printed("std::string, ## heading") == "std::string, ## heading"
    assert visible_lines("one\n::error::x") == "one\n› ::error::x"


def test_readable_text_stays_as_it_is() -> None:
    assert visible("Zoë 👍 | <b>") == "Zoë 👍 | <b>"


def test_lines_of_a_reason_stay_lines() -> None:
    assert visible_lines("one\r\n\ttwo\x07\n") == "one\n        two⟨U+0007⟩"


def test_spaces_that_matter_become_dots() -> None:
    assert visible_spaces(" Berg ") == "·Berg·"
    assert visible_spaces("a  b c") == "a··b c"


def test_a_quoted_value_shows_its_ends() -> None:
    assert quoted("Berg ", "(nothing)") == '"Berg "'
    assert quoted("", "(nothing)") == "(nothing)"


def test_an_excerpt_holds_the_first_difference() -> None:
    expected, actual = excerpt("x" * 5000 + "A" + "y" * 5000, "x" * 5000 + "B", most=100)
    assert "A" in expected
    assert "B" in actual
    assert max(len(expected), len(actual)) <= 102
    assert expected.startswith("…")
    assert expected.endswith("…")


def test_a_short_value_is_not_cut() -> None:
    assert excerpt("abc", "abd") == ("abc", "abd")


def test_the_difference_is_what_only_one_side_has() -> None:
    assert difference("van den Berg", "van den") == ("van den", " Berg", "", "")
    assert difference("12-06-2017", "12-07-2017") == ("12-0", "6", "7", "-2017")
    assert difference("same", "same") == ("same", "", "", "")


def test_two_quite_different_texts_share_nothing() -> None:
    assert difference("digits", "doorlopend") == ("", "digits", "doorlopend", "")
