"""Wilson's interval, against decimal arithmetic."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.interval import is_few, is_surely_below, wilson

shares = st.integers(1, 10**12).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def naive(good: int, total: int) -> tuple[Decimal, Decimal]:
    """The formula as it is printed, with 60 digits."""
    with localcontext() as context:
        context.prec = 60
        z, n, p = Decimal("1.959963984540054235524594430520"), Decimal(total), Decimal(good) / Decimal(total)
        spread = z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
        centre, scale = p + z * z / (2 * n), 1 + z * z / n
        return (centre - spread) / scale, (centre + spread) / scale


def as_decimal(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return Decimal(value.numerator) / Decimal(value.denominator)


@given(shares)
def test_it_is_the_formula_rounded_outwards(share: tuple[int, int]) -> None:
    good, total = share
    low, high = wilson(good, total)
    exact_low, exact_high = naive(good, total)
    slack = Decimal(10) ** -11
    assert exact_low - slack <= as_decimal(low) <= max(exact_low, Decimal(10) ** -50)
    assert min(exact_high, 1 - Decimal(10) ** -50) <= as_decimal(high) <= exact_high + slack


@given(shares)
def test_the_share_lies_inside(share: tuple[int, int]) -> None:
    good, total = share
    low, high = wilson(good, total)
    assert 0 <= low <= Fraction(good, total) <= high <= 1


@pytest.mark.parametrize(
    ("good", "total", "low", "high"),
    [
        pytest.param(10, 10, 0.7225, 1.0, id="nothing failed of ten: hardly anything is known"),
        pytest.param(0, 10, 0.0, 0.2775, id="all failed"),
        pytest.param(81, 263, 0.2553, 0.3662, id="Newcombe 1998, table I"),
        pytest.param(15, 148, 0.0624, 0.1605, id="Newcombe 1998, table I, second column"),
    ],
)
def test_known_intervals(good: int, total: int, low: float, high: float) -> None:
    assert [float(edge) for edge in wilson(good, total)] == pytest.approx([low, high], abs=0.00006)


@pytest.mark.parametrize(("good", "total"), [(0, 0), (2, 1), (-1, 1)])
def test_what_is_no_share_has_no_interval(good: int, total: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(good, total)


@pytest.mark.parametrize(("total", "few"), [(9_999, True), (10_000, False), (0, True)])
def test_few_events_are_those_of_which_hardly_any_may_fail(total: int, few: bool) -> None:
    assert is_few(total, Fraction(999, 1000)) is few


@given(
    shares,
    st.fractions(min_value=Fraction(1, 10**6), max_value=Fraction(999_999, 10**6), max_denominator=10**6),
)
def test_what_lies_surely_below_is_what_the_interval_says(share: tuple[int, int], target: Fraction) -> None:
    good, total = share
    high = wilson(good, total)[1]
    if high < target:
        assert is_surely_below(good, total, target)
    if is_surely_below(good, total, target):
        assert high < target + Fraction(1, 10**11)
