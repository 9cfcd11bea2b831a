"""Digests: decided once a local date, whatever happens."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.notice import Notice
from domain.team import Team, TeamKind
from jobs import digest
from jobs.job import Context
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import EVERY_DAY, MANAGERS, measure, objective, organise, team

TUESDAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # in Berlin
HOUR = timedelta(hours=1)


def run(store: Store, at: datetime) -> None:
    digest.run(Context(store, "default", MovableClock(at), at, command="/slo"))


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()


def keys(store: Store) -> list[str]:
    return [notice.key for notice in notices(store)]


def test_each_team_gets_its_digest_once(store: Store) -> None:
    organise(store, [team("payments"), team("shop")], [objective("checkout-availability", "payments")])
    measure(store, "checkout-availability", since=NINE - 8 * HOUR, until=NINE)
    run(store, NINE - timedelta(seconds=1))
    assert keys(store) == []
    run(store, NINE)
    run(store, NINE)
    run(store, NINE + 3 * HOUR)
    first, second = notices(store)
    assert (first.key, first.channel, first.team) == ("digest:payments:2026-11-24", "#payments", "payments")
    assert first.content.text.startswith("payments team: 1 of 1 met")
    assert (second.key, second.channel) == ("digest:shop:2026-11-24", "#shop")
    with store.read() as tx:
        assert tx.digests.decided(TUESDAY) == {"payments", "shop"}


def test_figures_are_of_its_own_time_however_late(store: Store) -> None:
    organise(store, [team("payments")], [objective("checkout-availability", "payments")])
    measure(store, "checkout-availability", since=NINE - 8 * HOUR, until=NINE)
    measure(store, "checkout-availability", since=NINE, until=NINE + 3 * HOUR, bad=180)
    run(store, NINE + 3 * HOUR)
    [notice] = notices(store)
    assert "1 of 1 met" in notice.content.text
    assert notice.created_at == NINE + 3 * HOUR


def test_one_missed_by_more_than_four_hours_is_told_in_the_next(store: Store) -> None:
    organise(store, [team("payments")], [objective("checkout-availability", "payments")])
    run(store, NINE - 4 * 24 * HOUR)  # Friday
    run(store, NINE - 20 * HOUR)  # Monday, at 13:00
    assert keys(store) == ["digest:payments:2026-11-20"]
    run(store, NINE)
    _, notice = notices(store)
    assert notice.key == "digest:payments:2026-11-24"
    assert "Mon 23 Nov" in str(notice.content.blocks)


def test_a_new_team_missed_nothing(store: Store) -> None:
    organise(store, [team("payments")])
    run(store, NINE)
    assert "Mon 23 Nov" not in str(notices(store)[0].content.blocks)


def test_managers_are_told_what_nobody_owns(store: Store) -> None:
    managers = replace(team("slm"), arbitrates=True)
    organise(store, [team("payments"), managers], [objective("search-latency", None)])
    run(store, NINE)
    theirs, payments = sorted(notices(store), key=lambda notice: notice.key, reverse=True)
    assert "search-latency" in str(theirs.content.blocks)
    assert "search-latency" not in str(payments.content.blocks)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(replace(team("sms-provider"), kind=TeamKind.THIRD_PARTY), id="a third party"),
        pytest.param(replace(team("retail"), kind=TeamKind.CUSTOMER), id="a customer"),
        pytest.param(replace(team("payments"), channel=None), id="a team without a channel"),
        pytest.param(MANAGERS, id="a team without digest days"),
    ],
)
def test_no_digest_for(store: Store, one: Team) -> None:
    organise(store, [one])
    run(store, NINE)
    assert keys(store) == []


def test_two_workers_at_the_same_time_say_it_once(store: Store) -> None:
    organise(store, [team("payments")])
    with store.read() as slower:
        found = digest.all_due(slower, at=NINE)
    run(store, NINE)
    context = Context(store, "default", MovableClock(NINE), NINE)
    for facts in found:
        digest.decide(context, facts)
    assert keys(store) == ["digest:payments:2026-11-24"]


def test_a_team_that_fails_does_not_stop_the_others(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    organise(store, [team("nowhere", zone="Europe/Atlantis"), team("payments")])
    with caplog.at_level(logging.ERROR):
        run(store, NINE)
    assert keys(store) == ["digest:payments:2026-11-24"]
    assert "schedule of nowhere" in caplog.text


@pytest.mark.parametrize(
    ("zone", "at", "night"),
    [
        pytest.param("Europe/Berlin", time(2, 30), date(2026, 3, 29), id="Berlin skips its hour"),
        pytest.param("Europe/Berlin", time(2, 30), date(2026, 10, 25), id="Berlin has its hour twice"),
        pytest.param("Africa/Cairo", time(0), date(2026, 4, 24), id="Cairo skips midnight"),
        pytest.param("Asia/Kathmandu", time(9), date(2026, 3, 29), id="Kathmandu, 5:45 ahead"),
        pytest.param("Pacific/Apia", time(0), date(2026, 3, 29), id="Apia, 13:00 ahead"),
    ],
)
def test_once_a_local_date_on_any_night(sqlite_store: Store, zone: str, at: time, night: date) -> None:
    organise(sqlite_store, [team("payments", zone=zone, at=at, days=EVERY_DAY)])
    start = datetime.combine(night - timedelta(days=1), time(), UTC) - timedelta(hours=14)
    for quarter in range(4 * 24 * 3):
        run(sqlite_store, start + timedelta(minutes=15 * quarter))
    days = [night + timedelta(days=number) for number in (-1, 0, 1)]
    said = keys(sqlite_store)
    assert len(said) == len(set(said))
    assert {f"digest:payments:{day}" for day in days[:2]} <= set(said)
