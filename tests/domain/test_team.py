"""When a team's digest is due: on any day of the year, in any zone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.calendars import Calendar, office_calendar
from domain.team import WEEKLY, DigestSchedule, Team, TeamKind

WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))


def team(zone: str, at: time = time(9), days: frozenset[int] = WEEKDAYS) -> Team:
    return Team("payments", timezone=zone, digest=DigestSchedule(at, days))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "at", "on"),
    [
        pytest.param(team("UTC"), "2026-11-24T08:59", None, id="not yet"),
        pytest.param(team("UTC"), "2026-11-24T09:00", date(2026, 11, 24), id="at its time"),
        pytest.param(team("UTC"), "2026-11-24T12:59", date(2026, 11, 24), id="late, but within four hours"),
        pytest.param(team("UTC"), "2026-11-24T13:00", None, id="missed by four hours"),
        pytest.param(team("UTC"), "2026-11-28T09:00", None, id="no digest on Saturday"),
        pytest.param(team("Europe/Berlin"), "2026-11-24T08:00", date(2026, 11, 24), id="Berlin in winter"),
        pytest.param(team("Europe/Berlin"), "2026-07-01T07:00", date(2026, 7, 1), id="Berlin in summer"),
        pytest.param(team("Asia/Kathmandu"), "2026-11-24T03:14", None, id="Kathmandu is 5:45 ahead: not yet"),
        pytest.param(
            team("Asia/Kathmandu"), "2026-11-24T03:15", date(2026, 11, 24), id="Kathmandu is 5:45 ahead"
        ),
        pytest.param(
            team("Pacific/Apia"), "2026-11-23T20:00", date(2026, 11, 24), id="Apia's Tuesday begins on Monday"
        ),
        pytest.param(
            team("America/New_York", time(23, 30)), "2026-11-25T04:30", date(2026, 11, 24), id="late evening"
        ),
        pytest.param(
            team("UTC", time(23, 30)),
            "2026-11-25T00:30",
            date(2026, 11, 24),
            id="yesterday's, after midnight",
        ),
        pytest.param(
            team("UTC", time(23, 30)), "2026-11-28T00:30", date(2026, 11, 27), id="Friday's, on Saturday"
        ),
        pytest.param(team("UTC", time(23, 30)), "2026-11-23T00:30", None, id="Sunday has none, on Monday"),
    ],
)
def test_due(one: Team, at: str, on: date | None) -> None:
    assert one.digest_due(office_calendar(one.timezone), at=utc(at)) == on


@pytest.mark.parametrize(
    ("one", "on", "instant"),
    [
        pytest.param(
            team("Europe/Berlin", time(2, 30)), date(2026, 3, 29), "2026-03-29T01:30", id="Berlin skips it"
        ),
        pytest.param(
            team("Europe/Berlin", time(2, 30)),
            date(2026, 10, 25),
            "2026-10-25T00:30",
            id="Berlin has it twice",
        ),
        pytest.param(
            team("Africa/Cairo", time(0)), date(2026, 4, 24), "2026-04-23T22:00", id="Cairo skips midnight"
        ),
        pytest.param(
            team("Australia/Lord_Howe", time(1, 45)),
            date(2026, 4, 5),
            "2026-04-04T14:45",
            id="half an hour twice",
        ),
        pytest.param(
            team("Pacific/Apia"), date(2011, 12, 31), "2011-12-30T19:00", id="after the day Apia left out"
        ),
    ],
)
def test_instant_on_the_nights_of_clock_changes(one: Team, on: date, instant: str) -> None:
    assert one.digest_instant(on) == utc(instant)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe"])
@pytest.mark.parametrize("at", [time(0), time(2, 30), time(9), time(23, 30)], ids=str)
@pytest.mark.parametrize("start", ["2026-03-26T00:00", "2026-10-22T00:00", "2026-04-02T00:00"])
def test_each_day_is_due_once_for_four_hours(zone: str, at: time, start: str) -> None:
    one = team(zone, at, EVERY_DAY)
    quarters = [utc(start) + timedelta(minutes=15 * number) for number in range(6 * 96)]
    due = [on for on in (one.digest_due(office_calendar(zone), at=quarter) for quarter in quarters) if on]
    whole = sorted(set(due))[1:-1]  # the first and the last may be cut by the ends of the walk
    assert [due.count(on) for on in whole] == [16] * len(whole)
    assert whole == [whole[0] + timedelta(days=number) for number in range(len(whole))]
    assert due == sorted(due)


def test_a_day_that_was_left_out_has_no_digest() -> None:
    apia, office = team("Pacific/Apia"), office_calendar("Pacific/Apia")
    assert not apia.has_digest_on(date(2011, 12, 30), office)
    assert apia.last_digest_date(office, at=utc("2011-12-31T12:00")) == date(2011, 12, 29)
    assert team("Europe/Berlin").has_digest_on(date(2011, 12, 30), office)


def test_last_digest_date() -> None:
    berlin, office = team("Europe/Berlin"), office_calendar("Europe/Berlin")
    never = replace(berlin, digest=DigestSchedule(days=frozenset()))
    assert berlin.last_digest_date(office, at=utc("2026-11-23T07:59")) == date(2026, 11, 20)
    assert berlin.last_digest_date(office, at=utc("2026-11-23T08:00")) == date(2026, 11, 23)
    assert never.last_digest_date(office, at=utc("2026-11-23T08:00")) is None


CHRISTMAS = frozenset({date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 28)})
"""Thursday and Friday, and the Monday after them."""
HOLIDAYS = Calendar("berlin", "Europe/Berlin", holidays=CHRISTMAS)
SUNDAY_TO_THURSDAY = Calendar(
    "cairo", "Africa/Cairo", ((((540, 1020),),) * 4 + ((),) * 2 + (((540, 1020),),))
)
CUSTOMER = Team("retail", TeamKind.CUSTOMER, digest=WEEKLY)


@pytest.mark.parametrize(
    ("one", "calendar", "days"),
    [
        pytest.param(Team("a"), HOLIDAYS, "21 22 23 29 30 31", id="working days, without the holidays"),
        pytest.param(
            Team("a", digest=DigestSchedule(days=frozenset({3, 6}))),
            HOLIDAYS,
            "27 31",
            id="days of its own, without the holidays",
        ),
        pytest.param(Team("a", digest=DigestSchedule(off=True)), HOLIDAYS, "", id="switched off"),
        pytest.param(Team("a"), SUNDAY_TO_THURSDAY, "21 22 23 24 27 28 29 30 31", id="works on Sundays"),
        pytest.param(CUSTOMER, HOLIDAYS, "21 29", id="a customer's Monday moves to the next working day"),
        pytest.param(
            replace(CUSTOMER, digest=DigestSchedule(days=frozenset({3}))),
            HOLIDAYS,
            "29 31",
            id="over a weekend too",
        ),
        pytest.param(replace(CUSTOMER, digest=DigestSchedule(days=frozenset())), HOLIDAYS, "", id="never"),
        pytest.param(
            replace(CUSTOMER, digest=DigestSchedule(days=frozenset({5}))), HOLIDAYS, "26", id="on Saturdays"
        ),
    ],
)
def test_days_with_a_digest_around_christmas(one: Team, calendar: Calendar, days: str) -> None:
    december = [date(2026, 12, day) for day in range(21, 32)]
    assert " ".join(str(on.day) for on in december if one.has_digest_on(on, calendar)) == days


def test_a_team_works_by_the_calendar_that_it_names() -> None:
    team = Team("a", timezone="Asia/Kolkata", calendar="berlin")
    assert team.working_calendar({"berlin": HOLIDAYS}) is HOLIDAYS
    assert team.working_calendar({}) == office_calendar("Asia/Kolkata")
