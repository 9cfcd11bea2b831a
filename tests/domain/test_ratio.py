"""Rounding is never kind."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ratio import (
    ceil_decimal,
    ceil_percent,
    exact_percent,
    floor_decimal,
    floor_percent,
    percent_places,
)

ratios = st.fractions(min_value=-10, max_value=10, max_denominator=10**9)


def _rounded(ratio: Fraction, places: int, rounding: str) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(ratio.numerator) / Decimal(ratio.denominator)
        return exact.quantize(Decimal(1).scaleb(-places), rounding=rounding)


@given(ratios, st.integers(1, 12))
def test_floor_and_ceiling_equal_decimal_arithmetic(ratio: Fraction, places: int) -> None:
    assert Decimal(floor_decimal(ratio, places)) == _rounded(ratio, places, ROUND_FLOOR)
    assert Decimal(ceil_decimal(ratio, places)) == _rounded(ratio, places, ROUND_CEILING)


@given(ratios, st.sampled_from([Fraction(99, 100), Fraction(999, 1000), Fraction(9995, 10000)]))
def test_nothing_is_rounded_across_a_target(ratio: Fraction, target: Fraction) -> None:
    digits = floor_percent(ratio, percent_places(target)).removesuffix("%").replace("−", "-")
    shown = Fraction(digits.replace(",", "")) / 100
    assert (shown >= target) == (ratio >= target)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(floor_percent(Fraction(998999, 1000000), 2), "99.89%", id="99.8999 % is not 99.90 %"),
        pytest.param(floor_percent(Fraction(-1, 1000), 0), "−1%", id="a little overspent is overspent"),
        pytest.param(floor_percent(Fraction(-110, 1), 0), "−11,000%", id="a tiny budget far overspent"),
        pytest.param(ceil_percent(Fraction(99881, 100000), 2), "99.89%", id="the upper end of an interval"),
        pytest.param(exact_percent(Fraction(999, 1000)), "99.9%", id="a target is as it was written"),
        pytest.param(floor_decimal(Fraction(1), 12), "1", id="shorter where exact"),
        pytest.param(
            floor_decimal(1 - Fraction(2000, 25920), 12), "0.922839506172", id="the example of the interface"
        ),
    ],
)
def test_shown(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(("target", "places"), [("0.9", 2), ("0.99", 2), ("0.999", 2), ("0.9999", 3)])
def test_one_more_digit_than_the_target_at_least_two(target: str, places: int) -> None:
    assert percent_places(Fraction(target)) == places
