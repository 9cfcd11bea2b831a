"""The episode of a forecast: opened when a breach is probable, followed day by day, withdrawn, or come true."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.watching import WITHDRAW_BELOW

WITHDRAWN_AFTER = timedelta(days=1)
"""Low in two daily forecasts: the chance has been low for so long by the second."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable a breach is by `window_end`, as of `at`; None where it was not forecast.

    `breached` is whether the objective is breached at `at`, `was_breached` whether the period of the episode's
    forecasts, if that is over, ended so.
    """

    at: datetime
    window_end: datetime
    probability: float | None
    rolling: bool = False
    breached: bool = False
    was_breached: bool = False
    told_at: datetime | None = None
    """When somebody is told, where that is later than `at`."""


def follow_forecast(
    objective: str, last: Episode | None, chance: Chance, *, warn_at: Fraction
) -> Episode | None:
    """What the newest episode of the objective's forecasts is after another one.

    It opens at `warn_at`, is withdrawn once it was below two thirds of that on two days, and is over with its
    period or with the breach that it foretold. Then the next one begins with an episode of its own.
    """
    if last is None or not last.is_open:
        return _opened(objective, chance, warn_at) or last
    if chance.breached and not _is_over(last, chance):
        return last.breached(chance.at).resolved(chance.at)
    if chance.probability is None:
        return last
    return _moved(last, chance, chance.probability, float(WITHDRAW_BELOW * warn_at))


def at_period_end(last: Episode, chance: Chance) -> Episode:
    """The episode, over where its calendar period is, with the breach if it came to one."""
    if not last.is_open or not _is_over(last, chance) or last.window_end is None:
        return last
    return (last.breached(last.window_end) if chance.was_breached else last).resolved(last.window_end)


def _is_over(last: Episode, chance: Chance) -> bool:
    return not chance.rolling and last.window_end is not None and chance.at >= last.window_end


def _opened(objective: str, chance: Chance, warn_at: Fraction) -> Episode | None:
    if chance.probability is None or chance.breached or chance.probability < float(warn_at):
        return None
    return Episode(
        objective,
        WarningKind.FORECAST,
        Severity.TICKET,
        chance.at,
        chance.told_at or chance.at,
        probability=chance.probability,
        window_end=chance.window_end,
    )


def _moved(last: Episode, chance: Chance, probability: float, limit: float) -> Episode:
    below = None if probability >= limit else last.below_since or chance.at
    moved = replace(last, probability=probability, window_end=chance.window_end, below_since=below)
    if below is not None and chance.at - below >= WITHDRAWN_AFTER:
        return moved.resolved(chance.at)
    return moved
