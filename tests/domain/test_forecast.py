"""The days clock: probabilities, the method by record, and the edges of what can be known."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forecast import Forecast, MethodName, Record, forecast, linear_pace
from domain.forecast_enough import enough
from domain.outlook import DayLoss, Outlook

NOON = datetime(2026, 11, 20, tzinfo=UTC)
TODAY = (NOON - datetime(1970, 1, 1, tzinfo=UTC)).days
EMPTY = Record()


def history(*bad: int, total: int = 1_440) -> list[DayLoss]:
    return [DayLoss(TODAY - len(bad) + number, each, total) for number, each in enumerate(bad)]


def outlook(
    days: list[DayLoss],
    *,
    held: float = 0.0,
    horizon: float = 10.0,
    elapsed: float = 20.0,
    falling: tuple[float, ...] | None = None,
) -> Outlook:
    """A month at 99 %: a wholly bad day costs 3.3 budgets."""
    whole = falling or (held,) * (int(horizon) + 1)
    end = NOON + timedelta(days=len(whole) - 1)
    return Outlook(NOON, end, days, whole, horizon, elapsed, 1 / 0.3, elapsed + horizon, falling is not None)


CLEAN = history(*[0] * 200)
MONTHLY = history(*([0] * 29 + [500]) * 8)
DRIP = history(*[14, 15, 13] * 70)


def told(probability: float, method: MethodName = MethodName.OWN_PAST) -> Forecast:
    """A forecast of which the method named said this and all others one half."""
    by_method = dict.fromkeys(MethodName, 0.5) | {method: probability}
    return Forecast(NOON, NOON + timedelta(days=30), probability, method, by_method, 0, False)


def recorded(good: MethodName, windows: int) -> Record:
    record = EMPTY
    for _ in range(windows):
        record = record.after([told(1.0, good)] * 30, True)
    return record


@pytest.mark.parametrize(
    ("held", "elapsed", "wanted"),
    [
        pytest.param(0.66, 20.0, 0, id="just under the pace"),
        pytest.param(0.67, 20.0, 1, id="just over the pace"),
        pytest.param(0.0, 0.0, 0, id="the first instant"),
        pytest.param(1.01, 0.0, 1, id="breached already"),
    ],
)
def test_linear_pace(held: float, elapsed: float, wanted: int) -> None:
    assert linear_pace(outlook(CLEAN, held=held, horizon=30 - elapsed, elapsed=elapsed)) == wanted


@pytest.mark.parametrize(
    ("falling", "wanted"),
    [
        pytest.param((0.9,) * 8, 1, id="nothing leaves the window"),
        pytest.param((0.9, *[0.2] * 7), 0, id="most of it leaves tomorrow"),
        pytest.param((0.99, 0.98, *[0.2] * 6), 1, id="over tomorrow, under later"),
    ],
)
def test_linear_pace_of_a_rolling_window(falling: tuple[float, ...], wanted: int) -> None:
    assert linear_pace(outlook(CLEAN, falling=falling, horizon=7.0, elapsed=30.0)) == wanted


def test_a_month_that_often_has_a_big_incident_is_in_danger_however_clean_it_is() -> None:
    found = forecast(outlook(MONTHLY, horizon=30.0, elapsed=0.0), EMPTY)
    assert 0.4 < found.probability < 0.85
    assert found.linear_pace == 0
    assert found.method is MethodName.OWN_PAST


def test_the_less_is_left_and_the_longer_it_takes_the_likelier() -> None:
    by_held = [forecast(outlook(MONTHLY, held=held), EMPTY).probability for held in (0.0, 0.5, 0.9, 1.0)]
    by_days = [forecast(outlook(MONTHLY, horizon=days), EMPTY).probability for days in (1.0, 5.0, 10.0, 20.0)]
    assert by_held == sorted(by_held)
    assert by_days == sorted(by_days)


@pytest.mark.parametrize(
    ("held", "low", "high"),
    [
        pytest.param(0.5, 0.0, 0.02, id="ten days cost a third, a half is left"),
        pytest.param(0.9, 0.97, 1.0, id="ten days cost a third, a tenth is left"),
    ],
)
def test_what_drips_steadily_is_foretold_as_steadily(held: float, low: float, high: float) -> None:
    assert low <= forecast(outlook(DRIP, held=held), EMPTY).probability <= high


def test_a_rolling_window_is_likelier_to_hold_when_old_losses_leave_it() -> None:
    staying = forecast(outlook(MONTHLY, falling=(0.95,) * 8, horizon=7.0, elapsed=30.0), EMPTY)
    leaving = forecast(outlook(MONTHLY, falling=(0.95, *[0.0] * 7), horizon=7.0, elapsed=30.0), EMPTY)
    assert leaving.probability < staying.probability
    drip = forecast(outlook(DRIP, falling=tuple(0.99 - 0.05 * day for day in range(8)), horizon=7.0), EMPTY)
    assert drip.probability < 0.2


def test_a_day_without_news_changes_little() -> None:
    days = [
        forecast(outlook(MONTHLY + history(*[0] * after), horizon=20.0 - after), EMPTY) for after in range(15)
    ]
    changes = [abs(one.probability - other.probability) for one, other in pairwise(days)]
    assert max(changes) < 0.08


def test_too_little_history_goes_by_the_pace_of_the_last_week() -> None:
    quiet = forecast(outlook(history(*[0] * 12)), EMPTY)
    bad = forecast(outlook(history(*[0] * 5, *[100] * 7)), EMPTY)
    assert (quiet.is_thin, quiet.method, quiet.probability) == (True, MethodName.RECENT_PACE, 0.0)
    assert (bad.is_thin, bad.probability) == (True, 1.0)
    assert not forecast(outlook(history(*[0] * 30)), EMPTY).is_thin


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        pytest.param(outlook([]), 0.0, 0.0, id="no day at all"),
        pytest.param(outlook(CLEAN), 0.0, 0.05, id="all days clean"),
        pytest.param(outlook(CLEAN, held=1.0), 0.0, 0.1, id="exactly nothing left, all days clean"),
        pytest.param(outlook(DRIP, held=1.0), 0.999, 1.0, id="exactly nothing left, and it drips"),
        pytest.param(outlook(MONTHLY, horizon=0.0), 0.0, 0.0, id="no day to go"),
        pytest.param(outlook(MONTHLY, held=1.2, horizon=0.0), 1.0, 1.0, id="no day to go, and overspent"),
        pytest.param(outlook(CLEAN, held=1.01), 1.0, 1.0, id="overspent"),
        pytest.param(outlook(history(*[1_440] * 90)), 1.0, 1.0, id="all days wholly bad"),
        pytest.param(outlook(CLEAN, horizon=0.25), 0.0, 0.01, id="a quarter of a day to go"),
    ],
)
def test_edges(given: Outlook, low: float, high: float) -> None:
    assert low <= forecast(given, EMPTY).probability <= high


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([0, 0, 0, 1, 2, 700, 10**12]), max_size=70),
    st.floats(0, 2),
    st.floats(0, 31),
    st.booleans(),
)
def test_a_probability_is_one_whatever_the_past(
    bad: list[int], held: float, horizon: float, falls: bool
) -> None:
    days = history(*bad, total=10**12)
    falling = tuple(held * (1 - day / 10) for day in range(8)) if falls else None
    found = forecast(
        outlook(days, held=held, horizon=horizon, falling=falling), recorded(MethodName.BLEND, 3)
    )
    assert all(isfinite(each) and 0 <= each <= 1 for each in [found.probability, *found.by_method.values()])


def test_another_method_is_chosen_once_it_has_clearly_done_better() -> None:
    assert recorded(MethodName.RECENT_PACE, 4).chosen() is MethodName.OWN_PAST
    assert recorded(MethodName.RECENT_PACE, 5).chosen() is MethodName.RECENT_PACE
    found = forecast(outlook(MONTHLY), recorded(MethodName.RECENT_PACE, 5))
    assert found.probability == found.by_method[MethodName.RECENT_PACE]


def test_linear_pace_is_never_chosen() -> None:
    assert recorded(MethodName.LINEAR_PACE, 50).chosen() is MethodName.OWN_PAST


def test_the_blend_leans_to_whom_the_record_favours() -> None:
    at_first, later = (
        forecast(outlook(MONTHLY), EMPTY),
        forecast(outlook(MONTHLY), recorded(MethodName.PAST_RATE, 20)),
    )
    wanted = later.by_method[MethodName.PAST_RATE]
    assert abs(later.by_method[MethodName.BLEND] - wanted) < abs(
        at_first.by_method[MethodName.BLEND] - wanted
    )


def test_a_record_counts_windows() -> None:
    record = EMPTY.after([told(0.8)] * 30, True).after([told(0.8)] * 15, False)
    assert (record.windows, record.forecasts) == (1.5, 45)
    assert record.errors[MethodName.OWN_PAST] == pytest.approx(30 * 0.04 + 15 * 0.64)
    assert EMPTY.after([], True) == EMPTY


def test_forecasts_of_too_little_history_teach_nothing() -> None:
    assert EMPTY.after([forecast(outlook([]), EMPTY)], True) == EMPTY


def test_one_more_like_the_two_latest_days_that_lost_more_than_is_left() -> None:
    days = history(*[0, 500, 0, 300, 0, 200, 500, 0, 100])
    assert enough(outlook(days, held=0.5)) == (date(2026, 11, 14), date(2026, 11, 17))
    assert enough(outlook(days, held=0.0)) == (date(2026, 11, 12), date(2026, 11, 17))
    assert enough(outlook(days, held=1.1)) == ()
    assert enough(outlook(CLEAN)) == ()
