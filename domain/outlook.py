"""What is known at an instant of what an objective has lost, and of the time that is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DayLoss:
    """One past UTC day with at least one counted unit, as the objective's method judges it."""

    day: int
    """Days since 1970-01-01 UTC."""
    bad: int
    """Lost units: events, slices, or 1e-11 of slices."""
    total: int
    """Counted units, above 0."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known at 00:00 UTC of a day of what was lost and what may still be lost."""

    at: datetime
    window_end: datetime
    """Calendar windows: the period's end. Rolling ones: seven days after `at`."""
    days: Sequence[DayLoss]
    """The past, oldest first, up to `at`. Days without data are absent."""
    held: Sequence[float]
    """The share of the whole period's budget that is spent k days ahead if nothing else fails; above 1 is breached.

    From k = 0 to the days to the window's end, begun ones included. Calendar windows: the same throughout.
    """
    horizon: float
    """Days to go that count, in days of usual traffic."""
    elapsed: float
    """The same of the period so far; rolling windows: the whole window."""
    daily_budget: float
    """The share of the period's budget that one wholly bad usual day costs."""
    period_days: float
    """Elapsed and horizon together; rolling windows: the window's length."""
    rolling: bool

    @property
    def left(self) -> float:
        """The share of the period's budget that is left at `at`; below 0 when it is overspent."""
        return 1 - self.held[0] if self.held else 1.0
