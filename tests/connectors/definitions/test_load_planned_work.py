"""What good calendars, agreements and planned work come to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind, DisputeRules
from domain.calendars import Hours
from domain.definition import UNANNOUNCED, Kind
from domain.exclusion import Exclusion
from domain.time_limit import LimitUnit, TimeLimit
from tests.connectors.definitions.conftest import Read
from tests.connectors.definitions.samples import (
    BY_WALL,
    KNOWN,
    ONCE,
    SERVICE,
    SLO,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_EXCLUSION,
    THE_TEAM,
)

RULE = "FREQ=MONTHLY;BYDAY=-1SA"
RETAIL = "apiVersion: steward/v1\nkind: Team\nmetadata: {name: retail}\nspec: {kind: customer}\n"
OFFICE: Hours = ((480, 1080),)


def starts_of(read: Read, text: str) -> tuple[datetime, ...]:
    loaded = read(text, KNOWN)
    assert loaded.errors == ()
    return loaded.definitions.exclusions[0].starts


def walls(read: Read, rule: str) -> list[str]:
    """The first starts of a rule by the wall clock of Berlin, of which UTC keeps the offset out."""
    starts = starts_of(read, BY_WALL.replace(RULE, rule))
    return [f"{start:%Y-%m-%d %H:%M}" for start in starts[:4]]


def test_the_whole_example_of_the_interfaces_has_no_error(read: Read) -> None:
    team = THE_TEAM.replace("  quietHours", "  calendar: weekdays\n  quietHours")
    documents = (team, RETAIL, THE_AGREEMENT, THE_CALENDAR, THE_EXCLUSION, SERVICE, SLO)
    loaded = read("---\n".join(documents))
    assert {problem.code for problem in loaded.problems} == {"W202", "W703"}
    assert loaded.definitions.teams[0].calendar == "weekdays"
    assert {Kind.CALENDAR, Kind.EXCLUSION} < {kind for kind, _ in loaded.definitions.places}


def test_the_agreement_of_the_interfaces(read: Read) -> None:
    assert read(THE_AGREEMENT, KNOWN).definitions.agreements == (
        Agreement(
            "checkout-sla",
            AgreementKind.SLA,
            "payments",
            "retail",
            contact="U0C3",
            effective_from=date(2026, 1, 1),
            effective_until=date(2026, 12, 31),
            review=date(2026, 10, 1),
            service_hours="weekdays",
            disputes=DisputeRules(
                TimeLimit(3, LimitUnit.WORKING_DAYS), TimeLimit(5, LimitUnit.WORKING_DAYS), "U0D4"
            ),
            maintenance_notice=TimeLimit(5, LimitUnit.WORKING_DAYS),
            claim_within=TimeLimit(30),
        ),
    )


def test_the_calendar_of_the_interfaces(read: Read) -> None:
    (calendar,) = read(THE_CALENDAR).definitions.calendars
    assert (calendar.name, calendar.timezone) == ("weekdays", "Europe/Berlin")
    assert (calendar.country, calendar.subdivision) == ("DE", "BE")
    assert calendar.hours == (OFFICE,) * 5 + ((), ())
    assert {date(2026, 12, 24), date(2000, 1, 1), date(2026, 10, 3), date(2059, 12, 25)} < calendar.holidays
    assert {day.year for day in calendar.holidays} == set(range(2000, 2060))


def test_womens_day_is_free_in_berlin_only(read: Read) -> None:
    (berlin,) = read(THE_CALENDAR).definitions.calendars
    (germany,) = read(THE_CALENDAR.replace(" subdivision: BE,", "")).definitions.calendars
    assert date(2027, 3, 8) in berlin.holidays - germany.holidays


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        pytest.param('{mon: ["00:00-24:00"]}', {0: ((0, 1440),)}, id="a whole day"),
        pytest.param('{fri: ["22:00-06:00"]}', {4: ((1320, 1800),)}, id="over midnight"),
        pytest.param(
            '{"sat-mon": ["9:00-10:00"]}', dict.fromkeys((5, 6, 0), ((540, 600),)), id="over the weekend"
        ),
        pytest.param(
            '{"mon, wed": ["9:00-10:00"], thu-fri: [], sat: ~}',
            dict.fromkeys((0, 2), ((540, 600),)),
            id="a list of days, and free ones",
        ),
        pytest.param(
            '{mon: ["13:00-17:00", "08:00-12:00"]}',
            {0: ((480, 720), (780, 1020))},
            id="a break, in any order",
        ),
    ],
)
def test_hours(read: Read, written: str, hours: dict[int, Hours]) -> None:
    (calendar,) = read(THE_CALENDAR.replace('{mon-fri: ["08:00-18:00"]}', written)).definitions.calendars
    assert calendar.hours == tuple(hours.get(day, ()) for day in range(7))


@pytest.mark.parametrize("written", ["", "  holidays: {}\n", "  holidays: {country: ~, dates: []}\n"])
def test_a_calendar_may_have_no_holidays(read: Read, written: str) -> None:
    (calendar,) = read(THE_CALENDAR[: THE_CALENDAR.index("  holidays")] + written).definitions.calendars
    assert calendar.holidays == frozenset()


def test_planned_work_once(read: Read) -> None:
    (exclusion,) = read(ONCE, KNOWN).definitions.exclusions
    assert exclusion == Exclusion(
        name="db-upgrade-november",
        starts=(datetime(2026, 11, 28, 21, tzinfo=UTC),),
        length=timedelta(hours=4),
        reason="Upgrade of the payments database",
        announced_at=UNANNOUNCED,
        objectives=("checkout-availability",),
    )


def test_names_are_sorted_and_taken_once(read: Read) -> None:
    text = ONCE.replace("[checkout-availability]", "[checkout/fast, checkout-availability, checkout/fast]")
    (exclusion,) = read(text, KNOWN).definitions.exclusions
    assert exclusion.objectives == ("checkout-availability", "checkout/fast")


def test_times_without_a_zone_are_those_of_the_timezone(read: Read) -> None:
    text = ONCE.replace("22:00:00+01:00", "22:00").replace("02:00:00+01:00", "02:00")
    (exclusion,) = read(
        text.replace("ground: planned-work", "timezone: Asia/Kolkata"), KNOWN
    ).definitions.exclusions
    assert exclusion.starts == (datetime(2026, 11, 28, 16, 30, tzinfo=UTC),)
    assert exclusion.length == timedelta(hours=4)


def test_a_night_of_25_hours_is_as_long_as_it_is(read: Read) -> None:
    text = ONCE.replace("2026-11-28T22:00:00+01:00", "2026-10-24T22:00")
    text = text.replace("2026-11-29T02:00:00+01:00", "2026-10-25T04:00")
    (exclusion,) = read(
        text.replace("ground: planned-work", "timezone: Europe/Berlin"), KNOWN
    ).definitions.exclusions
    assert exclusion.length == timedelta(hours=7)


def test_a_rule_follows_the_clocks_of_its_timezone(read: Read) -> None:
    starts = starts_of(read, BY_WALL)
    assert [f"{start:%m-%d %H}" for start in starts[3:6]] == ["02-27 21", "03-27 21", "04-24 20"]
    assert starts[-1].year == 2199


def test_a_rule_without_timezone_keeps_its_offset(read: Read) -> None:
    assert {start.hour for start in starts_of(read, THE_EXCLUSION)} == {21}


def test_utc_keeps_itself_without_a_warning(read: Read) -> None:
    loaded = read(THE_EXCLUSION.replace("+01:00", "Z"), KNOWN)
    assert loaded.problems == ()
    assert {start.hour for start in loaded.definitions.exclusions[0].starts} == {22}


@pytest.mark.parametrize(
    ("rule", "dates"),
    [
        pytest.param("FREQ=DAILY;COUNT=2", ["11-28 21:00", "11-29 21:00"], id="a count"),
        pytest.param("rrule:freq=daily;count=2", ["11-28 21:00", "11-29 21:00"], id="in small letters"),
        pytest.param(
            "FREQ=DAILY;UNTIL=20261129", ["11-28 21:00", "11-29 21:00"], id="until a day, inclusive"
        ),
        pytest.param("FREQ=DAILY;UNTIL=20261129T210000Z", ["11-28 21:00", "11-29 21:00"], id="until, in UTC"),
        pytest.param(
            "FREQ=DAILY;UNTIL=20261129T205959Z", ["11-28 21:00"], id="until a second before, in UTC"
        ),
        pytest.param("FREQ=DAILY;UNTIL=20261129T220000", ["11-28 21:00", "11-29 21:00"], id="until, local"),
        pytest.param(
            "FREQ=YEARLY;BYMONTH=11;BYDAY=-1SA;UNTIL=99991231T235959Z",
            ["11-28 21:00", "11-27 21:00", "11-25 21:00", "11-24 21:00"],
            id="until the end of time",
        ),
        pytest.param(
            "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=3", ["11-28 21:00", "11-29 21:00", "12-05 21:00"], id="weekends"
        ),
        pytest.param("FREQ=DAILY;BYHOUR=4,22;COUNT=2", ["11-28 21:00", "11-29 03:00"], id="twice a day"),
    ],
)
def test_rules(read: Read, rule: str, dates: list[str]) -> None:
    assert [wall[5:] for wall in walls(read, rule)] == dates


def test_the_29th_of_february_comes_in_leap_years(read: Read) -> None:
    text = BY_WALL.replace("2026-11-28T22:00:00+01:00", "2028-02-29T22:00:00+01:00")
    text = text.replace("2026-11-29T02:00:00+01:00", "2028-03-01T02:00:00+01:00").replace(RULE, "FREQ=YEARLY")
    years = [start.year for start in starts_of(read, text)]
    assert years == [year for year in range(2028, 2200, 4) if year != 2100]


def test_an_hour_that_comes_twice_is_the_one_that_is_written(read: Read) -> None:
    text = BY_WALL.replace("2026-11-28T22:00:00+01:00", "2026-10-25T02:30:00+01:00")
    text = text.replace("2026-11-29T02:00:00+01:00", "2026-10-25T03:30:00+01:00")
    first, second, *_ = starts_of(read, text.replace(RULE, "FREQ=DAILY;COUNT=2"))
    assert (first, second) == (
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 26, 1, 30, tzinfo=UTC),
    )


def test_an_hour_that_is_skipped_is_taken_as_before_the_change(read: Read) -> None:
    text = BY_WALL.replace("2026-11-28T22:00:00+01:00", "2026-03-28T02:30:00+01:00")
    text = text.replace("2026-11-29T02:00:00+01:00", "2026-03-28T03:30:00+01:00")
    _, second, third = starts_of(read, text.replace(RULE, "FREQ=DAILY;COUNT=3"))
    assert (second, third) == (
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 0, 30, tzinfo=UTC),
    )


def test_five_thousand_are_kept(read: Read) -> None:
    starts = starts_of(read, BY_WALL.replace(RULE, "FREQ=DAILY"))
    assert (len(starts), f"{starts[-1]:%Y-%m-%d}") == (5000, "2040-08-05")
