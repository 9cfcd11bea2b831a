"""Moments as people write them, on ordinary days and on the nights when the clocks change."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.moment import Reader, duration
from domain.refusal import Refusal

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # a Tuesday; 12:00 in Berlin
SPRING_EVE = datetime(2026, 3, 28, 11, tzinfo=UTC)
AUTUMN_EVE = datetime(2026, 10, 24, 10, tzinfo=UTC)
FIRST_HALF_PAST_TWO = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def read(text: str, at: datetime = NOON, zone: ZoneInfo = BERLIN, after: datetime | None = None) -> str:
    """What is meant, in UTC."""
    moment = Reader(zone, at, after or at).moment(text)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("2026-11-28T22:00Z", "2026-11-28T22:00Z", id="ISO in UTC"),
        pytest.param("2026-11-28T22:00:00+01:00", "2026-11-28T21:00Z", id="ISO with an offset"),
        pytest.param("2026-11-28T22:00-0330", "2026-11-29T01:30Z", id="an offset behind UTC"),
        pytest.param("2026-11-28T22:00", "2026-11-28T21:00Z", id="ISO without a zone: the owner's"),
        pytest.param("2026-11-28 22:00", "2026-11-28T21:00Z", id="date and time"),
        pytest.param("2026-11-28 22:00 UTC", "2026-11-28T22:00Z", id="in UTC by name"),
        pytest.param("22:00", "2026-11-24T21:00Z", id="today"),
        pytest.param("12:00", "2026-11-25T11:00Z", id="this very minute: tomorrow"),
        pytest.param("9:30", "2026-11-25T08:30Z", id="passed today: tomorrow"),
        pytest.param("00:00", "2026-11-24T23:00Z", id="midnight is the next day's"),
        pytest.param("22:00 utc", "2026-11-24T22:00Z", id="a time in UTC"),
        pytest.param("today 9:00", "2026-11-24T08:00Z", id="today, though passed"),
        pytest.param("tomorrow 22:00", "2026-11-25T21:00Z", id="tomorrow"),
        pytest.param("sat 22:00", "2026-11-28T21:00Z", id="a weekday"),
        pytest.param("Saturday, 22:00", "2026-11-28T21:00Z", id="a weekday in full"),
        pytest.param("tue 22:00", "2026-11-24T21:00Z", id="today's weekday"),
        pytest.param("tue 9:00", "2026-12-01T08:00Z", id="today's weekday, passed"),
        pytest.param("28 Nov 22:00", "2026-11-28T21:00Z", id="day and month"),
        pytest.param("Sat 28 November 2026 22:00", "2026-11-28T21:00Z", id="weekday, day, month and year"),
        pytest.param("31 dec 23:59", "2026-12-31T22:59Z", id="the end of the year"),
        pytest.param("1 Jan 00:00", "2026-12-31T23:00Z", id="the beginning of the next"),
        pytest.param("2 Feb 10:00", "2027-02-02T09:00Z", id="long past this year: next year"),
        pytest.param("20 Nov 10:00", "2026-11-20T09:00Z", id="past a few days: not next year"),
        pytest.param("  sat   22:00 ", "2026-11-28T21:00Z", id="spaces do not matter"),
        pytest.param("29 feb 2028 10:00", "2028-02-29T09:00Z", id="a leap day"),
    ],
)
def test_what_is_meant(text: str, meant: str) -> None:
    assert read(text) == meant


def test_the_last_night_of_the_year_goes_over() -> None:
    at = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)  # 23:30 in Berlin
    assert read("23:00", at) == "2027-01-01T22:00Z"
    assert read("fri 00:00", at) == "2026-12-31T23:00Z"
    assert read("tomorrow 00:00", at) == "2026-12-31T23:00Z"


def test_the_end_follows_the_start() -> None:
    start = datetime(2026, 11, 28, 21, tzinfo=UTC)
    assert read("02:00", after=start) == "2026-11-29T01:00Z"
    assert read("23:00", after=start) == "2026-11-28T22:00Z"
    assert read("sun 02:00", after=start) == "2026-11-29T01:00Z"
    assert read("tomorrow 23:00", after=start) == "2026-11-25T22:00Z"  # the asker's tomorrow


def test_a_zone_far_from_utc_has_its_own_today() -> None:
    kiritimati = ZoneInfo("Pacific/Kiritimati")  # already Wednesday there
    assert read("today 10:00", zone=kiritimati) == "2026-11-24T20:00Z"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("29 Mar 02:30", id="by its date"),
        pytest.param("tomorrow 02:30", id="tomorrow"),
        pytest.param("02:30", id="the next one"),
        pytest.param("sun 02:30", id="by its weekday"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text, SPRING_EVE)
    assert str(refused.value) == (
        "There is no 02:30 on 29 Mar 2026 in Europe/Berlin: the clocks skip it.\n"
        "What follows is `2026-03-29 03:30`."
    )


def test_the_skipped_time_is_there_in_utc_and_the_day_after() -> None:
    assert read("2026-03-29T01:30Z", SPRING_EVE) == "2026-03-29T01:30Z"
    after_the_change = datetime(2026, 3, 29, 1, 15, tzinfo=UTC)  # 03:15
    assert read("02:30", after_the_change) == "2026-03-30T00:30Z"
    assert read("03:00", SPRING_EVE) == "2026-03-29T01:00Z"


def test_a_time_that_comes_twice_is_asked_back() -> None:
    with pytest.raises(Refusal) as refused:
        read("sun 02:30", AUTUMN_EVE)
    assert str(refused.value) == (
        "02:30 comes twice on 25 Oct 2026 in Europe/Berlin.\n"
        "The first is `2026-10-25T00:30Z`, the second `2026-10-25T01:30Z`."
    )


def test_of_a_time_that_comes_twice_only_the_second_may_be_left() -> None:
    assert read("02:30", FIRST_HALF_PAST_TWO) == "2026-10-25T01:30Z"
    assert read("02:15", FIRST_HALF_PAST_TWO) == "2026-10-25T01:15Z"
    assert read("03:00", FIRST_HALF_PAST_TWO) == "2026-10-25T02:00Z"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "is no time that Steward can read", id="nothing"),
        pytest.param("soon", "is no time that Steward can read", id="a word"),
        pytest.param("sat", "is no time that Steward can read", id="no time of day"),
        pytest.param("10pm", "is no time that Steward can read", id="a time of 12 hours"),
        pytest.param("22:00:30", "is no time that Steward can read", id="not a whole minute"),
        pytest.param("sa 22:00", "is no time that Steward can read", id="too short a weekday"),
        pytest.param("28 Nova 22:00", "is no time that Steward can read", id="no month"),
        pytest.param(
            "28.11.2026 22:00", "is no time that Steward can read", id="a form that differs by country"
        ),
        pytest.param("24:00", "There is no time 24:00.\nMidnight is 00:00", id="24 o'clock"),
        pytest.param("22:60", "There is no time 22:60.", id="minute 60"),
        pytest.param("31 Nov 22:00", 'There is no such date as "31 nov"', id="a day too many"),
        pytest.param("2026-02-29 22:00", "There is no such date", id="no leap year"),
        pytest.param("29 feb 22:00", "There is no such date", id="no leap year near"),
        pytest.param("0000-01-01 22:00", "There is no such date", id="the year nought"),
        pytest.param("9999-12-31 23:59", "There is no such date", id="the last year of all"),
        pytest.param("Sun 28 Nov 22:00", "28 Nov 2026 is a Saturday.", id="the wrong weekday"),
        pytest.param("٢٢:٠٠", "is no time that Steward can read", id="other digits"),
        pytest.param("x" * 100_000 + " 22:00", "is no time that Steward can read", id="huge"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(text: str, said: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(text)
    assert said in str(refused.value)
    assert "\n" in str(refused.value)
    assert len(str(refused.value)) < 250


PIECES = st.sampled_from(
    [
        "sat",
        "28",
        "nov",
        "tomorrow",
        "22:00",
        "2:30",
        "t",
        "-",
        "+01:00",
        "z",
        " ",
        ",",
        "2026-10-25",
        "<!x>",
        "0",
    ]
)


@given(
    st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "Pacific/Apia"]),
)
@example("8999-12-31 23:59-23:59", NOON, "Pacific/Apia")
@example("1971-01-01 00:00+23:59", NOON, "UTC")
def test_any_text_is_a_moment_or_refused(text: str, at: datetime, zone: str) -> None:
    try:
        moment = Reader(ZoneInfo(zone), at, at).moment(text)
    except Refusal:
        return
    assert moment.utcoffset() is not None
    assert (moment.second, moment.microsecond) == (0, 0)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("4h", 240), ("90m", 90), ("1h 30m", 90), ("1h30min", 90), ("2 days", 2880), ("1d 2h 3m", 1563)],
)
def test_lengths(text: str, minutes: int) -> None:
    assert duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "0h", "4", "1.5h", "-4h", "four hours", "9999999h", "h" * 100_000])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is no length of time"):
        duration(text)


@given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,6} ?[dhm] ?[0-9]{0,6}[hm]?")))
def test_any_text_is_a_length_or_refused(text: str) -> None:
    with suppress(Refusal):
        assert duration(text) > timedelta(0)
