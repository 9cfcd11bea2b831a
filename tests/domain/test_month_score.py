"""How the forecasts of a month came out: by the windows that ended in it, each counted once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.forecast import Forecast, MethodName
from domain.kept_forecast import KeptForecast
from domain.month_score import MonthScore, month_before, month_score

OCTOBER = date(2026, 10, 1)
END = datetime(2026, 11, 1, tzinfo=UTC)
DAY = timedelta(days=1)
_, ENDED = month_before(date(2026, 11, 2), "Europe/Berlin")


def foretold(name: str, probability: float, *, breached: bool, days: int = 1) -> list[KeptForecast]:
    """Forecasts of the last days of October."""
    return [
        KeptForecast(
            name,
            Forecast(END - back * DAY, END, probability, MethodName.BLEND, {}, linear_pace=0, is_thin=False),
            breached=breached,
        )
        for back in range(1, days + 1)
    ]


def episode(name: str, *, opened: datetime, over: datetime, breached: datetime | None = None) -> Episode:
    return Episode(name, WarningKind.FORECAST, Severity.TICKET, opened, opened, over, breached)


def test_hits_misses_false_alarms_and_the_brier_scores() -> None:
    kept = [
        *foretold("warned", 0.8, breached=True, days=2),
        *foretold("missed", 0.2, breached=True),
        *foretold("false", 0.6, breached=False),
    ]
    at = END - DAY / 2
    warnings = [
        episode("warned", opened=END - 5 * DAY, over=at, breached=at),
        episode("false", opened=END - 5 * DAY, over=END - DAY),
        episode("of September", opened=END - 40 * DAY, over=END - 35 * DAY),
        episode("of November", opened=END - DAY, over=END + 3 * DAY),
    ]
    score = month_score(OCTOBER, ENDED, kept, warnings, [("warned", at), ("missed", at)])
    assert score is not None
    rounded = replace(score, brier=round(score.brier, 6), pace_brier=round(score.pace_brier, 6))
    assert rounded == MonthScore(
        OCTOBER,
        periods=3,
        forecasts=4,
        breached=2,
        hits=1,
        false_alarms=1,
        brier=round((0.04 + 0.04 + 0.64 + 0.36) / 4, 6),
        pace_brier=0.75,
    )


def test_without_forecasts_there_is_nothing_to_tell() -> None:
    assert month_score(OCTOBER, ENDED, [], [], []) is None


@pytest.mark.parametrize(
    ("on", "month", "start"),
    [
        pytest.param(date(2026, 11, 30), OCTOBER, datetime(2026, 10, 1, 10, tzinfo=UTC), id="in summer time"),
        pytest.param(
            date(2027, 1, 4), date(2026, 12, 1), datetime(2026, 12, 1, 11, tzinfo=UTC), id="over a year's end"
        ),
    ],
)
def test_the_month_before(on: date, month: date, start: datetime) -> None:
    found, ended = month_before(on, "Europe/Berlin")
    assert (found, ended.start) == (month, start)
    assert ended.end == datetime(on.year, on.month, 1, 11, tzinfo=UTC)
