"""Columns of figures."""

from fractions import Fraction

from messages.columns import WIDTH, columns, exact
from messages.escaping import plain


def test_columns_are_as_wide_as_a_phone() -> None:
    lines = columns([("a label that is long", "1,000,000,000,000,000,000", "100%"), ("short", "−1")])
    assert lines == [
        "a label that is long",
        "       1,000,000,000,000,000,000  100%",
        "short                         −1",
    ]
    assert columns([(plain("a<b"), "1"), ("a&gt;bc", "10")]) == ["a&lt;b    1", "a&gt;bc  10"]
    assert columns([("&lt;" * 50, "1")])[0] == "&lt;" * (WIDTH - 1) + "…"


def test_exact_figures_of_a_column_have_the_same_digits() -> None:
    assert exact([Fraction(216, 5), -12, Fraction(-1, 20), 1_000]) == ["43.2 ", "−12   ", "−0.05", "1,000   "]
