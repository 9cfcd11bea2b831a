"""A replay as text for a terminal: what Steward would have warned of, and what that would have been worth."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.burn import Severity
from domain.episode import WarningKind
from domain.forecast_score import Fifth
from domain.ratio import exact_percent
from domain.replay import Replayed, Told
from domain.replay_scores import ReplayScores

MOST_LISTED = 40
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def backtest_text(replayed: Replayed, scores: ReplayScores) -> str:
    """A summary that reads from the top, then every warning."""
    return "\n".join([*_head(replayed), "", *_summary(replayed, scores), "", *_list(replayed)])


def _head(replayed: Replayed) -> Iterator[str]:
    recorded = replayed.recorded
    yield f"{recorded.objective.name}, {_day(replayed.start)} to {_day(replayed.end)} (UTC)"
    watching = recorded.watching
    conditions = "the default burn conditions"
    if watching.conditions is not None:
        conditions = f"{_many(len(watching.conditions), 'condition')} of its own"
    yield f"With {conditions}, and forecasts that warn from {exact_percent(watching.warn_at)} on."
    if recorded.kept_since is not None:
        yield "Earlier minutes are no longer kept: the history begins there."
    if len(recorded.objective.versions) > 1:
        yield "Each instant by the terms that were in force then."


def _summary(replayed: Replayed, scores: ReplayScores) -> Iterator[str]:
    kinds = [(one.episode.kind, one.episode.severity) for one in replayed.warnings]
    urgent = kinds.count((WarningKind.BURN, Severity.PAGE))
    burns = [kind for kind, _ in kinds].count(WarningKind.BURN)
    foretold = [kind for kind, _ in kinds].count(WarningKind.FORECAST)
    silent = [kind for kind, _ in kinds].count(WarningKind.SILENT)
    yield (
        f"{_many(len(kinds), 'warning')}, {scores.warnings_a_week:.1f} a week: {urgent} urgent, "
        f"{burns - urgent} that could wait, {_many(foretold, 'forecast')}, {silent} of missing data"
    )
    window = "7-day windows" if replayed.rolling else "periods"
    if not scores.windows:
        yield "No forecast can be scored yet: none of their windows is over."
        return
    yield f"{scores.windows} {window} are over, {scores.breached} of them breached"
    yield from _forecast_warnings(scores)
    yield from _probabilities(scores)


def _forecast_warnings(scores: ReplayScores) -> Iterator[str]:
    hits = scores.hits
    breaches = hits.hits + hits.misses
    yield (
        f"Forecast warnings: {hits.hits} of {_many(breaches, 'breach', 'breaches')} foretold, "
        f"{hits.misses} missed, {_many(hits.false_alarms, 'false alarm')}"
    )
    if hits.median_lead_hours is not None:
        yield f"Half of them at least {_long(hits.median_lead_hours * HOUR)} before"
    if hits.unforeseeable:
        yield (
            f"{round(hits.unforeseeable * breaches)} of these breaches came out of a budget that was more than "
            "three quarters full at the last forecast"
        )


def _probabilities(scores: ReplayScores) -> Iterator[str]:
    forecasts = sum(fifth.forecasts for fifth in scores.fifths if fifth)
    if scores.brier is None or scores.linear_pace_brier is None:
        return
    line = f"Brier score of {forecasts:,} forecasts: {scores.brier:.3f}; linear pace {scores.linear_pace_brier:.3f}"
    if scores.ratio is not None:
        line += f"; {scores.ratio.value:.2f} of it (95%: {scores.ratio.low:.2f} to {scores.ratio.high:.2f})"
    yield line
    yield ""
    yield "forecast    said  came true  forecasts"
    for place, fifth in enumerate(scores.fifths):
        yield _fifth_line(place, fifth)


def _fifth_line(place: int, fifth: Fifth | None) -> str:
    span = f"{20 * place}–{20 * place + 20}%"
    if fifth is None:
        return f"{span:<9}{'–':>7}{'–':>11}{0:>11,}"
    return f"{span:<9}{fifth.mean:>7.0%}{fifth.observed:>11.0%}{fifth.forecasts:>11,}"


def _list(replayed: Replayed) -> Iterator[str]:
    if not replayed.warnings:
        yield "It would not have warned."
        return
    newest = replayed.warnings[-MOST_LISTED:]
    if len(replayed.warnings) > MOST_LISTED:
        left_out = len(replayed.warnings) - MOST_LISTED
        yield f"The newest {MOST_LISTED} warnings, without {left_out:,} older ones (--json has all):"
    for one in newest:
        yield _warning_line(one)


def _warning_line(one: Told) -> str:
    episode = one.episode
    opened = episode.opened_at or episode.began_at
    lasted = "still open" if episode.resolved_at is None else f"for {_long(episode.resolved_at - opened)}"
    cells = [f"{_minute(opened)}  {_kind(one):<16}", f"{lasted:<14}"]
    if episode.kind is not WarningKind.SILENT:
        cells.append({True: "breached", False: "not breached", None: "not known yet"}[one.breached])
    if episode.reopened:
        cells.append(f"began again {_times(episode.reopened)}")
    return "  ".join(cells).rstrip()


def _kind(one: Told) -> str:
    if one.episode.kind is WarningKind.SILENT:
        return "missing data"
    if one.episode.kind is WarningKind.FORECAST and one.probability is not None:
        return f"forecast {one.probability:.0%}"
    return "urgent" if one.episode.severity is Severity.PAGE else "can wait"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _many(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _long(length: timedelta) -> str:
    """ "36 min", "5 h", "3 days"."""
    if length < 2 * HOUR:
        return f"{length // timedelta(minutes=1)} min"
    if length < 2 * DAY:
        return f"{length // HOUR} h"
    return f"{length // DAY} days"


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
