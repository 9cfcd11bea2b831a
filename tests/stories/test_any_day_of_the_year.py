"""Around the changes of the clocks, with restarts at random: one notice a team and day, and what was missed is told.

The whole matrix of zones, times and days is in tests/domain/test_any_day_of_the_year.py, without a database.
"""

import random
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine

from domain.notice import Notice
from jobs import digest
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import EVERY_DAY, organise, team
from tests.fakes.wall_clock import watched

GRACE, DAY, SECOND = timedelta(hours=4), timedelta(days=1), timedelta(seconds=1)
HALF_AN_HOUR = timedelta(minutes=30)
TIMES = [time(0), time(1, 30), time(2), time(2, 30), time(9), time(23, 30)]
"""Most of them about the hours at which clocks are changed."""
ZONES = [
    pytest.param("America/New_York", 2026, id="New York"),
    pytest.param("Europe/Berlin", 2026, id="Berlin"),
    pytest.param("Europe/London", 2027, id="London"),
    pytest.param("Australia/Sydney", 2026, id="Sydney"),
    pytest.param("Africa/Cairo", 2026, id="Cairo"),
    pytest.param("Australia/Lord_Howe", 2027, id="Lord Howe"),
    pytest.param("Pacific/Apia", 2011, id="Apia, with the day that it left out"),
]

Digest = tuple[str, date]
"""Team, local date."""


def named(at: time) -> str:
    return f"t{at:%H%M}"


def wanted(zone: str, year: int) -> dict[Digest, datetime]:
    """All digests of the year with their instants, from what the wall clock shows."""
    return {
        (named(at), on): instant for (on, at), instant in watched(zone, year).instants.items() if at in TIMES
    }


def near_changes(zone: str, year: int) -> set[date]:
    """The days around each change of the clocks."""
    return {change + number * DAY for change in watched(zone, year).changes for number in range(-2, 2)}


def ticks(chance: random.Random, instants: Iterable[datetime]) -> Iterator[datetime]:
    """From four hours before the first, with pauses of up to four hours less a second; rarely of a day."""
    at = None
    for instant in sorted(instants):
        at = instant - GRACE if at is None or at < instant - DAY else at
        while at < instant:
            yield at
            at += chance.choices([GRACE - SECOND, DAY], [9, 1])[0] * chance.uniform(0.3, 1)
    assert at is not None
    yield at


def noticed(wanted: dict[Digest, datetime], ticks: Sequence[datetime]) -> dict[Digest, datetime]:
    """Each digest with the first tick from its instant on, where that is soon enough."""
    places = {one: bisect_left(ticks, instant) for one, instant in wanted.items()}
    firsts = {one: ticks[place] for one, place in places.items() if place < len(ticks)}
    return {one: at for one, at in firsts.items() if at - wanted[one] < GRACE}


def told_missed(wanted: Iterable[Digest], said: Iterable[Digest]) -> dict[Digest, list[date]]:
    """What each said digest must name: the days between it and the one before, if that was lately."""
    found: dict[Digest, list[date]] = {}
    for name, on in said:
        before = max((day for other, day in said if other == name and on - 14 * DAY <= day < on), default=on)
        found[name, on] = sorted(day for other, day in wanted if other == name and before < day < on)
    return found


def work(store: Store, at: datetime) -> None:
    digest.run(Context(store, "default", MovableClock(at), at))


def posted(store: Store) -> dict[Digest, Notice]:
    """All notices; a second one of a digest would be a second key."""
    with store.read() as tx:
        notices = tx.outbox.all()
    found = {_digest(notice.key): notice for notice in notices}
    assert len(found) == len(notices)
    return found


def _digest(key: str) -> Digest:
    kind, name, on = key.split(":")
    assert kind == "digest"
    return name, date.fromisoformat(on)


def assert_names(notice: Notice, days: Sequence[date]) -> None:
    text = ", ".join(f"{day:%a} {day.day} {day:%b}" for day in days)
    said = str(notice.content.blocks)
    assert (f"Digests not posted: {text}'" in said) if days else ("not posted" not in said), notice.key


@pytest.mark.parametrize(("zone", "year"), ZONES)
def test_one_notice_a_team_and_day_around_changes_of_the_clocks(
    sqlite_store: Store, zone: str, year: int
) -> None:
    digests, near = wanted(zone, year), near_changes(zone, year)
    organise(sqlite_store, [team(named(at), zone=zone, at=at, days=EVERY_DAY) for at in TIMES])
    instants = [instant for (_, on), instant in digests.items() if on in near]
    moments = list(ticks(random.Random(zone), instants))  # noqa: S311
    for at in moments:
        work(sqlite_store, at)
    found, expected = posted(sqlite_store), noticed(digests, moments)
    assert {one: notice.created_at for one, notice in found.items()} == expected
    missed = told_missed(digests, expected)
    assert any(missed.values())
    for one, notice in found.items():
        assert_names(notice, missed[one])


def test_two_workers_that_decide_at_once(postgresql_engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    """Berlin's night with 25 hours: each tick on two workers at the same time."""
    first, second = Store(postgresql_engine), Store(postgresql_engine)
    first.ensure_workspace()
    digests = {one: at for one, at in wanted("Europe/Berlin", 2026).items() if one[1] == date(2026, 10, 25)}
    organise(first, [team(named(at), zone="Europe/Berlin", at=at, days=EVERY_DAY) for at in TIMES])
    start, end = min(digests.values()), max(digests.values())
    barrier = Barrier(2, timeout=30)

    def work_together(store: Store) -> None:
        for number in range(1 + (end - start) // HALF_AN_HOUR):
            barrier.wait()
            work(store, start + number * HALF_AN_HOUR)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work_together, [first, second]))
    found = posted(first)
    assert {one: found[one].created_at for one in digests} == digests
    assert {on for _, on in found} <= {date(2026, 10, 24), date(2026, 10, 25)}
    assert caplog.records == []
