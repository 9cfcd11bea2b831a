"""How the forecasts of a month came out, for the first roll-up of the next one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.episode import Episode
from domain.forecast_score import Breached, brier, linear_pace_brier
from domain.kept_forecast import KeptForecast
from domain.warning_score import ForecastWindow, apart, breached_at, hits_of, warned_at, windows_of
from domain.window import Period

NOON = time(12)
"""A month's periods have ended by then in all zones that matter to the reader's."""


@dataclass(frozen=True, slots=True)
class MonthScore:
    """Of the month that begins with `month`: so many `periods` that were forecast ended, and of these were breached.

    `hits` of those were warned of; `false_alarms` did not come true. The Brier scores are of all `forecasts`.
    """

    month: date
    periods: int
    forecasts: int
    breached: int
    hits: int
    false_alarms: int
    brier: float
    pace_brier: float


def month_before(on: date, zone: str) -> tuple[date, Period]:
    """The first day of the month before that of `on`, and when its periods end: from noon of that to noon after it."""
    first = on.replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    start, end = (datetime.combine(day, NOON, ZoneInfo(zone)).astimezone(UTC) for day in (before, first))
    return before, Period(start, end)


def month_score(
    month: date,
    ended: Period,
    kept: Iterable[KeptForecast],
    episodes: Collection[Episode],
    began: Collection[tuple[str, datetime]],
) -> MonthScore | None:
    """Of the forecasts whose windows ended in the span; None where there was none.

    `episodes` are all forecast warnings, `began` when objectives came to be breached.
    """
    windows = windows_of(kept)
    judged, told = apart(windows), [one.told for one in windows]
    score, pace = brier(told), linear_pace_brier(told)
    if score is None or pace is None:
        return None
    breaches = [_breached(one, episodes, began) for one in judged if one.breached]
    over = [one for one in episodes if one.resolved_at and one.resolved_at <= ended.end]
    hits = hits_of(over, breaches, since=ended.start)
    return MonthScore(
        month=month,
        periods=len(judged),
        forecasts=sum(len(one.forecasts) for one in windows),
        breached=len(breaches),
        hits=hits.hits,
        false_alarms=hits.false_alarms,
        brier=score,
        pace_brier=pace,
    )


def _breached(
    window: ForecastWindow, episodes: Iterable[Episode], began: Collection[tuple[str, datetime]]
) -> Breached:
    at = breached_at(window, began)
    return Breached(at, warned_at(window, at, episodes), left_before=0.0)
