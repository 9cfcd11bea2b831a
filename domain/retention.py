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


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days what is kept; 0 is for ever. Counted hours and what was decided are kept for ever."""

    minutes: int = 400
    notices: int = 400


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was, or is to be, removed. `hours` are packed ones, `size` is theirs in bytes."""

    hours: int = 0
    size: int = 0
    notices: int = 0
    heard: int = 0
    processes: int = 0

    @property
    def rows(self) -> int:
        """How many rows that are."""
        return self.hours + self.notices + self.heard + self.processes

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
        )


class MinutesGone(Refusal):
    """What would need minutes that are no longer kept."""


def kept_from(objective: Objective, days: int, *, at: datetime) -> int:
    """The minute, a midnight in UTC, from which the objective's minutes are kept: all that its windows can need."""
    longest = max(_longest(terms.window) for terms in objective.versions)
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


def _longest(window: Window) -> timedelta:
    if isinstance(window, RollingWindow):
        return timedelta(minutes=window.length)
    return timedelta(days=LONGEST[window.unit])


def _written(minute: int) -> str:
    return f"{instant_of(minute):%Y-%m-%dT%H:%MZ}"
