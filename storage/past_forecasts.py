"""Past forecasts: what would have been forecast of an objective, day by day, from counted hours alone."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.counts import NOTHING, Counts
from domain.forecast import Forecast, Record, forecast
from domain.kept_forecast import KeptForecast
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.objective import Objective, Terms
from domain.outlook import DayLoss, Outlook
from domain.outlooks import AHEAD, PAST_DAYS, day_loss, outlook_of
from domain.scope import Scope
from domain.standing import BURN_WINDOWS, Figures, State, stand
from domain.window import Period, RollingWindow
from storage.counted import CountedHours, Prefix
from storage.objectives import Kept, Objectives

NO_BURNS = dict.fromkeys(BURN_WINDOWS, NOTHING)


class PastForecasts:
    """What forecasts would have said of the objectives of one workspace."""

    def __init__(self, connection: Connection, workspace_id: int, objectives: Objectives) -> None:
        self._counted = CountedHours(connection, workspace_id)
        self._objectives = objectives

    def of(self, name: str, *, before: datetime) -> list[KeptForecast]:
        """One a day, of at most 400 days before `before` (00:00 UTC), those whose windows are over with their outcome.

        By the terms in force then, whatever they were earlier; at whole hours.
        """
        [kept] = self._objectives.called([name], at=before)
        if kept.first_minute is None:
            return []
        return list(_Replay(self._past(kept, kept.first_minute, before)).run())

    def _past(self, kept: Kept, first_minute: int, before: datetime) -> "_Past":
        terms = kept.objective.terms(at=before)
        place = kept.objective.versions.index(terms)
        series, scope = kept.counted_as[place], kept.scopes[place]
        end = minute_of(before) // HOUR
        begin = max(first_minute // HOUR, end - 2 * PAST_DAYS * DAY // HOUR)
        base = self._counted.latest_before([(series, begin)]).get((series, begin))
        rows = self._counted.between([series], begin, end).get(series, {})
        known = {**({base.hour: base.counts} if base else {}), **rows}
        return _Past(kept.objective, terms, scope, first_minute, known, end)


@dataclass(frozen=True, slots=True)
class _Past:
    """What was counted before certain hours, by the terms that are in force at the hour `end`."""

    objective: Objective
    terms: Terms
    scope: Scope
    first_minute: int
    rows: Mapping[int, Counts]
    end: int


class _Replay:
    """Goes through the days; the record grows with the windows that are over by then."""

    def __init__(self, past: _Past) -> None:
        self._past = past
        self._hours = sorted(past.rows)
        self._rolling = isinstance(past.terms.window, RollingWindow)
        self._today = past.end * HOUR // DAY
        self._first = past.first_minute // DAY + 1
        self._breaches: dict[datetime, bool] = {}
        self._days = dict(self._losses())

    def run(self) -> Iterator[KeptForecast]:
        """The forecasts, by the windows' ends."""
        record = Record()
        waiting: dict[datetime, list[Forecast]] = {}
        for day in range(max(self._first, self._today - PAST_DAYS), self._today + 1):
            at = instant_of(day * DAY)
            for window_end in sorted(end for end in waiting if end <= at):
                made, breached = waiting.pop(window_end), self._came_true(window_end)
                record = record.after(made, breached)
                yield from (self._kept(one, breached) for one in made)
            if day < self._today and not self._breached(at):
                made_now = forecast(self._outlook(at), record)
                waiting.setdefault(made_now.window_end, []).append(made_now)
        yield from (self._kept(one, None) for made in waiting.values() for one in made)

    def _kept(self, made: Forecast, breached: bool | None) -> KeptForecast:
        return KeptForecast(self._past.objective.name, made, breached, replayed=True)

    def _losses(self) -> Iterator[tuple[int, DayLoss]]:
        method = self._past.terms.method
        for day in range(max(self._first - 1, self._today - 2 * PAST_DAYS), self._today):
            if loss := day_loss(method, day, self._between(day * DAY, (day + 1) * DAY)):
                yield day, loss

    def _came_true(self, window_end: datetime) -> bool:
        """Whether the calendar period that ended then was missed; a rolling window at the end of any day."""
        if not self._rolling:
            return self._ended_breached(window_end)
        return any(self._breached(window_end - timedelta(days=day)) for day in range(AHEAD))

    def _outlook(self, at: datetime) -> Outlook:
        past, day = self._past, minute_of(at) // DAY
        period = past.terms.window.period(at=at)
        start, end = period.start_minute, minute_of(at)
        later = [min(start + ahead * DAY, end) for ahead in range(1, AHEAD + 1)] if self._rolling else []
        return outlook_of(
            past.terms,
            past.scope,
            period,
            at=at,
            days=[self._days[one] for one in range(day - PAST_DAYS, day) if one in self._days],
            counts=self._between(start, end),
            later=[self._between(since, end) for since in later],
        )

    def _breached(self, at: datetime) -> bool:
        if at not in self._breaches:
            period = self._past.terms.window.period(at=at)
            self._breaches[at] = self._state(period, minute_of(at)) is State.BREACHED
        return self._breaches[at]

    def _ended_breached(self, window_end: datetime) -> bool:
        period = self._past.terms.window.period(at=window_end - timedelta(minutes=1))
        end = period.end_minute + self._past.terms.method.slice_minutes
        return self._state(period, end) is State.BREACHED

    def _state(self, period: Period, at: int) -> State:
        past = self._past
        counts = self._between(period.start_minute, min(at, period.end_minute))
        figures = Figures(counts, NO_BURNS, past.first_minute)
        return stand(past.objective, past.terms, period, figures, at=instant_of(at), scope=past.scope).state

    def _between(self, start: int, end: int) -> Counts:
        return self._before(end).minus(self._before(start))

    def _before(self, minute: int) -> Counts:
        """What was counted before the full hour of the minute."""
        hour = minute // HOUR
        place = bisect_right(self._hours, hour)
        if not place:
            return NOTHING
        known = self._hours[place - 1]
        return Prefix(known, self._past.rows[known]).extended(self._past.terms.method, self._past.scope, hour)
