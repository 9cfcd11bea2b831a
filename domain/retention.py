"""Retention: how long measured minutes are kept, and what is no longer known once they are gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.objective import Objective
from domain.refusal import Refusal
from domain.window import CalendarUnit, RollingWindow, Window

MARGIN = timedelta(days=35)
"""Minutes are kept so much longer than the longest window at least: digests compare with the weeks before."""

LONGEST = {
    CalendarUnit.DAY: 1,
    CalendarUnit.WEEK: 7,
    CalendarUnit.MONTH: 31,
    CalendarUnit.QUARTER: 92,
    CalendarUnit.YEAR: 366,
}


FORECASTS = 400
"""Days for which forecasts are kept at least after their window: what forecasting learns from."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days what is kept; 0 is for ever.

    Counted hours and what was decided are kept for ever: breaches, and what was warned of, too.
    """

    minutes: int = 400
    notices: int = 400

    @property
    def forecasts(self) -> int:
        """As long as minutes, and at least as long as something is learnt from them."""
        return max(self.minutes, FORECASTS) if self.minutes else 0


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was, or is to be, removed. `hours` are packed ones, `size` is theirs in bytes."""

    hours: int = 0
    size: int = 0
    notices: int = 0
    heard: int = 0
    processes: int = 0
    forecasts: int = 0

    @property
    def rows(self) -> int:
        """How many rows that are."""
        return self.hours + self.notices + self.heard + self.processes + self.forecasts

    def __bool__(self) -> bool:
        return self.rows > 0

    def plus(self, other: "Pruned") -> "Pruned":
        """Both together."""
        return Pruned(
            self.hours + other.hours,
            self.size + other.size,
            self.notices + other.notices,
            self.heard + other.heard,
            self.processes + other.processes,
            self.forecasts + other.forecasts,
        )


class MinutesGone(Refusal):
    """What would need minutes that are no longer kept."""


def kept_from(objective: Objective, days: int, *, at: datetime) -> int:
    """The minute, a midnight in UTC, from which the objective's minutes are kept: all that its windows can need."""
    longest = max(longest_period(terms.window) for terms in objective.versions)
    return minute_of(at - max(timedelta(days=days), longest + MARGIN)) // DAY * DAY


def refuse_late(name: str, hour: int, pruned_until: int) -> None:
    """Raises `MinutesGone` for minutes of an hour that was pruned: it could only be counted anew from nothing."""
    if hour * HOUR < pruned_until:
        raise MinutesGone(
            f"The minutes of `{name}` before {_written(pruned_until)} are no longer kept, "
            f"and what they add up to is final: those of {_written(hour * HOUR)} come too late. "
            "Leave out what is older."
        )


def refuse_unknown(name: str, minute: int, pruned_until: int) -> None:
    """Raises `MinutesGone` for a figure at `minute` that needs single minutes of a pruned hour."""
    if minute < pruned_until:
        raise MinutesGone(
            f"The minutes of `{name}` before {_written(pruned_until)} are no longer kept: "
            f"only whole hours are known of {_written(minute)}. "
            "Ask for a later instant, or for the history of whole days."
        )


def longest_period(window: Window) -> timedelta:
    """How long a period of the window is at most."""
    if isinstance(window, RollingWindow):
        return timedelta(minutes=window.length)
    return timedelta(days=LONGEST[window.unit])


def _written(minute: int) -> str:
    return f"{instant_of(minute):%Y-%m-%dT%H:%MZ}"
