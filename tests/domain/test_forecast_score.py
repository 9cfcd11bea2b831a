"""How good forecasts and warnings were."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.forecast import Forecast, MethodName
from domain.forecast_score import (
    Breached,
    Fifth,
    Foretold,
    Hits,
    Warned,
    brier,
    hits,
    linear_pace_brier,
    ratio,
    reliability,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def window(*probabilities: float, pace: int = 0, breached: bool = False) -> Foretold:
    told = [Forecast(NOON, NOON, each, MethodName.OWN_PAST, {}, pace, False) for each in probabilities]
    return Foretold(told, breached)


MANY = [
    window(0.8, 0.9, breached=True),
    window(0.4, 0.1),
    window(0.6, pace=1),
    window(0.3, breached=True),
] * 5


def test_brier_scores() -> None:
    told = [window(0.8, 0.9, breached=True), window(0.5, pace=1)]
    assert brier(told) == pytest.approx((0.04 + 0.01 + 0.25) / 3)
    assert linear_pace_brier(told) == pytest.approx(1)
    assert brier([]) is None


def test_a_ratio_has_an_interval_around_it_that_is_always_the_same() -> None:
    found = ratio(MANY)
    assert found is not None
    assert found.value == pytest.approx((0.04 + 0.01 + 0.16 + 0.01 + 0.36 + 0.49) / 4)
    assert found.low < found.value < found.high
    assert ratio(MANY) == found


def test_more_windows_make_the_interval_narrower() -> None:
    few, many = ratio(MANY), ratio(MANY * 4)
    assert few is not None
    assert many is not None
    assert many.high - many.low < 0.7 * (few.high - few.low)


@pytest.mark.parametrize(
    "told",
    [pytest.param([], id="no window"), pytest.param([window(0.3)], id="linear pace was always right")],
)
def test_no_ratio_to_nothing(told: list[Foretold]) -> None:
    assert ratio(told) is None


def test_where_pace_is_nearly_always_right_the_interval_has_no_upper_end() -> None:
    found = ratio([window(0.1)] * 20 + [window(0.5, breached=True)])
    assert found is not None
    assert found.high == float("inf")


def test_reliability_by_fifth() -> None:
    found = reliability([window(0.125, 0.1875), window(0.2, breached=True), window(1.0, breached=True)])
    assert found == (Fifth(2, 0.15625, 0.0), Fifth(1, 0.2, 1.0), None, None, Fifth(1, 1.0, 1.0))


def test_what_warnings_were_worth() -> None:
    warnings = [Warned(NOON, True), Warned(NOON, True), Warned(NOON, False)]
    breaches = [
        Breached(NOON + timedelta(hours=10), NOON, 0.3),
        Breached(NOON + timedelta(hours=20), NOON, 0.8),
        Breached(NOON, None, 0.76),
        Breached(NOON, None, 0.75),
    ]
    assert hits(warnings, breaches) == Hits(2, 2, 1, 2 / 3, 0.5, 15.0, 0.5)


def test_nothing_to_divide_by() -> None:
    assert hits([], []) == Hits(0, 0, 0, None, None, None, None)
