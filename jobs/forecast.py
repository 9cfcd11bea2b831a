"""Forecasts: once a day, as of 00:00 UTC, how probably each objective will be missed; some objectives a tick."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from weakref import WeakKeyDictionary

from domain.episode import Episode, WarningKind
from domain.forecast import Forecast, forecast
from domain.forecast_episode import Chance
from domain.in_effect import apart
from domain.kept_forecast import KeptForecast, followed
from domain.minutes import instant_of, minute_of
from domain.objective import Objective
from domain.standing import Standing, State
from domain.watch import place_of, placed
from domain.window import RollingWindow
from jobs.items import each
from jobs.job import Context, Job
from jobs.tell import tell
from storage.store import Store
from storage.transaction import Transaction

AFTER_MIDNIGHT = timedelta(minutes=15)
"""By then the minutes before midnight are there, and what is missing of them counts."""

SET_BACK = timedelta(minutes=5)
"""By how much an instant may be before the newest look and not be the past."""

AT_ONCE = 25
"""How many objectives one tick forecasts: the watch is not to be held up."""


@dataclass(slots=True)
class Night:
    """What is left to do on a day: objectives to learn the past of, one a tick, then objectives to forecast."""

    on: date
    unknown: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


NIGHTS: WeakKeyDictionary[Store, dict[str, Night]] = WeakKeyDictionary()
"""For each workspace of a store what is left of the newest day: what was not forecast on purpose has no row."""


def run(context: Context) -> None:
    """Do the next part of what is due of today, or all of it where nothing runs again soon."""
    midnight = datetime.combine(context.at.astimezone(UTC).date(), time(0), UTC)
    if context.at < midnight + AFTER_MIDNIGHT or _is_past(context):
        return
    night = _night(context, midnight)
    while night.unknown or night.names:
        _some(context, night, midnight)
        if not context.drain:
            return


def _is_past(context: Context) -> bool:
    """Whether somebody looks back: that ends and foretells nothing. A clock that was set back goes on."""
    with context.store.read(context.workspace) as tx:
        newest = instant_of(tx.breach_warnings.noted_minute())
    return context.at < newest - SET_BACK and abs(context.clock.now() - context.at) > SET_BACK


def _night(context: Context, midnight: datetime) -> Night:
    """What this process has left to do; what others did meanwhile is found out when it is its turn."""
    nights = NIGHTS.setdefault(context.store, {})
    night = nights.get(context.workspace)
    if night is None or night.on != midnight.date():
        with context.store.read(context.workspace) as tx:
            night = _due(tx, midnight)
        nights[context.workspace] = night
    return night


def _due(tx: Transaction, midnight: datetime) -> Night:
    ordered = sorted(tx.objectives.in_force(at=midnight), key=lambda one: (one.service, one.name))
    made, known = tx.forecasts.made_at(midnight), tx.forecasts.known()
    names = [one.name for one in ordered]
    return Night(
        midnight.date(),
        [name for name in names if name not in known],
        [name for name in names if name not in made],
    )


def _some(context: Context, night: Night, midnight: datetime) -> None:
    """Off the list first: what fails is logged, and not tried again before tomorrow."""
    if night.unknown:
        each([night.unknown.pop(0)], lambda name: _learn(context, name, midnight), doing=_learning)
        return
    names, night.names = night.names[:AT_ONCE], night.names[AT_ONCE:]
    done: list[str] = []

    def forecast_these(some: Sequence[str]) -> None:
        settle(context, some, midnight)
        forecast_all(context, some, midnight)
        done.extend(some)

    each([names], forecast_these, doing=_forecasting)
    each(
        [[name] for name in names if name not in done and len(names) > 1], forecast_these, doing=_forecasting
    )


def _learning(name: str) -> str:
    return f"learning from the past of {name}"


def _forecasting(names: Sequence[str]) -> str:
    return f"the forecasts of {', '.join(names)}"


def _learn(context: Context, name: str, midnight: datetime) -> None:
    """What would have been forecast of an objective whose history is longer than its record."""
    with context.store.read(context.workspace) as tx:
        past = tx.past_forecasts.of(name, before=midnight)
    if past:
        with context.store.transaction(context.workspace) as tx:
            tx.forecasts.save(past)


def settle(context: Context, names: Collection[str], midnight: datetime) -> None:
    """Note what came of the forecasts whose windows are over."""
    with context.store.read(context.workspace) as tx:
        objectives = {one.name: one for one in tx.objectives.with_retired()}
        over = tx.forecasts.unsettled(names, at=midnight)
        outcomes = {
            (one.objective, one.forecast.window_end): _came_true(
                tx, objectives[one.objective], one, context.at
            )
            for one in over
        }
    if outcomes:
        with context.store.transaction(context.workspace) as tx:
            for (name, window_end), breached in outcomes.items():
                tx.forecasts.settle(name, window_end, breached=breached)


def _came_true(tx: Transaction, objective: Objective, made: KeptForecast, at: datetime) -> bool:
    """Whether the calendar period was missed; a rolling window at any minute that was looked at, or a day's end."""
    start, end = made.forecast.at, made.forecast.window_end
    if not isinstance(objective.terms(at=start).window, RollingWindow):
        return _missed(tx, objective, end, at)
    if tx.breaches.any_within(objective.name, start, end):
        return True
    days = (end - timedelta(days=back) for back in range((end - start).days))
    return any(
        one.state is State.BREACHED for day in days for one in tx.standings.of([objective.name], at=day)
    )


def _missed(tx: Transaction, objective: Objective, end: datetime, at: datetime) -> bool:
    """Whether the period that ended then was missed, by its own minutes."""
    last = end - timedelta(minutes=1)
    period = objective.terms(at=last).window.period(at=last)
    edges = [period.start_minute, period.end_minute]
    [standing] = tx.histories.of([objective.name], edges, at=at)[objective.name]
    return standing.state is State.BREACHED


def forecast_all(context: Context, names: Collection[str], midnight: datetime) -> None:
    """Forecast those that count and are not breached, and follow the warnings about all that count."""
    with context.store.read(context.workspace) as tx:
        counted, _ = apart(tx.standings.of(names, at=midnight), tx.promises, at=midnight)
        standings = {one.name: one for one in counted}
        wanted = [name for name, one in standings.items() if one.state is not State.BREACHED]
        outlooks = tx.outlooks.of(wanted, at=midnight)
        made = {name: forecast(one, tx.forecasts.record(name)) for name, one in outlooks.items()}
    with context.store.transaction(context.workspace) as tx:
        tx.breach_warnings.lock()
        done = tx.forecasts.made_at(midnight)  # by another worker
        left = {name: one for name, one in standings.items() if name not in done}
        tx.forecasts.save(KeptForecast(name, one) for name, one in made.items() if name in left)
        _follow(tx, context, left, made, midnight)


def _follow(
    tx: Transaction,
    context: Context,
    standings: Mapping[str, Standing],
    made: Mapping[str, Forecast],
    midnight: datetime,
) -> None:
    last = tx.breach_warnings.episodes(WarningKind.FORECAST, since=midnight)
    breached = tx.breaches.lasting()
    episodes: list[Episode] = []
    for name, standing in standings.items():
        chance = _chance(tx, standing, made.get(name), last.get(name), context.at)
        if name in breached and not chance.breached:
            chance = replace(chance, breached=True)  # since midnight: there is nothing to foretell
        warn_at = standing.objective.watching.warn_at
        episodes += followed(name, last.get(name), chance, warn_at=warn_at)
    promises = tx.promises
    changes = placed(
        episodes,
        tx.breach_warnings.open(),
        place=lambda name: place_of(standings[name], promises),
        number=tx.breach_warnings.next_number(),
        at=midnight,
    )
    tell(tx, context, changes, promises, at=instant_of(minute_of(context.at)))


def _chance(
    tx: Transaction, standing: Standing, made: Forecast | None, last: Episode | None, at: datetime
) -> Chance:
    over = last.window_end if last and last.is_open and last.window_end else None
    rolling = isinstance(standing.terms.window, RollingWindow)
    ended = over is not None and not rolling and over <= standing.at
    return Chance(
        standing.at,
        made.window_end if made else standing.period.end,
        made.probability if made else None,
        rolling=rolling,
        breached=standing.state is State.BREACHED,
        was_breached=bool(ended and over and _missed(tx, standing.objective, over, at)),
        told_at=instant_of(minute_of(at)),
    )


JOB = Job("forecast", run)
