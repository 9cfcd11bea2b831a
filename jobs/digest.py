"""Digests: each reader's morning message, once a local date."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from domain.calendars import Calendar
from domain.episode import WarningKind
from domain.month_score import MonthScore, month_before, month_score
from domain.news import News, news_since
from domain.notice import Notice
from domain.past import Past, together
from domain.readers import Reader, ReaderKind, calendar_of, readers
from domain.standing import Standing
from domain.team import DIGEST_GRACE
from domain.window import Period
from jobs.items import each
from jobs.job import Context, Job
from messages.mornings import DIGESTS, Morning, digest_key
from storage.transaction import Transaction

A_SLICE_AT_MOST = timedelta(hours=1)
"""A slice that begins at a week's very end is over so much later."""

BEGINNING = datetime.min.replace(tzinfo=UTC)

LOOK_BACK = timedelta(days=14)
"""How far back digests that were not posted are looked for, and told."""

Decided = Callable[[date], set[str]]

log = logging.getLogger(__name__)


def run(context: Context) -> None:
    """Decide and write down each digest that is due; a reader's failure is its own."""
    with context.store.read(context.workspace) as tx:
        mornings = all_due(tx, at=context.at)
    each(
        mornings,
        lambda morning: decide(context, morning),
        doing=lambda morning: f"digest of {morning.on} for {morning.reader.name}",
    )


def all_due(tx: Transaction, *, at: datetime, only: str | None = None) -> list[Morning]:
    """Each due digest, or `only` that of one reader. The standings of an instant are read once for all due then."""
    decided: Decided = cache(tx.digests.decided)
    calendars = {calendar.name: calendar for calendar in tx.calendars.all()}
    due: list[tuple[Reader, date]] = []

    def note(reader: Reader) -> None:
        if on := _due(reader, calendar_of(reader, calendars), decided, at=at):
            due.append((reader, on))

    everybody = readers(tx.teams.all(), tx.subscriptions.all())
    asked = [reader for reader in everybody if only in (None, reader.name)]
    each(asked, note, doing=lambda reader: f"schedule of {reader.name}")
    return _mornings(tx, due, calendars, decided) if due else []


def _due(reader: Reader, calendar: Calendar, decided: Decided, *, at: datetime) -> date | None:
    """The local date of a digest that should have been said by now and was not decided."""
    on = reader.team.digest_due(calendar, at=at)
    if on is None or reader.name in decided(on):
        return None
    if not reader.channel:
        log.debug("no digest for %s: the team has no channel", reader.name)
        return None
    return on


def _mornings(
    tx: Transaction,
    due: Sequence[tuple[Reader, date]],
    calendars: Mapping[str, Calendar],
    decided: Decided,
) -> list[Morning]:
    mornings: list[Morning] = []

    def gather(one: tuple[Reader, date]) -> None:
        reader, on = one
        unposted = _unposted(tx, reader, on)
        news = news_since(tx.digests.last_told(reader.name, before=on, but=unposted))
        calendar = calendar_of(reader, calendars)
        morning = Morning(
            reader,
            on,
            tx.situations.of(reader.team.digest_instant(on)),
            news,
            missed=_missed(reader, on, calendar, decided, unposted),
            lost=_lost(tx, reader, on, news),
            begins_week=reader.begins_week(on, news, calendar),
            score=_score(tx, reader, on, news),
        )
        losses = {one.name: tx.spells.of(one) for one in morning.lossy()}
        mornings.append(replace(morning, losses=losses))

    each(due, gather, doing=lambda one: f"digest of {one[1]} for {one[0].name}")
    past = _past(tx, mornings)
    return [replace(morning, past=past) for morning in mornings]


def _past(tx: Transaction, mornings: Sequence[Morning]) -> Past:
    """What they tell of the past, each instant read once for all of them."""
    wanted = together(morning.wanted() for morning in mornings)
    standings = {instant: tx.standings.of(names, at=instant) for instant, names in wanted.items()}
    weeks = together(morning.wanted_weeks() for morning in mornings)
    return Past(
        {instant: {one.name: one for one in found} for instant, found in standings.items()},
        {week: _in_week(tx, week, names) for week, names in weeks.items()},
    )


def _in_week(tx: Transaction, week: Period, names: Collection[str]) -> dict[str, Standing]:
    """How each stood in a week that is over, by the week's own minutes."""
    edges = [week.start_minute, week.end_minute]
    found = tx.histories.of(names, edges, at=week.end + A_SLICE_AT_MOST)
    return {name: standing for name, (standing,) in found.items()}


def _unposted(tx: Transaction, reader: Reader, on: date) -> set[date]:
    """The dates whose digests were decided and never seen: refused, lost, or too late."""
    days = [on - timedelta(days=back) for back in range(1, LOOK_BACK.days + 1)]
    keys = {digest_key(what, reader.name, day): day for what in DIGESTS for day in days}
    return {keys[key] for key in tx.outbox.unsaid(keys)}


def _missed(
    reader: Reader, on: date, calendar: Calendar, decided: Decided, unposted: Collection[date]
) -> list[date]:
    """The digest days since the reader's last posted digest; none where it had none lately, as a new team."""
    missed: list[date] = []
    for back in range(1, LOOK_BACK.days + 1):
        day = on - timedelta(days=back)
        was_decided = reader.name in decided(day)
        if was_decided and day not in unposted:
            return missed[::-1]
        if was_decided or reader.had_digest_on(day, calendar):
            missed.append(day)
    return []


def _lost(tx: Transaction, reader: Reader, on: date, news: News) -> list[Notice]:
    """What did not arrive since the last roll-up: for those who can see to it."""
    if reader.kind is not ReaderKind.MANAGERS:
        return []
    before = news.since or on - timedelta(days=1)
    return tx.outbox.undelivered(since=reader.team.digest_instant(before))


def _score(tx: Transaction, reader: Reader, on: date, news: News) -> MonthScore | None:
    """How the forecasts of the month before came out: for the managers, in the first roll-up of a month."""
    if reader.kind is not ReaderKind.MANAGERS or (news.since and news.since >= on.replace(day=1)):
        return None
    month, ended = month_before(on, reader.team.timezone)
    kept = tx.forecasts.scored(ended.start, ended.end)
    if not kept:
        return None
    first = min(one.forecast.at for one in kept)
    episodes = tx.breach_warnings.episodes_between(BEGINNING, ended.end, [WarningKind.FORECAST])
    return month_score(month, ended, kept, episodes, tx.breaches.began_between(first, ended.end))


def decide(context: Context, morning: Morning) -> None:
    """Decision and notices together; where another worker was first nothing happens.

    The notice goes first: of two workers the slower waits at its key and is told that it is there.
    """
    reader, on = morning.reader, morning.on
    # By the clock, not by `at`: `tick --at` says now what was due then.
    morning = replace(morning, not_after=context.clock.now() + DIGEST_GRACE)
    notices = morning.notices(command=context.command, at=context.at)
    with context.store.transaction(context.workspace) as tx:
        if reader.name in tx.digests.decided(on):
            return
        if all(tx.outbox.add(notice) for notice in notices):
            tx.digests.decide(reader.name, on, at=context.at, told=morning.telling())


def take_note(context: Context, morning: Morning) -> None:
    """Decide it without saying it, only for the next one to be compared with."""
    reader, on = morning.reader, morning.on
    with context.store.transaction(context.workspace) as tx:
        if reader.name not in tx.digests.decided(on):
            tx.digests.decide(reader.name, on, at=context.at, told=morning.telling())


JOB = Job("digest", run)
