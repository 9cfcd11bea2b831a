"""What a replay was worth: its forecasts and warnings, scored by what came."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.episode import WarningKind
from domain.forecast_score import (
    Breached,
    Fifth,
    Foretold,
    Hits,
    Ratio,
    Warned,
    brier,
    hits,
    linear_pace_brier,
    ratio,
    reliability,
)
from domain.minutes import DAY, instant_of, minute_of
from domain.outlooks import AHEAD
from domain.replay import Replayed
from domain.replay_days import Daily

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReplayScores:
    """The scores; None where there is nothing to divide by. `windows` are over, and had a forecast."""

    windows: int
    breached: int
    brier: float | None
    linear_pace_brier: float | None
    ratio: Ratio | None
    fifths: tuple[Fifth | None, ...]
    hits: Hits
    warnings_a_week: float


def scores_of(replayed: Replayed) -> ReplayScores:
    """Of the forecasts whose windows are over, and the warnings that were made of them."""
    foretold = list(_foretold(replayed.daily))
    warned = [
        Warned(one.episode.opened_at, one.breached)
        for one in replayed.warnings
        if one.episode.kind is WarningKind.FORECAST and one.episode.opened_at and one.breached is not None
    ]
    weeks = (replayed.end - replayed.start) / WEEK
    return ReplayScores(
        windows=len(foretold),
        breached=sum(one.breached for one in foretold),
        brier=brier(foretold),
        linear_pace_brier=linear_pace_brier(foretold),
        ratio=ratio(foretold),
        fifths=reliability(foretold),
        hits=hits(warned, list(_breaches(replayed))),
        warnings_a_week=len(replayed.warnings) / weeks if weeks else 0.0,
    )


def _foretold(daily: Sequence[Daily]) -> Iterator[Foretold]:
    """The forecasts of each window that is over, by its end."""
    windows: dict[datetime, list[Daily]] = {}
    for one in daily:
        windows.setdefault(one.forecast.window_end, []).append(one)
    for made in windows.values():
        breached = made[0].breached
        if breached is not None:
            yield Foretold([one.forecast for one in made], breached)


def _breaches(replayed: Replayed) -> Iterator[Breached]:
    """Each breach with forecasts before it: of a calendar period, or of a rolling window after a week without."""
    by_day = {minute_of(one.forecast.at) // DAY: one for one in replayed.daily}
    for at, since in _rolling(replayed) if replayed.rolling else _calendar(replayed):
        before = by_day.get((at - 1) // DAY) or by_day.get(at // DAY)
        if before is not None:
            opened = [
                one.episode.opened_at
                for one in replayed.warnings
                if one.episode.kind is WarningKind.FORECAST
                and one.episode.opened_at
                and since <= minute_of(one.episode.opened_at) < at
                and (one.episode.resolved_at is None or minute_of(one.episode.resolved_at) >= at)
            ]
            yield Breached(instant_of(at), min(opened, default=None), before.left)


def _calendar(replayed: Replayed) -> Iterator[tuple[int, int]]:
    """The minute of each breached period's breach, and the first of its forecasts."""
    firsts: dict[datetime, Daily] = {}
    for one in replayed.daily:
        if one.breached:
            firsts.setdefault(one.forecast.window_end, one)
    for window_end, first in firsts.items():
        since, end = minute_of(first.forecast.at), minute_of(window_end)
        at = replayed.breaches.within(since, end)
        yield (end if at is None else at), since


def _rolling(replayed: Replayed) -> Iterator[tuple[int, int]]:
    """The minutes at which breaches began, and where what belongs to them may have begun."""
    over = minute_of(replayed.start) - AHEAD * DAY
    for start, end in replayed.breaches.stretches:
        if start > minute_of(replayed.start) and start - over >= AHEAD * DAY:
            yield start, over
        over = end
