"""Digests: decided once a local date, whatever happens."""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.delivery import Posted
from domain.fate import Fate
from domain.notice import Notice, NoticeState
from domain.subscription import Subscription
from domain.team import DIGEST_GRACE, WEEKLY, DigestSchedule, Team, TeamKind
from jobs import digest
from jobs.job import Context
from storage.landings import Landed
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team

TUESDAY = date(2026, 11, 24)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # in Berlin
HOUR = timedelta(hours=1)
LOST = Fate(NoticeState.FAILED, "not_in_channel", lost="not_in_channel")
OWN = objective("checkout-availability", "payments")


def run(store: Store, at: datetime) -> None:
    digest.run(Context(store, "default", MovableClock(at), at, command="/slo"))


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()


def keys(store: Store) -> list[str]:
    """Of the digests themselves, without their threads."""
    return [notice.key for notice in notices(store) if notice.thread is None]


def said(store: Store, key: str) -> str:
    return str(next(notice.content.blocks for notice in notices(store) if notice.key == key))


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
    assert "Mon 23 Nov" in said(store, "digest:payments:2026-11-24")


def test_a_new_team_missed_nothing(store: Store) -> None:
    organise(store, [team("payments")])
    run(store, NINE)
    assert "Mon 23 Nov" not in str(notices(store)[0].content.blocks)


def test_managers_get_the_roll_up_instead(store: Store) -> None:
    managers = replace(team("slm"), arbitrates=True)
    organise(store, [team("payments"), managers], [objective("search-latency", None)])
    run(store, NINE)
    assert sorted(keys(store)) == ["digest:payments:2026-11-24", "rollup:slm:2026-11-24"]
    assert "search-latency" in said(store, "rollup:slm:2026-11-24")
    assert "search-latency" not in said(store, "digest:payments:2026-11-24")


def test_managers_who_own_objectives_get_both_once(store: Store) -> None:
    organise(store, [replace(team("slm"), arbitrates=True)], [objective("steward-availability", "slm")])
    run(store, NINE)
    run(store, NINE + HOUR)
    assert keys(store) == ["rollup:slm:2026-11-24", "digest:slm:2026-11-24"]


def test_managers_are_told_what_was_not_delivered(store: Store) -> None:
    organise(store, [team("payments"), replace(team("slm", at=time(10)), arbitrates=True)], [OWN])
    run(store, NINE)
    land(store, LOST, NINE)
    run(store, NINE + HOUR)
    assert "Steward is not in #payments" in said(store, "rollup:slm:2026-11-24")


def land(store: Store, fate: Fate, at: datetime) -> None:
    """That becomes of all that is due."""
    with store.transaction() as tx:
        claims = tx.deliveries.claim(by="worker", at=at, most=9)
        assert claims
        tx.deliveries.record([Landed(claim, fate) for claim in claims], at=at)


@pytest.mark.parametrize("refused", [True, False], ids=["refused", "too late"])
def test_a_digest_that_nobody_saw_is_told_in_the_next_which_goes_on_from_the_one_before(
    store: Store, refused: bool
) -> None:
    friday, monday = NINE - 96 * HOUR, NINE - 24 * HOUR
    organise(store, [team("payments")], [OWN])
    measure(store, OWN.name, since=friday - 40 * HOUR, until=friday)
    run(store, friday)
    land(store, Fate(NoticeState.SENT, standing=Posted("1.1", "C1"), version=1), friday)
    measure(store, OWN.name, since=friday, until=NINE, bad=2000)
    run(store, monday)
    if refused:
        land(store, LOST, monday)
    else:
        with store.transaction() as tx:
            assert tx.deliveries.drop_stale(at=monday + DIGEST_GRACE)
    run(store, NINE)
    told = said(store, "digest:payments:2026-11-24")
    assert "Mon 23 Nov" in told
    assert "Since Fri" in told


def test_a_subscriber_gets_what_it_chose(store: Store) -> None:
    organise(store, [team("payments"), team("shop")], [OWN, objective("basket-latency", "shop")])
    with store.transaction() as tx:
        tx.subscriptions.save(
            [
                Subscription("C0ALL", "U0ANA", NINE - HOUR, timezone="Europe/Berlin"),
                Subscription("U0PAT", "U0PAT", NINE - HOUR, ("team:shop", "team:gone"), "Europe/Berlin"),
            ]
        )
    run(store, NINE)
    run(store, NINE + HOUR)
    chosen = said(store, "rollup:channel:U0PAT:2026-11-24")
    assert "shop: 0 of 1 met" in chosen
    assert "payments" not in chosen
    assert "payments: 0 of 1 met" in said(store, "rollup:channel:C0ALL:2026-11-24")
    assert len(keys(store)) == 4


def test_all_numbers_stand_in_the_thread(store: Store) -> None:
    organise(store, [team("payments")], [OWN])
    measure(store, OWN.name, since=NINE - 50 * HOUR, until=NINE, bad=60)
    run(store, NINE)
    first, reply = notices(store)
    assert (reply.key, reply.thread) == (f"{first.key}:figures", first.key)
    assert (reply.channel, reply.internal) == (first.channel, True)
    assert [block["type"] for block in reply.content.blocks] == [
        "section",
        "table",
        "data_visualization",
        "section",
    ]
    assert reply.content.blocks[-1]["text"]["text"].endswith("– · −49,900% · −3,747% · −1,900%")


def test_a_quiet_day_has_no_thread(store: Store) -> None:
    organise(store, [team("payments")], [OWN])
    measure(store, OWN.name, since=NINE - 8 * HOUR, until=NINE)
    run(store, NINE)
    assert len(notices(store)) == 1


def test_news_are_those_since_the_last_digest(store: Store) -> None:
    organise(store, [team("payments")], [OWN])
    measure(store, OWN.name, since=NINE - 80 * HOUR, until=NINE - 24 * HOUR)
    run(store, NINE - 24 * HOUR)  # Monday
    measure(store, OWN.name, since=NINE - 24 * HOUR, until=NINE, bad=300)
    run(store, NINE)
    assert "Since Mon: 1 worse, none better" in said(store, "digest:payments:2026-11-24")
    run(store, NINE + 48 * HOUR)  # Steward was away on Wednesday
    told = said(store, "digest:payments:2026-11-26")
    assert "Since Tue: no state changed" in told
    assert f"❌ *{OWN.name}* · breached\\n" in told


def test_holidays_have_no_digest_and_none_was_missed(store: Store) -> None:
    free = Calendar("office", "Europe/Berlin", holidays=frozenset({TUESDAY}))
    organise(store, [replace(team("payments"), calendar="office")], [OWN])
    with store.transaction() as tx:
        tx.calendars.save([free])
    for days in (-1, 0, 1):
        run(store, NINE + days * 24 * HOUR)
    assert keys(store) == ["digest:payments:2026-11-23", "digest:payments:2026-11-25"]
    assert "not posted" not in said(store, "digest:payments:2026-11-25")


def test_a_digest_that_is_off_neither_comes_nor_was_missed(store: Store) -> None:
    organise(store, [team("payments")], [OWN])
    run(store, NINE - 24 * HOUR)
    with store.transaction() as tx:
        tx.teams.change_digest("payments", DigestSchedule(off=True), by="U0ANA", at=NINE - HOUR)
    run(store, NINE)
    with store.transaction() as tx:
        tx.teams.change_digest("payments", DigestSchedule(), by="U0ANA", at=NINE + 20 * HOUR)
    run(store, NINE + 24 * HOUR)
    assert keys(store) == ["digest:payments:2026-11-23", "digest:payments:2026-11-25"]
    assert "not posted" not in said(store, "digest:payments:2026-11-25")


def test_outsiders_get_theirs_weekly_and_nothing_without_objectives(store: Store) -> None:
    retail = replace(team("retail"), kind=TeamKind.CUSTOMER, digest=WEEKLY)
    sms = replace(team("sms-provider"), kind=TeamKind.THIRD_PARTY, digest=WEEKLY)
    terms = replace(OWN.versions[0], agreement="checkout-sla")
    organise(store, [team("payments", at=time(20)), retail, sms], [replace(OWN, versions=(terms,))])
    with store.transaction() as tx:
        tx.agreements.save([Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")])
    for days in range(-7, 1):
        run(store, NINE + days * 24 * HOUR)
    assert keys(store) == ["digest:retail:2026-11-23"]
    [notice] = notices(store)
    assert (notice.internal, notice.team) == (False, "retail")
    assert "payments" not in str(notice.content)


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
    for morning in found:
        digest.decide(context, morning)
    assert keys(store) == ["digest:payments:2026-11-24"]


def test_a_team_that_fails_does_not_stop_the_others(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    organise(store, [team("nowhere", zone="Europe/Atlantis"), team("payments")])
    with caplog.at_level(logging.ERROR):
        run(store, NINE)
    assert keys(store) == ["digest:payments:2026-11-24"]
    assert "schedule of nowhere" in caplog.text


def test_what_ran_out_is_told_and_not_counted(store: Store) -> None:
    """Payments promised shop's basket to retail until yesterday; payments' own objective is promised to nobody."""
    basket = objective("basket-availability", "shop")
    promised = replace(basket, versions=(replace(basket.versions[0], agreement="fax-sla"),))
    retail = Team("retail", TeamKind.CUSTOMER, channel="#retail", timezone="Europe/Berlin")
    slm = replace(MANAGERS, digest=DigestSchedule(days=frozenset(range(7))), timezone="Europe/Berlin")
    organise(store, [team("payments"), team("shop"), retail, slm], [OWN, promised])
    sla = Agreement("fax-sla", AgreementKind.SLA, "payments", "retail", effective_until=date(2026, 11, 23))
    with store.transaction() as tx:
        tx.agreements.save([sla])
    for one in (OWN, promised):
        measure(store, one.name, since=NINE - 8 * HOUR, until=NINE)
    run(store, NINE)
    ran_out = "ended on Mon 23 Nov, nothing in its place:\\n    1 objective is not counted"
    told = {key: said(store, key) for key in keys(store)}
    assert set(told) == {"digest:payments:2026-11-24", "digest:shop:2026-11-24", "rollup:slm:2026-11-24"}
    assert ran_out in told["digest:payments:2026-11-24"]
    assert ran_out in told["rollup:slm:2026-11-24"]
    assert "basket" not in told["rollup:slm:2026-11-24"]
    assert "• basket-availability\\n    SLA fax-sla, ended 23 Nov" in told["digest:shop:2026-11-24"]
    with store.read() as tx:
        notice = next(one for one in tx.outbox.all() if one.key == "rollup:slm:2026-11-24")
    assert notice.content.text.startswith("Service levels: 1 of 1 met")


def test_a_review_is_told_to_both_teams_of_an_ola_once_thirty_days_ahead(store: Store) -> None:
    ola = Agreement("db-ola", AgreementKind.OLA, "payments", "shop", review=date(2026, 12, 24))
    organise(store, [team("payments"), team("shop")], [OWN])
    with store.transaction() as tx:
        tx.agreements.save([ola])
    days = [NINE + n * 24 * HOUR for n in (-1, 0, 1, 23)]
    for at in days:
        measure(store, OWN.name, since=at - 8 * HOUR, until=at)
        run(store, at)
    told = {key: "Review with" in said(store, key) for key in keys(store)}
    assert [key for key, is_told in sorted(told.items()) if is_told] == [
        "digest:payments:2026-11-24",
        "digest:payments:2026-12-17",
        "digest:shop:2026-11-24",
        "digest:shop:2026-12-17",
    ]
