"""How good forecast warnings were, from what was foretold, what was warned of, and what was breached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.episode import Episode
from domain.forecast import Forecast
from domain.forecast_score import Breached, Foretold, Hits, Warned, hits
from domain.kept_forecast import KeptForecast


@dataclass(frozen=True, slots=True)
class ForecastWindow:
    """All forecasts of an objective for the window that ended at `end`, and whether it was missed."""

    objective: str
    end: datetime
    forecasts: Sequence[Forecast]
    breached: bool

    @property
    def first_at(self) -> datetime:
        """When it was first forecast."""
        return self.forecasts[0].at

    @property
    def told(self) -> Foretold:
        """As it is scored."""
        return Foretold(self.forecasts, self.breached)


def windows_of(kept: Iterable[KeptForecast]) -> list[ForecastWindow]:
    """The windows that are over, by objective and end."""
    found: dict[tuple[str, datetime], list[KeptForecast]] = {}
    for one in sorted(kept, key=lambda one: one.forecast.at):
        if one.breached is not None:
            found.setdefault((one.objective, one.forecast.window_end), []).append(one)
    return [
        ForecastWindow(name, end, [one.forecast for one in told], bool(told[-1].breached))
        for (name, end), told in sorted(found.items())
    ]


def apart(windows: Iterable[ForecastWindow]) -> list[ForecastWindow]:
    """Of windows that overlap, as those of rolling objectives do, each objective's first, so that none counts twice."""
    kept: list[ForecastWindow] = []
    for window in windows:
        last = kept[-1] if kept and kept[-1].objective == window.objective else None
        if last is None or window.first_at >= last.end:
            kept.append(window)
    return kept


def breached_at(window: ForecastWindow, began: Collection[tuple[str, datetime]]) -> datetime:
    """When a breached window was first seen to be so; at its end where nobody saw it before."""
    seen = [at for name, at in began if name == window.objective and window.first_at <= at <= window.end]
    return min(seen, default=window.end)


def warned_at(window: ForecastWindow, at: datetime, episodes: Iterable[Episode]) -> datetime | None:
    """When the forecast warning was opened that stood when the window was breached at `at`; None without one."""
    stood = [
        one.opened_at
        for one in episodes
        if one.objective == window.objective
        and one.opened_at is not None
        and one.opened_at < at
        and (one.resolved_at is None or one.resolved_at >= at)
    ]
    return min(stood, default=None)


def hits_of(episodes: Iterable[Episode], breaches: Sequence[Breached], *, since: datetime) -> Hits:
    """Of the forecast warnings that were over from `since` on, and of the breaches."""
    over = [
        Warned(one.opened_at, one.breached_at is not None)
        for one in episodes
        if one.opened_at and one.resolved_at and one.resolved_at >= since
    ]
    return hits(over, breaches)
