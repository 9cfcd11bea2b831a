"""Forecasts as they are remembered: of which objective, whether anybody was told, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from domain.episode import Episode
from domain.forecast import Forecast, Record
from domain.forecast_episode import Chance, at_period_end, follow_forecast
from domain.forecast_score import Foretold


@dataclass(frozen=True, slots=True)
class KeptForecast:
    """One day's forecast of an objective. `breached` is None as long as its window is not over.

    A `replayed` one was made later, from the history alone, to learn from: nobody was told.
    """

    objective: str
    forecast: Forecast
    breached: bool | None = None
    replayed: bool = False


def windows_of(kept: Iterable[KeptForecast]) -> list[Foretold]:
    """The windows that are over, in the order of their ends, each with its forecasts."""
    over = sorted(
        (one for one in kept if one.breached is not None),
        key=lambda one: (one.forecast.window_end, one.objective, one.forecast.at),
    )
    windows = (
        list(group) for _, group in groupby(over, key=lambda one: (one.forecast.window_end, one.objective))
    )
    return [Foretold([one.forecast for one in window], bool(window[-1].breached)) for window in windows]


def record_of(kept: Iterable[KeptForecast]) -> Record:
    """How each method did for one objective over the windows that are over."""
    record = Record()
    for window in windows_of(kept):
        record = record.after(window.forecasts, window.breached)
    return record


def followed(objective: str, last: Episode | None, chance: Chance, *, warn_at: Fraction) -> list[Episode]:
    """The episodes that a forecast changes: one that is over with its period, and the one that goes on or begins."""
    now = at_period_end(last, chance) if last else None
    over = [now] if now and now != last else []
    after = follow_forecast(objective, now, chance, warn_at=warn_at)
    return [*over, after] if after and after != now else over
