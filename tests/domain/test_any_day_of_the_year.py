"""Any zone, any half hour, any day of a year, whatever the restarts: one digest a team and working day."""

import random
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

import pytest

from domain.calendars import Calendar
from domain.team import DigestSchedule, Team
from tests.fakes.wall_clock import watched

CHANGING = (
    "America/New_York",
    "Europe/Berlin",
    "Europe/London",
    "Australia/Sydney",
    "Africa/Cairo",
    "Australia/Lord_Howe",
)
"""Zones whose clocks are set twice a year."""
ZONES = (*CHANGING, "Asia/Kolkata", "Asia/Kathmandu", "Pacific/Apia")
HALF_HOURS = [time(minutes // 60, minutes % 60) for minutes in range(0, 24 * 60, 30)]
EVERY_DAY = frozenset(range(7))
HOLIDAYS = frozenset({date(2026, 4, 6), date(2026, 10, 26)})
"""The day after a change of the clocks, here and there."""
SECOND = timedelta(seconds=1)
GRACE = timedelta(hours=4)
DAY = timedelta(days=1)
YEARS = [
    *[pytest.param(zone, 2026, id=f"{zone} 2026") for zone in ZONES],
    pytest.param("Pacific/Apia", 2011, id="Apia left out 30 December 2011"),
]

Digest = tuple[datetime, date]
"""Its instant, its local date."""


def team(zone: str, at: time, days: frozenset[int] | None) -> Team:
    return Team("payments", timezone=zone, digest=DigestSchedule(at, days))


def wanted(zone: str, at: time, days: frozenset[int] | None, year: int) -> list[Digest]:
    """The year's digests, by looking at the wall clock; in order."""
    dates = (date(year, 1, 1) + number * DAY for number in range(365))
    works = (on for on in dates if on not in HOLIDAYS and (days or on.weekday() < 5))
    seen = watched(zone, year).instants
    return [(seen[on, at], on) for on in works if (on, at) in seen]


def restarts(chance: random.Random, instants: Iterable[datetime]) -> list[datetime]:
    """The last tick before and the first after each pause: one over each instant, of up to four hours less a second.

    A tenth of the pauses are up to two days long.
    """
    found = []
    for instant in instants:
        longest = GRACE if chance.random() < 0.9 else 2 * DAY
        pause = chance.random() * (longest - SECOND)
        stopped = instant - chance.random() * pause
        found += [stopped, stopped + pause]
    return sorted(found)


def said(one: Team, ticks: Iterable[datetime], year: int) -> list[Digest]:
    """What is decided for a year at these ticks, and when: nothing twice, as `jobs/digest.py` sees to."""
    found: dict[date, datetime] = {}
    calendar = Calendar("office", one.timezone, holidays=HOLIDAYS)
    for at in ticks:
        on = one.digest_due(calendar, at=at)
        if on is not None and on.year == year:
            found.setdefault(on, at)
    return [(at, on) for on, at in found.items()]


def noticed(digests: Iterable[Digest], ticks: Sequence[datetime]) -> list[Digest]:
    """Each digest at the first tick from its instant on, where that is soon enough."""
    firsts = [(ticks[bisect_left(ticks, instant)], instant, on) for instant, on in digests]
    return [(at, on) for at, instant, on in firsts if at - instant < GRACE]


@pytest.mark.parametrize(("zone", "year"), YEARS)
def test_each_day_has_its_digest_whatever_the_restarts(zone: str, year: int) -> None:
    """Said at the first tick, never after four hours. All of them every day: clocks are changed on days off."""
    for place, at in enumerate(HALF_HOURS):
        every_day = wanted(zone, at, EVERY_DAY, year)
        ticks = restarts(random.Random(f"{zone} {at}"), [instant for instant, _ in every_day])  # noqa: S311
        assert said(team(zone, at, EVERY_DAY), ticks, year) == noticed(every_day, ticks), at
        if place % 2 == ZONES.index(zone) % 2:
            working = wanted(zone, at, None, year)
            assert said(team(zone, at, None), ticks, year) == noticed(working, ticks), at


@pytest.mark.parametrize(("zone", "year"), [(zone, year) for zone in CHANGING for year in (2026, 2027)])
def test_due_for_four_hours_to_the_second_around_each_change_of_the_clocks(zone: str, year: int) -> None:
    changes = watched(zone, year).changes
    assert len(changes) == 2
    near = {change + number * DAY for change in changes for number in range(-2, 3)}
    for at in HALF_HOURS:
        one, calendar = team(zone, at, EVERY_DAY), Calendar("all", zone)
        for on in near:
            instant = watched(zone, year).instants[on, at]
            edges = [instant - SECOND, instant, instant + GRACE - SECOND, instant + GRACE]
            due = [one.digest_due(calendar, at=edge) for edge in edges]
            assert due == [None, on, on, None], (at, on)
            assert one.digest_instant(on) == instant
