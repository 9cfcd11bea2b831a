"""The days clock: how probably a period will be missed, by the method that its objective's own record favours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from math import exp

from domain.forecast_methods import RECENT, linear_pace, own_past, past_rate, recent_pace
from domain.forecast_past import past_of
from domain.outlook import Outlook

__all__ = ["Forecast", "MethodName", "Record", "forecast", "linear_pace"]

THIN = 30
"""Fewer days with data are too little history."""
LAST = 7
BETTER = 1.0
"""By how many squared errors, one a window, another method must have beaten the own past to be chosen."""
LEARNING = 2.0
"""The aggregating algorithm's rate for squared errors of probabilities (V. Vovk, "Competitive on-line statistics")."""
DAY = timedelta(days=1)


class MethodName(StrEnum):
    """The ways to a probability."""

    LINEAR_PACE = "linear pace"
    RECENT_PACE = "recent pace"
    OWN_PAST = "own past"
    PAST_RATE = "past breach rate"
    BLEND = "blend"


BLENDED = {MethodName.OWN_PAST: 0.5, MethodName.RECENT_PACE: 0.25, MethodName.PAST_RATE: 0.25}
"""What the blend is made of while there is no record."""
RIVALS = (MethodName.RECENT_PACE, MethodName.PAST_RATE, MethodName.BLEND)


@dataclass(frozen=True, slots=True)
class Forecast:
    """How probably the window that ends at `window_end` will be missed, as seen at `at`."""

    at: datetime
    window_end: datetime
    probability: float
    method: MethodName
    by_method: Mapping[MethodName, float]
    linear_pace: int
    is_thin: bool
    """There was too little history: the pace of the last week was used."""


@dataclass(frozen=True, slots=True)
class Record:
    """How each method did for one objective: sums of squared errors over windows that are over."""

    windows: float = 0.0
    """How many; forecasts that share a window's days with others count as their part of it."""
    forecasts: int = 0
    errors: Mapping[MethodName, float] = field(default_factory=dict)

    def after(self, forecasts: Sequence[Forecast], breached: bool) -> "Record":
        """The record with the forecasts of one more window that is over; thin ones teach nothing."""
        told = [each for each in forecasts if not each.is_thin]
        if not told:
            return self
        days = max((told[0].window_end - told[0].at) / DAY, 1.0)
        errors = {name: self.errors.get(name, 0.0) + _squares(told, name, breached) for name in MethodName}
        return Record(self.windows + len(told) / days, self.forecasts + len(told), errors)

    def saved(self, name: MethodName) -> float:
        """By how many squared errors, one a window, this method was better than the own past."""
        if not self.forecasts:
            return 0.0
        less = self.errors.get(MethodName.OWN_PAST, 0.0) - self.errors.get(name, 0.0)
        return less / self.forecasts * self.windows

    def chosen(self) -> MethodName:
        """The own past, until another has clearly beaten it."""
        best = max(RIVALS, key=self.saved)
        return best if self.saved(best) > BETTER else MethodName.OWN_PAST


def forecast(outlook: Outlook, record: Record) -> Forecast:
    """The probability, by each method and by the one that the record favours."""
    is_thin = len(outlook.days) < THIN
    by_method = _thin(outlook) if is_thin else _by_method(outlook, record)
    method = MethodName.RECENT_PACE if is_thin else record.chosen()
    pace = linear_pace(outlook)
    by_method[MethodName.LINEAR_PACE] = float(pace)
    return Forecast(outlook.at, outlook.window_end, by_method[method], method, by_method, pace, is_thin)


def _thin(outlook: Outlook) -> dict[MethodName, float]:
    last = [day.bad / day.total * outlook.daily_budget for day in outlook.days[-LAST:]]
    return {MethodName.RECENT_PACE: recent_pace(outlook, last)}


def _by_method(outlook: Outlook, record: Record) -> dict[MethodName, float]:
    past = past_of(outlook.days, outlook.daily_budget)
    found = {
        MethodName.RECENT_PACE: recent_pace(outlook, past.losses[-RECENT:]),
        MethodName.OWN_PAST: own_past(outlook, past),
        MethodName.PAST_RATE: past_rate(outlook, past.losses),
    }
    return found | {MethodName.BLEND: _blend(found, record)}


def _blend(found: Mapping[MethodName, float], record: Record) -> float:
    """The weighted mean: the better a method did so far, the more it weighs."""
    weights = {name: share * exp(LEARNING * record.saved(name)) for name, share in BLENDED.items()}
    return sum(weight * found[name] for name, weight in weights.items()) / sum(weights.values())


def _squares(told: Sequence[Forecast], name: MethodName, breached: bool) -> float:
    return sum((each.by_method[name] - breached) ** 2 for each in told)
