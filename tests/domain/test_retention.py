"""For how long minutes are kept at least, and how a no is said."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from domain.method import Occurrences
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Terms
from domain.retention import Keeping, MinutesGone, Pruned, kept_from, refuse_late, refuse_unknown
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

AT = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
MIDNIGHT = AT.replace(hour=0, minute=0)


@pytest.mark.parametrize(
    ("days", "windows", "kept"),
    [
        pytest.param(400, [RollingWindow(days=30)], 400, id="as the settings say"),
        pytest.param(1, [RollingWindow(days=30)], 65, id="the window and five weeks"),
        pytest.param(400, [CalendarWindow(CalendarUnit.YEAR)], 401, id="a year and five weeks"),
        pytest.param(1, [RollingWindow(days=90), RollingWindow(days=7)], 125, id="the longest of all terms"),
    ],
)
def test_kept_from(days: int, windows: list[Window], kept: int) -> None:
    terms = tuple(
        Terms(Fraction(99, 100), window, Occurrences(), Indicator("sli"), version=version)
        for version, window in enumerate(windows, 1)
    )
    found = kept_from(Objective("o", "shop", terms), days, at=AT)
    assert found == minute_of(MIDNIGHT - timedelta(days=kept))


def test_late_minutes_are_refused_before_the_horizon_only() -> None:
    horizon = minute_of(MIDNIGHT)
    refuse_late("o", horizon // 60, horizon)
    refuse_late("o", 0, 0)
    with pytest.raises(MinutesGone, match="those of 2026-11-23T23:00Z come too late"):
        refuse_late("o", horizon // 60 - 1, horizon)


def test_unknown_minutes_are_refused_before_the_horizon_only() -> None:
    horizon = minute_of(MIDNIGHT)
    refuse_unknown("o", horizon, horizon)
    with pytest.raises(MinutesGone, match="only whole hours are known of 2026-11-23T23:59Z"):
        refuse_unknown("o", horizon - 1, horizon)


def test_pruned_adds_up() -> None:
    assert Pruned(1, 2, 3, 4, 5, 6).plus(Pruned(1, 1, 1, 1, 1, 1)) == Pruned(2, 3, 4, 5, 6, 7)
    assert Pruned(1, 2, 4, 8, 16, 32).rows == 1 + 4 + 8 + 16 + 32
    assert not Pruned()
    assert Pruned(processes=1)


@pytest.mark.parametrize(("minutes", "forecasts"), [(0, 0), (1, 400), (400, 400), (900, 900)])
def test_forecasts_stay_as_long_as_something_is_learnt_from_them(minutes: int, forecasts: int) -> None:
    assert Keeping(minutes=minutes).forecasts == forecasts
