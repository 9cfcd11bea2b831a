"""`/slm warnings score [NAME]`: how good forecasts and warnings were, from the records of a year."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from math import isfinite

from commands.ask import Ask
from commands.meant import find_in, zone_here
from domain.episode import Episode, WarningKind
from domain.forecast_score import (
    NEARLY_WHOLE,
    Breached,
    Foretold,
    brier,
    linear_pace_brier,
    ratio,
    reliability,
)
from domain.lookup import objectives_of
from domain.minutes import instant_of
from domain.warning_score import ForecastWindow, apart, breached_at, hits_of, warned_at, windows_of
from messages.message import Message
from messages.warnings_score import NO_FIFTHS, Fifth, ScoreFacts
from messages.warnings_score import warnings_score as score_message
from storage.transaction import Transaction

SPAN = timedelta(days=365)
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)


def warnings_score(ask: Ask, tx: Transaction, name: str) -> Message:
    """Of all objectives, or those of NAME."""
    names, about = None, ""
    if name:
        found = find_in(tx, name, at=ask.at)
        objectives, agreements = tx.objectives.in_force(at=ask.at), tx.agreements.all()
        names, about = set(objectives_of(found, objectives, agreements, at=ask.at)), found.name
    return score_message(_facts(ask, tx, names, about), command=ask.command)


def _facts(ask: Ask, tx: Transaction, names: Collection[str] | None, about: str) -> ScoreFacts:
    since = ask.at - SPAN
    windows = windows_of(tx.forecasts.scored(since, ask.at, names))
    told, judged = [one.told for one in windows], apart(windows)
    episodes = _episodes(tx, names, until=ask.at)
    breaches = _breaches(tx, [one for one in judged if one.breached], episodes)
    hits, compared = hits_of(episodes, breaches, since=since), ratio(told)
    opened, teams = _said(ask, tx, names, since)
    begun = min([*opened, *(one.first_at for one in windows)], default=since)
    return ScoreFacts(
        since=since,
        until=ask.at,
        forecasts=sum(len(one.forecasts) for one in windows),
        periods=len(judged),
        breached=len(breaches),
        hits=hits.hits,
        false_alarms=hits.false_alarms,
        unforeseeable=sum(one.left_before > NEARLY_WHOLE for one in breaches),
        median_lead_hours=hits.median_lead_hours,
        brier=brier(told),
        pace_brier=linear_pace_brier(told),
        ratio=(compared.low, compared.high) if compared and isfinite(compared.high) else None,
        fifths=_fifths(told) if told else NO_FIFTHS,
        warnings=len(opened),
        teams=teams,
        weeks=(ask.at - max(begun, since)) / WEEK,
        about=about,
        zone=zone_here(ask, tx),
    )


def _episodes(tx: Transaction, names: Collection[str] | None, *, until: datetime) -> list[Episode]:
    """All forecast warnings that there ever were."""
    found = tx.breach_warnings.episodes_between(BEGINNING, until, [WarningKind.FORECAST])
    return [one for one in found if names is None or one.objective in names]


def _breaches(
    tx: Transaction, windows: Sequence[ForecastWindow], episodes: Sequence[Episode]
) -> list[Breached]:
    """How each of the windows came to be breached."""
    if not windows:
        return []
    start, end = min(one.first_at for one in windows), max(one.end for one in windows)
    began = tx.breaches.began_between(start, end + MINUTE)
    found = []
    for window in windows:
        at = breached_at(window, began)
        left = _left_before(tx, window.objective, min(at, window.end - MINUTE))
        found.append(Breached(at, warned_at(window, at, episodes), left))
    return found


def _left_before(tx: Transaction, name: str, at: datetime) -> float:
    """The share of the budget that was left when the last spell before `at` began; 0 where that is not known."""
    standings = tx.standings.of([name], at=at)
    spells = tx.spells.of(standings[0]) if standings else []
    if not spells:
        return 0.0
    began = instant_of(spells[-1].start)
    if began <= standings[0].period.start:
        return 1.0
    [before] = tx.standings.of([name], at=began)
    left = before.budget.left_ratio
    return 1.0 if left is None else float(left)


def _said(
    ask: Ask, tx: Transaction, names: Collection[str] | None, since: datetime
) -> tuple[list[datetime], int]:
    """When each warning of any kind was opened, and how many teams can be warned."""
    found = tx.breach_warnings.since(since, until=ask.at)
    opened = [
        one.opened_at
        for one in found
        if one.opened_at >= since and (names is None or any(part.objective in names for part in one.episodes))
    ]
    owners = {
        one.terms(at=ask.at).owner
        for one in tx.objectives.in_force(at=ask.at)
        if names is None or one.name in names
    }
    return opened, len(owners - {None})


def _fifths(told: Sequence[Foretold]) -> list[Fifth]:
    none = NO_FIFTHS[0]
    return [Fifth(one.forecasts, one.mean, one.observed) if one else none for one in reliability(told)]
