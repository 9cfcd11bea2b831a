"""People's text: it never pings, formats, reorders or hides anything."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.escaping import plain, sentence

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("checkout-availability", "checkout-availability", id="an ordinary name stays"),
        pytest.param("card_auth_rate", "card_auth_rate", id="underscores inside a word stay"),
        pytest.param("_sly_", "ˍslyˍ", id="underscores at its edges do not slant it"),
        pytest.param("<!channel>", "&lt;!channel&gt;", id="nobody is pinged"),
        pytest.param("<@U0A1> & co", "&lt;@U0A1&gt; &amp; co", id="no mention, no entity"),
        pytest.param("*bold* ~gone~ `code`", "∗bold∗ ∼gone∼ ˋcodeˋ", id="no formatting"),
        pytest.param(":white_check_mark: met", "∶white_check_mark: met", id="no borrowed emoji"),
        pytest.param("a: b", "a: b", id="a colon stays"),
        pytest.param("gnp.\u202eexe", "gnp.exe", id="no override of direction"),
        pytest.param("a\u200bb\ufeff", "ab", id="nothing invisible"),
        pytest.param("two\n\n> lines\t\x00here", "two &gt; lines here", id="one line"),
        pytest.param("בדיקה", "\u2068בדיקה\u2069", id="right to left keeps to itself"),
        pytest.param("half \ud83d", "half \ufffd", id="half an emoji can be sent"),
        pytest.param("🚀 rocket", "🚀 rocket", id="a 4-byte emoji stays"),
        pytest.param(" \u202e\x00 ", "?", id="nothing is left of it"),
    ],
)
def test_a_text_reads_as_written_and_does_nothing(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("ab cdefg", 4, "ab…"),
        ("🚀" * 9, 4, "🚀🚀🚀…"),
        (FAMILY * 2, 7, f"{FAMILY}…"),
        ("ae\u0301" * 9, 3, "a…"),
        ("&" * 9, 4, "&amp;&amp;&amp;…"),
    ],
)
def test_a_long_text_ends_with_dots_and_no_half_letter(text: str, most: int, shown: str) -> None:
    assert plain(text, most) == shown


def test_a_sentence_of_ours_keeps_its_formatting_and_lines() -> None:
    assert sentence("No `a` here.\n*Try* <!here>\r") == "No `a` here.\n*Try* &lt;!here&gt;"


@given(st.text(alphabet=st.characters()))
def test_no_text_ever_does_anything(text: str) -> None:
    shown = plain(text)
    assert shown.strip()
    assert not set("<>*~`\n\u202e\u202d") & set(shown)
    assert "Cc" not in {unicodedata.category(character) for character in shown}
    assert len(shown) <= 5 * 80 + 2
