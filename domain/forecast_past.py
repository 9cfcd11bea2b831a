"""What an objective's own past teaches: what drips away daily, how often incidents begin, what they cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, log, log1p

from domain.outlook import DayLoss

WEEK = 7
MONTH = 4
"""Weeks."""
HALF_LIVES = (4.0, 13.0, 52.0, float("inf"))
"""In weeks: a month, a quarter, a year, and never. Each memory counts as much as it foretold the weeks so far."""
WITHIN_WEEKS = 1.0
"""A level is measured daily, so that a change of it can be told from noise within weeks; a rate cannot."""
INCIDENT = 3
"""A day that loses over three times the usual has had an incident."""
JEFFREYS = 0.5
"""Events that a rate begins with, before any is seen."""
NOTHING = 1e-18


@dataclass(frozen=True, slots=True)
class Level:
    """A figure a day and how sure it is: mean and variance."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Past:
    """What is drawn from. Losses are shares of a period's budget, days those with data."""

    losses: list[float]
    """Of each day, oldest first."""
    drip: Level
    """What a day without an incident loses."""
    noise: float
    """The variance of such a day around its level."""
    incidents: list[float]
    """What each stretch of bad days lost beyond the drip, oldest first."""
    rate: Level
    """How many of them begin a day: Gamma distributed."""


def past_of(days: Sequence[DayLoss], daily_budget: float) -> Past:
    """The past as drip and incidents; `days` is not empty."""
    losses = _losses(days, daily_budget)
    weeks = _weeks(losses)
    usual = list(chain.from_iterable([level] * len(week) for level, week in _medians(weeks)))
    beyond = [
        loss - level if loss > INCIDENT * level else 0.0 for loss, level in zip(losses, usual, strict=True)
    ]
    dripped = [loss - over for loss, over in zip(losses, beyond, strict=True)]
    starts, incidents = _stretches(beyond)
    drip, noise = _drip(_weeks(dripped))
    rate = _rate([sum(week) for week in _weeks(starts)], [len(week) for week in weeks])
    return Past(losses, drip, noise, incidents, rate)


def _losses(days: Sequence[DayLoss], daily_budget: float) -> list[float]:
    """What each day lost; one with less traffic than is usual in its month has less to lose."""
    usual = chain.from_iterable(
        [level] * len(week) for level, week in _medians(_weeks([day.total for day in days]))
    )
    return [
        day.bad / (day.total if day.total > level else level) * daily_budget
        for day, level in zip(days, usual, strict=True)
    ]


def _weeks(values: list[float]) -> list[list[float]]:
    """Whole weeks back from the end; the oldest may be shorter."""
    first = len(values) % WEEK
    begun = [values[:first]] if first else []
    return begun + [values[place : place + WEEK] for place in range(first, len(values), WEEK)]


def _medians(weeks: list[list[float]]) -> Iterator[tuple[float, list[float]]]:
    """Each week with the lower median of the days of the month that ends with it."""
    for number, week in enumerate(weeks):
        month = sorted(chain.from_iterable(weeks[max(number + 1 - MONTH, 0) : number + 1]))
        yield month[(len(month) - 1) // 2], week


def _stretches(beyond: list[float]) -> tuple[list[float], list[float]]:
    """Where stretches of bad days begin (1 or 0 for each day), and what each lost; none is longer than a week."""
    starts: list[float] = []
    lost: list[float] = []
    length = 0
    for loss in beyond:
        length = length % WEEK + 1 if loss else 0
        starts.append(1 if length == 1 else 0)
        if length == 1:
            lost.append(loss)
        elif loss:
            lost[-1] += loss
    return starts, lost


def _drip(weeks: list[list[float]]) -> tuple[Level, float]:
    """The level of the days to come, and the variance of a day around it."""
    means = [sum(week) / len(week) for week in weeks]
    if not any(means):
        return Level(0.0, 0.0), 0.0
    remembered = [
        _remembered_level(means, 0.5 ** (1 / half_life)) for half_life in (WITHIN_WEEKS, *HALF_LIVES)
    ]
    weights = _weights([score for _, _, score in remembered])
    noise = sum(weight * week for weight, (_, week, _) in zip(weights, remembered, strict=True)) * WEEK
    last = list(chain.from_iterable(weeks[-MONTH:]))
    return _mixed(weights, [level for level, _, _ in remembered]), max(noise, _variance(last))


def _remembered_level(means: list[float], keep: float) -> tuple[Level, float, float]:
    """The level as one memory has it, the variance of a week, and the log of how well it foretold each week."""
    level, whole, square, errors = 0.0, 0.0, 0.0, NOTHING
    for number, mean in enumerate(means):
        if number >= MONTH:
            errors += (mean - level) ** 2
        whole, square = whole * keep + 1, square * keep * keep + 1
        level += (mean - level) / whole
    foretold = max(len(means) - MONTH, 0)
    share = square / whole**2
    week = errors / max(foretold - 2, 1) / (1 + share)
    return Level(level, week * share), week, -log(errors) * foretold / 2


def _rate(counts: list[float], exposures: list[int]) -> Level:
    """How many begin a day, of how many began in each week of so many days."""
    remembered = [_remembered_rate(counts, exposures, 0.5 ** (1 / half_life)) for half_life in HALF_LIVES]
    return _mixed(_weights([score for _, score in remembered]), [level for level, _ in remembered])


def _remembered_rate(counts: list[float], exposures: list[int], keep: float) -> tuple[Level, float]:
    """The rate as one memory has it, and the log of how well it foretold each week.

    A memory that forgets begins with the rate of the whole past, worth half an event; the other with Jeffreys' prior.
    """
    seen, time, score, ever, days = 0.0, 0.0, 0.0, JEFFREYS, 0.0
    for number, (count, exposure) in enumerate(zip(counts, exposures, strict=True)):
        if number >= MONTH:
            begun = JEFFREYS * days / ever if keep < 1 else 0.0
            score += _log_negative_binomial(int(count), seen + JEFFREYS, exposure / (time + begun))
        seen, time = seen * keep + count, time * keep + exposure
        ever, days = ever + count, days + exposure
    seen, time = seen + JEFFREYS, time + (JEFFREYS * days / ever if keep < 1 else 0.0)
    return Level(seen / time, seen / time**2), score


def _log_negative_binomial(count: int, seen: float, exposure: float) -> float:
    """The log of the chance of so many events at a rate that is Gamma(seen) distributed."""
    found = -seen * log1p(exposure)
    if count:
        found += count * log(exposure / (1 + exposure))
    for number in range(count):
        found += log((seen + number) / (number + 1))
    return found


def _weights(scores: list[float]) -> list[float]:
    best = max(scores)
    weights = [exp(score - best) for score in scores]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def _mixed(weights: list[float], levels: list[Level]) -> Level:
    """One level with the mean and the variance of the mixture."""
    mean = sum(weight * level.mean for weight, level in zip(weights, levels, strict=True))
    spread = [level.variance + (level.mean - mean) ** 2 for level in levels]
    return Level(mean, sum(weight * each for weight, each in zip(weights, spread, strict=True)))


def _variance(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return sum((value - mean) ** 2 for value in values) / max(len(values) - 1, 1)
