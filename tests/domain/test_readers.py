"""Readers of digests: what they get, when the next one comes, which is the first of a week."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.calendars import Calendar
from domain.lookup import Found, Kind
from domain.news import NO_NEWS, News
from domain.readers import Reader, ReaderKind, calendar_of, readers, subscriber
from domain.slack_change import SlackChange
from domain.subscription import Subscription
from domain.team import DigestSchedule, Team, TeamKind

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)
WORKDAYS = Calendar("")
MONDAY_FREE = Calendar("", holidays=frozenset({MONDAY}))
TEAM = Reader(ReaderKind.TEAM, Team("payments"))


def nobody(_on: date) -> set[str]:
    return set()


def test_each_reader_has_a_kind() -> None:
    teams = [
        Team("payments"),
        Team("slm", arbitrates=True),
        Team("retail", TeamKind.CUSTOMER),
        Team("sms", TeamKind.THIRD_PARTY),
    ]
    found = readers(teams, [Subscription("C1", "U1", NINE, ("team:payments",), "Asia/Kathmandu")])
    assert [reader.kind.value for reader in found] == [
        "team",
        "managers",
        "outsider",
        "outsider",
        "subscriber",
    ]
    assert [reader.name for reader in found][-1] == "channel:C1"
    assert found[-1].chosen == [Found(Kind.TEAM, "payments")]
    assert (found[-1].channel, found[-1].team.timezone) == ("C1", "Asia/Kathmandu")
    assert found[0].channel == ""


@pytest.mark.parametrize(
    ("on", "since", "calendar", "first"),
    [
        pytest.param(MONDAY, None, WORKDAYS, True, id="a Monday"),
        pytest.param(TUESDAY, None, WORKDAYS, False, id="a Tuesday"),
        pytest.param(TUESDAY, None, MONDAY_FREE, True, id="a Tuesday after a holiday"),
        pytest.param(TUESDAY, date(2026, 11, 20), WORKDAYS, True, id="Monday's was missed"),
        pytest.param(TUESDAY, MONDAY, WORKDAYS, False, id="Monday's was posted"),
    ],
)
def test_the_first_digest_of_a_week(on: date, since: date | None, calendar: Calendar, first: bool) -> None:
    assert TEAM.begins_week(on, News(since) if since else NO_NEWS, calendar) is first


def test_the_next_digest() -> None:
    assert TEAM.next_digest(WORKDAYS, nobody, at=NINE - timedelta(minutes=1)) == NINE
    assert TEAM.next_digest(WORKDAYS, nobody, at=NINE + timedelta(minutes=1)) == NINE + timedelta(minutes=1)
    tomorrow = NINE + timedelta(days=1)
    assert (
        TEAM.next_digest(WORKDAYS, lambda _on: {"payments"} if _on == TUESDAY else set(), at=NINE) == tomorrow
    )
    never = replace(TEAM, team=replace(TEAM.team, digest=DigestSchedule(off=True)))
    assert never.next_digest(WORKDAYS, nobody, at=NINE) is None
    late = replace(TEAM, team=Team("payments", timezone="Pacific/Apia", digest=DigestSchedule(time(23, 30))))
    assert late.next_digest(WORKDAYS, nobody, at=NINE) == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


def test_digests_from_before_a_change_were_not_missed() -> None:
    changed = Team("payments", slack_changes=(SlackChange("digest", "U1", NINE),))
    (reader,) = readers([changed], [])
    assert not reader.had_digest_on(MONDAY, WORKDAYS)
    assert reader.had_digest_on(TUESDAY, WORKDAYS)
    assert not subscriber(Subscription("C1", "U1", NINE)).had_digest_on(MONDAY, WORKDAYS)


def test_a_reader_keeps_to_its_teams_calendar() -> None:
    reader = Reader(ReaderKind.TEAM, Team("payments", calendar="weekdays"))
    assert calendar_of(reader, {"weekdays": MONDAY_FREE}) is MONDAY_FREE
