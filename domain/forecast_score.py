"""How good forecasts and the warnings made of them were, once their windows are over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from statistics import median

from domain.forecast import Forecast

FIFTHS = 5
DRAWS = 1_000
SEED = 6
TAILS = 0.025
NEARLY_WHOLE = 0.75
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Foretold:
    """The forecasts of one window that is over, and whether it was missed."""

    forecasts: Sequence[Forecast]
    breached: bool


@dataclass(frozen=True, slots=True)
class Ratio:
    """The forecasts' Brier score as a share of linear pace's, with its 95 % interval over whole windows."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Fifth:
    """The forecasts of one fifth of the probabilities."""

    forecasts: int
    mean: float
    observed: float
    """How many of them were followed by a breach, as a share."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning whose window is over."""

    opened_at: datetime
    breached: bool


@dataclass(frozen=True, slots=True)
class Breached:
    """One breach: when, whether it had been warned of, and what it came out of."""

    at: datetime
    warned_at: datetime | None
    """When the first warning of this window opened, if that was before the breach."""
    left_before: float
    """The share of the budget that was left when the incident began that used it up."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What warnings were worth; `None` where there is nothing to divide by."""

    hits: int
    misses: int
    false_alarms: int
    precision: float | None
    recall: float | None
    median_lead_hours: float | None
    unforeseeable: float | None
    """The share of breaches by one incident out of a budget more than three quarters full."""


def brier(foretold: Sequence[Foretold]) -> float | None:
    """The mean squared error of the probabilities; 0 is perfect, always saying 50 % scores 0.25."""
    return _brier(foretold, _probability)


def linear_pace_brier(foretold: Sequence[Foretold]) -> float | None:
    """The same of linear pace, which says 0 or 1."""
    return _brier(foretold, _pace)


def ratio(foretold: Sequence[Foretold]) -> Ratio | None:
    """How the forecasts compare with linear pace; `None` where linear pace made no error.

    The interval is a bootstrap of whole windows, since forecasts of one window share its fate. Always the same draws.
    """
    errors = [(_squares(each, _probability), _squares(each, _pace)) for each in foretold if each.forecasts]
    value = _quotient(errors)
    if value is None:
        return None
    draw = Random(SEED)  # noqa: S311
    drawn = [_quotient(draw.choices(errors, k=len(errors))) for _ in range(DRAWS)]
    found = sorted(float("inf") if each is None else each for each in drawn)
    return Ratio(value, found[int(DRAWS * TAILS)], found[-1 - int(DRAWS * TAILS)])


def reliability(foretold: Sequence[Foretold]) -> tuple[Fifth | None, ...]:
    """By fifth of the probability, from 0–20 % to 80–100 %; `None` where there was no forecast."""
    fifths: list[list[tuple[float, bool]]] = [[] for _ in range(FIFTHS)]
    for each in foretold:
        for forecast in each.forecasts:
            fifth = min(int(forecast.probability * FIFTHS), FIFTHS - 1)
            fifths[fifth].append((forecast.probability, each.breached))
    return tuple(_fifth(told) if told else None for told in fifths)


def hits(warnings: Sequence[Warned], breaches: Sequence[Breached]) -> Hits:
    """Which warnings were followed by a breach, and which breaches had been warned of."""
    leads = [(breach.at - breach.warned_at) / HOUR for breach in breaches if breach.warned_at is not None]
    right = sum(warning.breached for warning in warnings)
    return Hits(
        hits=len(leads),
        misses=len(breaches) - len(leads),
        false_alarms=len(warnings) - right,
        precision=right / len(warnings) if warnings else None,
        recall=len(leads) / len(breaches) if breaches else None,
        median_lead_hours=median(leads) if leads else None,
        unforeseeable=sum(breach.left_before > NEARLY_WHOLE for breach in breaches) / len(breaches)
        if breaches
        else None,
    )


def _brier(foretold: Sequence[Foretold], said: Callable[[Forecast], float]) -> float | None:
    count = sum(len(each.forecasts) for each in foretold)
    return sum(_squares(each, said) for each in foretold) / count if count else None


def _squares(told: Foretold, said: Callable[[Forecast], float]) -> float:
    return sum((said(forecast) - told.breached) ** 2 for forecast in told.forecasts)


def _quotient(errors: Sequence[tuple[float, float]]) -> float | None:
    pace = sum(pace for _, pace in errors)
    return sum(own for own, _ in errors) / pace if pace else None


def _fifth(told: list[tuple[float, bool]]) -> Fifth:
    count = len(told)
    mean = sum(probability for probability, _ in told) / count
    return Fifth(count, mean, sum(breached for _, breached in told) / count)


def _probability(forecast: Forecast) -> float:
    return forecast.probability


def _pace(forecast: Forecast) -> float:
    return forecast.linear_pace
