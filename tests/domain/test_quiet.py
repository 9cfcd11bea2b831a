"""Quiet hours: over midnight, by the team's clock, and in the nights in which clocks change."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from domain.quiet import quiet_until
from domain.team import QuietHours, Team

NIGHT = QuietHours(time(20), time(8))
NAP = QuietHours(time(12), time(13, 30))


def utc(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def berlin(hours: QuietHours | None) -> Team:
    return Team("payments", timezone="Europe/Berlin", quiet_hours=hours)


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        pytest.param(NIGHT, utc(23, 18, 59), None, id="the minute before"),
        pytest.param(NIGHT, utc(23, 19), utc(24, 7), id="as they begin"),
        pytest.param(NIGHT, utc(24, 2), utc(24, 7), id="after midnight"),
        pytest.param(NIGHT, utc(24, 6, 59), utc(24, 7), id="the last minute"),
        pytest.param(NIGHT, utc(24, 7), None, id="as they end"),
        pytest.param(NAP, utc(24, 11, 30), utc(24, 12, 30), id="within a day"),
        pytest.param(NAP, utc(24, 23), None, id="outside of those within a day"),
        pytest.param(None, utc(24, 2), None, id="none"),
        pytest.param(NIGHT, utc(28, 23, month=3), utc(29, 6, month=3), id="the night that loses an hour"),
        pytest.param(NIGHT, utc(24, 23, month=10), utc(25, 7, month=10), id="the night that has one twice"),
    ],
)
def test_until_when(hours: QuietHours | None, at: datetime, until: datetime | None) -> None:
    assert quiet_until(berlin(hours), at=at) == until


def test_by_the_clock_of_the_team() -> None:
    tokyo = replace(berlin(NIGHT), timezone="Asia/Tokyo")
    assert quiet_until(tokyo, at=utc(23, 12)) == utc(23, 23)
