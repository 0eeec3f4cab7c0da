"""What a report shows of a value can be read, and hides nothing."""

from __future__ import annotations

from reports.values import difference, excerpt, quoted, visible, visible_lines, visible_spaces


def test_no_character_stays_unseen() -> None:
    assert visible("a\x00b\x1b[0m") == "a⟨U+0000⟩b⟨U+001B⟩[0m"
    assert visible("a\u202eb\u00a0c") == "a⟨U+202E⟩b⟨U+00A0⟩c"
    assert visible("a\r\nb\nc") == "a↵b↵c"
    assert visible("\udc80\ufffe\x7f") == "⟨U+DC80⟩⟨U+FFFE⟩⟨U+007F⟩"


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
