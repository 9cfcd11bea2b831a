"""The days clock of a replay: a forecast at each 00:00 UTC, and the episodes that the live job would have made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cache

from domain.episode import Episode
from domain.forecast import Forecast, Record, forecast
from domain.forecast_episode import Chance, at_period_end, follow_forecast
from domain.minutes import DAY, instant_of, minute_of
from domain.outlook import DayLoss, Outlook
from domain.outlooks import AHEAD, PAST_DAYS, day_loss, outlook_of
from domain.replay_breach import Breaches, Judging
from domain.window import CalendarWindow, Period

Judge = Callable[[int], Judging]
"""Whose terms are in force at a minute."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A forecast; how its window came out, None while that is not over; the share of the budget left at it."""

    forecast: Forecast
    breached: bool | None
    left: float


@dataclass(frozen=True, slots=True)
class Followed:
    """An episode of a forecast, as it was opened and as it became."""

    opened: Episode
    last: Episode


class DaysClock:
    """Forecasts day by day; the record grows with the windows that are over by then."""

    def __init__(self, judge: Judge, breaches: Breaches, *, end: int) -> None:
        self._judge = judge
        self._breaches = breaches
        self._end = end
        self._losses: dict[tuple[int, int], DayLoss | None] = {}
        self.outcome = cache(self._outcome)

    def forecasts(self, first: int) -> Iterator[Daily]:
        """One for each 00:00 UTC from the minute `first` on at which it was not breached."""
        record, waiting = Record(), dict[datetime, list[Forecast]]()
        for minute in range(-(-first // DAY) * DAY, self._end, DAY):
            at = instant_of(minute)
            for over in sorted(end for end in waiting if end <= at):
                made = waiting.pop(over)
                record = record.after(made, bool(self.outcome(made[0].at, over)))
            if self._breaches.at(minute):
                continue
            outlook = self.outlook(minute)
            told = forecast(outlook, record)
            waiting.setdefault(told.window_end, []).append(told)
            yield Daily(told, self.outcome(at, told.window_end), outlook.left)

    def episodes(self, daily: list[Daily], *, start: int, warn_at: Fraction) -> list[Followed]:
        """The episodes of the forecasts from the minute `start` on."""
        by_minute = {minute_of(one.forecast.at): one for one in daily}
        found: list[Followed] = []
        last: Episode | None = None
        for minute in range(-(-start // DAY) * DAY, self._end, DAY):
            last = _noted(found, self._until(last, minute))
            last = _noted(found, self._follow(last, minute, by_minute.get(minute), warn_at))
        _noted(found, self._until(last, self._end))
        return found

    def outlook(self, minute: int) -> Outlook:
        """What is known at 00:00 UTC of a day, as the live job knows it."""
        judging, at = self._judge(minute), instant_of(minute)
        course, terms = judging.course, judging.terms
        period = terms.window.period(at=at)
        start, day = period.start_minute, minute // DAY
        later = []
        if not isinstance(terms.window, CalendarWindow):
            later = [min(start + ahead * DAY, minute) for ahead in range(1, AHEAD + 1)]
        counts, *rest = [course.counts(since, minute, at=minute) for since in (start, *later)]
        days = [self._loss(judging, one) for one in range(day - PAST_DAYS, day)]
        return outlook_of(
            terms,
            course.scope,
            period,
            at=at,
            days=[one for one in days if one],
            counts=counts,
            later=rest,
        )

    def _until(self, last: Episode | None, minute: int) -> Episode | None:
        """The episode after what the minutes clock saw of it up to `minute`, and the end of its period."""
        if last is None or not last.is_open or last.window_end is None:
            return last
        calendar = self.calendar(minute_of(last.began_at))
        until = min(minute, minute_of(last.window_end) - 1) if calendar else minute
        breach = self._breaches.within(minute_of(last.began_at), until + 1)
        if breach is not None:
            return last.breached(instant_of(breach)).resolved(instant_of(breach))
        was_breached = bool(self.outcome(last.began_at, last.window_end))
        chance = Chance(
            instant_of(minute), last.window_end, None, rolling=not calendar, was_breached=was_breached
        )
        return at_period_end(last, chance)

    def _follow(
        self, last: Episode | None, minute: int, told: Daily | None, warn_at: Fraction
    ) -> Episode | None:
        judging, at = self._judge(minute), instant_of(minute)
        window_end = told.forecast.window_end if told else judging.terms.window.period(at=at).end
        chance = Chance(
            at,
            window_end,
            told.forecast.probability if told else None,
            rolling=not self.calendar(minute),
            breached=self._breaches.at(minute),
        )
        return follow_forecast(judging.objective.name, last, chance, warn_at=warn_at)

    def calendar(self, minute: int) -> bool:
        """Whether the window in force then is a calendar's."""
        return isinstance(self._judge(minute).terms.window, CalendarWindow)

    def _loss(self, judging: Judging, day: int) -> DayLoss | None:
        key = (judging.terms.version, day)
        if key not in self._losses:
            course = judging.course
            counts = course.counts(day * DAY, (day + 1) * DAY, at=course.end)
            self._losses[key] = day_loss(judging.terms.method, day, counts)
        return self._losses[key]

    def _outcome(self, at: datetime, window_end: datetime) -> bool | None:
        """Whether the window was missed; None while it is not over."""
        end = minute_of(window_end)
        if end > self._end:
            return None
        if not self.calendar(minute_of(at)):
            return self._breaches.within(minute_of(at), end + 1) is not None
        judging = self._judge(end - 1)
        if not isinstance(judging.terms.window, CalendarWindow):
            return self._breaches.within(minute_of(at), end + 1) is not None
        period: Period = judging.terms.window.period(at=instant_of(end - 1))
        return judging.ended_breached(period)


def _noted(found: list[Followed], episode: Episode | None) -> Episode | None:
    """The newest episode, written down as it is now; a new one as it was opened too."""
    if episode is None:
        return None
    if found and found[-1].last.began_at == episode.began_at:
        found[-1] = Followed(found[-1].opened, episode)
    else:
        found.append(Followed(episode, episode))
    return episode
