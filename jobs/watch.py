"""The watch: once a minute all objectives are looked at; warnings open, change and end, and breaches are noted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.episode import REOPENED_WITHIN, WarningKind
from domain.in_effect import apart
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.planned import Promises
from domain.standing import Standing
from domain.watch import Changed, Decided, Known, Seen, decide, place_of, placed, see
from jobs.job import Context, Job
from jobs.tell import tell
from jobs.tell_breaches import tell_breaches
from storage.transaction import Transaction

MARGIN = timedelta(minutes=HOUR)
"""What was over lately is read so much further back than it is needed."""

SET_BACK = 5
"""Minutes by which the newest look may be ahead of a clock that was not set back."""

LONG_AGO = HOUR
"""Minutes without a look after which breaches that began meanwhile are left to the digest."""


@dataclass(frozen=True, slots=True)
class Look:
    """All objectives that count at a whole minute, and the promises that they stand in."""

    at: datetime
    seen: Mapping[str, Seen]
    promises: Promises


def run(context: Context) -> None:
    """Look, unless this minute was looked at; then write down what changed, unless another worker was first."""
    at = instant_of(minute_of(context.at))
    with context.store.read(context.workspace) as tx:
        if _is_done(tx.breach_warnings.noted_minute(), context):
            return
        found = _look(tx, at)
    with context.store.transaction(context.workspace) as tx:
        noted = tx.breach_warnings.lock()
        if not _is_done(noted, context):
            _write(tx, context, found, noted)
            tx.breach_warnings.note_minute(minute_of(at))


def _is_done(noted: int, context: Context) -> bool:
    """Whether the minute was looked at; where the clock was set back it has to be looked at again."""
    minute = minute_of(context.at)
    live = abs(minute_of(context.clock.now()) - minute) <= 1
    return noted >= minute and not (live and noted > minute + SET_BACK)


def _look(tx: Transaction, at: datetime) -> Look:
    promises = tx.promises
    standings, _ = apart(tx.standings.watched(at=at), promises, at=at)
    burns = tx.breach_warnings.episodes(WarningKind.BURN, since=at - _longest(standings))
    seen = {one.name: see(one, burns.get(one.name)) for one in standings}
    return Look(at, seen, promises)


def _longest(standings: Sequence[Standing]) -> timedelta:
    """As far back as the longest window goes: an earlier episode changes nothing of what is seen."""
    watchings = [one.objective.watching for one in standings]
    written = [length for one in watchings if one.conditions for length in one.lengths]
    return timedelta(minutes=max([3 * DAY, *written])) + MARGIN


def _write(tx: Transaction, context: Context, found: Look, noted: int) -> None:
    at = found.at
    known = _known(tx, found)
    decided = decide(found.seen, known, at=at)
    tx.breach_warnings.save_pending(WarningKind.BURN, dict(decided.pending or {}))
    recently = tx.breaches.ended_since(at - timedelta(minutes=DAY))
    tx.breaches.begin(decided.begun, at=at)
    tx.breaches.end(decided.ended, at=at)
    changes = _changes(tx, found, decided)
    tell(tx, context, changes, found.promises, at=at)
    if noted and minute_of(at) - noted <= LONG_AGO:
        news = _unwarned(decided.begun, changes) - recently
        tell_breaches(tx, [found.seen[name].standing for name in sorted(news)], found.promises)


def _known(tx: Transaction, found: Look) -> Known:
    warnings, at = tx.breach_warnings, found.at
    longest = _longest([one.standing for one in found.seen.values()])
    return Known(
        warnings.episodes(WarningKind.BURN, since=at - longest),
        warnings.episodes(WarningKind.SILENT, since=at - REOPENED_WITHIN - MARGIN),
        warnings.episodes(WarningKind.FORECAST, since=at),
        tx.breaches.lasting(),
    )


def _changes(tx: Transaction, found: Look, decided: Decided) -> list[Changed]:
    """The warnings that change, and those that are open: what was held back, or asked, may be due."""
    warnings = tx.breach_warnings.since(found.at - REOPENED_WITHIN - MARGIN)
    changed = placed(
        decided.episodes,
        warnings,
        place=lambda name: place_of(found.seen[name].standing, found.promises),
        number=tx.breach_warnings.next_number(),
        at=found.at,
    )
    others = {one.number for one in warnings} - {change.after.number for change in changed}
    return [*changed, *(Changed(one, one) for one in warnings if one.number in others and one.is_open)]


def _unwarned(begun: Collection[str], changes: Sequence[Changed]) -> set[str]:
    """Those of the objectives whose breach no warning tells."""
    return set(begun) - {
        one.objective
        for change in changes
        for one in change.after.breached
        if one.is_open or one.breached_at == one.resolved_at
    }


JOB = Job("watch", run)
