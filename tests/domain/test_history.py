"""Which days, weeks and months a history tells."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.history import TOLD, history_edges, is_running
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.window import CalendarUnit

BERLIN = "Europe/Berlin"
zones = st.sampled_from(
    ["UTC", BERLIN, "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca"]
)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(list(TOLD)), zones, instants)
def test_each_edge_is_a_midnight_of_the_zone(unit: CalendarUnit, zone: str, at: datetime) -> None:
    edges = history_edges(unit, zone, at=at)
    assert len(edges) == TOLD[unit] + 1
    assert all(earlier < later for earlier, later in pairwise(edges))
    assert edges[-1] == minute_of(at)
    for edge in edges[:-1]:
        local = instant_of(edge).astimezone(ZoneInfo(zone))
        assert (local.hour, local.minute) == (0, 0)
        assert unit is not CalendarUnit.WEEK or local.weekday() == 0
        assert unit is not CalendarUnit.MONTH or local.day == 1
    days = {instant_of(edge).astimezone(ZoneInfo(zone)).date() for edge in edges[:-1]}
    assert len(days) == TOLD[unit]


def test_the_nights_of_23_and_of_25_hours() -> None:
    spring = history_edges(CalendarUnit.DAY, BERLIN, at=datetime(2026, 3, 30, 12, tzinfo=UTC))
    autumn = history_edges(CalendarUnit.DAY, BERLIN, at=datetime(2026, 10, 26, 12, tzinfo=UTC))
    assert spring[-2] - spring[-3] == DAY - HOUR
    assert autumn[-2] - autumn[-3] == DAY + HOUR


@pytest.mark.parametrize(
    ("at", "running"),
    [
        pytest.param(
            datetime(2026, 11, 24, 23, tzinfo=UTC), False, id="at midnight the day that ended is the last"
        ),
        pytest.param(datetime(2026, 11, 24, 22, 59, tzinfo=UTC), True, id="a minute before it is running"),
        pytest.param(datetime(2026, 11, 24, 23, 1, tzinfo=UTC), True, id="a minute after it is the new one"),
    ],
)
def test_the_running_day(at: datetime, running: bool) -> None:
    *_, start, end = history_edges(CalendarUnit.DAY, BERLIN, at=at)
    assert is_running(CalendarUnit.DAY, BERLIN, instant_of(start), instant_of(end)) is running
