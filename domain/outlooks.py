"""From counts to an outlook: the same arithmetic for the live forecast and for the replay of history."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from domain.budget import units_per_slice
from domain.calendars import Calendar
from domain.counts import Counts
from domain.method import Method
from domain.minutes import DAY, minute_of
from domain.objective import Terms
from domain.outlook import DayLoss, Outlook
from domain.scope import Scope
from domain.window import Period, RollingWindow

AHEAD = 7
"""A rolling window has no end: it is forecast for so many days."""

PAST_DAYS = 400
"""How many days back a forecast looks."""


def day_loss(method: Method, day: int, counts: Counts) -> DayLoss | None:
    """What a UTC day (days since 1970) of these counts lost; None where nothing of it was counted."""
    good, total = method.judged(counts)
    return DayLoss(day, total - good, total) if total else None


def outlook_of(
    terms: Terms,
    scope: Scope,
    period: Period,
    *,
    at: datetime,
    days: Sequence[DayLoss],
    counts: Counts,
    later: Sequence[Counts] = (),
) -> Outlook:
    """The outlook at `at`, 00:00 UTC, of an objective whose `period` has these counts so far.

    `later` is for rolling windows only: what of `counts` is still in the window k days on, k = 1 to 7; that is
    what was counted from k days after the period's start to `at`.
    """
    if isinstance(terms.window, RollingWindow):
        return _rolling(terms, scope, period, at=at, days=days, counts=(counts, *later))
    return _calendar(terms, scope, period, at=at, days=days, counts=counts)


def _calendar(
    terms: Terms, scope: Scope, period: Period, *, at: datetime, days: Sequence[DayLoss], counts: Counts
) -> Outlook:
    usual = usual_minutes(scope.hours, period.start_minute, period.end_minute)
    elapsed = counted_minutes(terms.method, counts) / usual
    horizon = scope.minutes(minute_of(at), period.end_minute) / usual
    whole = elapsed + horizon
    good, total = terms.method.judged(counts)
    held = 0.0
    if total:
        to_come = scope.minutes(minute_of(at), period.end_minute)
        held = _share(terms, total - good, total, counted_minutes(terms.method, counts), to_come)
    ahead = -(-(period.end - at) // timedelta(days=1))
    return Outlook(
        at=at,
        window_end=period.end,
        days=days,
        held=(held,) * (ahead + 1),
        horizon=horizon,
        elapsed=elapsed,
        daily_budget=_daily_budget(terms, whole),
        period_days=whole,
        rolling=False,
    )


def _rolling(
    terms: Terms,
    scope: Scope,
    period: Period,
    *,
    at: datetime,
    days: Sequence[DayLoss],
    counts: Sequence[Counts],
) -> Outlook:
    start, now = period.start_minute, minute_of(at)
    usual = usual_minutes(scope.hours, start, now)
    elapsed = counted_minutes(terms.method, counts[0]) / usual or scope.minutes(start, now) / usual
    ahead = now + AHEAD * DAY
    return Outlook(
        at=at,
        window_end=at + timedelta(days=AHEAD),
        days=days,
        held=tuple(_held_on(terms, scope, now, now + k * DAY, part) for k, part in enumerate(counts)),
        horizon=scope.minutes(now, ahead) / usual,
        elapsed=elapsed,
        daily_budget=_daily_budget(terms, elapsed),
        period_days=elapsed,
        rolling=True,
    )


def _held_on(terms: Terms, scope: Scope, now: int, then: int, part: Counts) -> float:
    """The share spent at the minute `then` by what is still in the window, if all that comes until then is good."""
    good, total = terms.method.judged(part)
    if not total:
        return 0.0
    return _share(terms, total - good, total, counted_minutes(terms.method, part), scope.minutes(now, then))


def _share(terms: Terms, bad: int, total: int, counted: int, to_come: int) -> float:
    """`bad` as a share of the budget, once `to_come` more minutes were counted like those so far.

    In integers until the division, so that a budget that is used up exactly is exactly 1.
    """
    target = terms.target
    allowed = target.denominator - target.numerator
    if not counted:
        return bad * target.denominator / (total * allowed)
    return bad * target.denominator * counted / (total * (counted + to_come) * allowed)


def _daily_budget(terms: Terms, days: float) -> float:
    """What one wholly bad usual day is of the budget of so many."""
    return 1 / (float(1 - terms.target) * days) if days else 0.0


def counted_minutes(method: Method, counts: Counts) -> int:
    """Of how many minutes these counts are: those that events were counted in, or those of the slices."""
    if not method.slice_minutes:
        return counts.measured
    _, units = method.judged(counts)
    return units // units_per_slice(method) * method.slice_minutes


@lru_cache(maxsize=4096)
def usual_minutes(hours: Calendar | None, start: int, end: int) -> float:
    """How many minutes the service hours have on a UTC day that has any, from minute `start` to before `end`."""
    if hours is None:
        return float(DAY)
    scope = Scope(hours)
    first = start // DAY * DAY
    parts = [scope.minutes(day, day + DAY) for day in range(first, end, DAY)]
    working = [minutes for minutes in parts if minutes]
    return sum(working) / len(working) if working else float(DAY)
