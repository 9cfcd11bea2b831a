"""When a budget is gone, and where a period ends, if what fails goes on failing at the present pace."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from domain.budget import units_per_slice
from domain.burn import Severity, first_holding
from domain.counts import Counts
from domain.minutes import HOUR, instant_of, minute_of
from domain.sight import conditions_of
from domain.standing import BURN_WINDOWS, Standing
from domain.window import CalendarWindow, RollingWindow

USUAL_WINDOWS = (HOUR, 5)
"""Told where no condition of the severity is left."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """`gone_at` is when nothing is left of the budget; None where it lasts until the period ends."""

    gone_at: datetime | None


def pace_windows(standing: Standing, severity: Severity) -> tuple[int, int]:
    """The short and the long window (minutes) of the condition that holds, else of the first of that severity."""
    terms, scope = standing.terms, standing.scope
    found = {window: counts_over(standing, window) for window in _windows(standing)}
    spans = {window: counts for window, counts in found.items() if counts is not None}
    conditions = [
        one
        for one in conditions_of(standing.objective.watching, terms, standing.period, scope)
        if one.severity is severity and all(window in spans for window in one.windows)
    ]
    at = minute_of(standing.at)
    holding = first_holding(
        conditions, terms.method, terms.target, spans, countable=lambda length: scope.minutes(at - length, at)
    )
    told = holding or next(iter(conditions), None)
    windows = told.windows if told else USUAL_WINDOWS
    fitting = [window for window in windows if window >= terms.method.slice_minutes] or [windows[0]]
    return fitting[-1], fitting[0]


def counts_over(standing: Standing, window: int) -> Counts | None:
    """What was counted in the last `window` minutes; None where that was not asked for."""
    found = standing.figures.spans.get(window)
    if found is not None:
        return found
    name = next((name for name, length in BURN_WINDOWS.items() if length == window), "")
    return standing.figures.burns.get(name)


def lost_share(standing: Standing, counts: Counts | None) -> Fraction | None:
    """What of `counts` was lost, of all that the method judges; None where nothing was counted."""
    if counts is None:
        return None
    good, total = standing.terms.method.judged(counts)
    return Fraction(total - good, total) if total else None


def countdown(standing: Standing, windows: Sequence[int]) -> Countdown | None:
    """How long the budget lasts at the pace of the first of `windows` in which something was counted.

    None where nothing is left, or nothing fails. Of a rolling window it is assumed that no loss leaves it, so
    nothing is said beyond its length.
    """
    left = standing.budget.left
    pace = next((found for window in windows if (found := _pace(standing, window)) is not None), None)
    if left <= 0 or pace is None or not pace.loses:
        return None
    return Countdown(_after(standing, left / pace.net) if pace.net > 0 else None)


def bearable(standing: Standing) -> Fraction | None:
    """The share that may fail of the rest of a calendar period, if as much is counted as so far; None without one."""
    to_come = _to_come(standing)
    if not to_come:
        return None
    allowed = standing.budget.left
    if not standing.terms.method.slice_minutes:
        allowed += (1 - standing.terms.target) * to_come
    return allowed / to_come if allowed >= 0 else None


def ends_at(standing: Standing, share: Fraction) -> Fraction | None:
    """The attainment of a calendar period at its end if `share` of what is still to come fails."""
    to_come, counts = _to_come(standing), standing.figures.counts
    if not to_come:
        return None
    good, total = standing.terms.method.judged(counts)
    length = standing.terms.method.slice_minutes
    future = to_come * units_per_slice(standing.terms.method) / (length or 1)
    return (good + future * (1 - share)) / (total + future)


@dataclass(frozen=True, slots=True)
class _Pace:
    """What a minute that counts takes of the budget: `net` of what it adds to it."""

    loses: bool
    net: Fraction


def _pace(standing: Standing, window: int) -> _Pace | None:
    counts = counts_over(standing, window)
    share = lost_share(standing, counts)
    if counts is None or share is None or not counts.measured:
        return None
    net = share - (1 - standing.terms.target) if _grows(standing) else share
    rate = Fraction(1) if standing.terms.method.slice_minutes else Fraction(counts.total, counts.measured)
    return _Pace(share > 0, net * rate)


def _grows(standing: Standing) -> bool:
    """Whether each minute adds to the budget: that of the events so far, or of a window that is not full yet."""
    if isinstance(standing.terms.window, CalendarWindow):
        return not standing.terms.method.slice_minutes
    first = standing.figures.first_minute
    return first is not None and first > standing.period.start_minute


def _after(standing: Standing, minutes: Fraction) -> datetime | None:
    """The instant after so many minutes that count; None where the period, or a window's length, ends before."""
    at = minute_of(standing.at)
    window = standing.terms.window
    end = at + window.length if isinstance(window, RollingWindow) else standing.period.end_minute
    whole = minutes.numerator // minutes.denominator
    for start, until in standing.scope.runs(at, end):
        if whole < until - start:
            return instant_of(start) + timedelta(minutes=whole)
        whole -= until - start
    return None


def _to_come(standing: Standing) -> Fraction | None:
    """What a calendar period still brings: minutes for the slice methods, else events as usual so far."""
    counts, end = standing.figures.counts, standing.period.end_minute
    if isinstance(standing.terms.window, RollingWindow) or not counts.measured:
        return None
    minutes = standing.scope.minutes(minute_of(standing.at), end)
    rate = Fraction(1) if standing.terms.method.slice_minutes else Fraction(counts.total, counts.measured)
    return minutes * rate


def _windows(standing: Standing) -> set[int]:
    return {*standing.figures.spans, *BURN_WINDOWS.values()}
