"""Planned work is announced in time and at its start, once each, to those whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.notice import Notice
from domain.objective import Objective
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from jobs import planned
from jobs.job import Context
from storage.store import Store
from storage.transaction import Transaction
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, objective, organise, team

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # a Tuesday, in Berlin
NIGHT = datetime(2026, 11, 28, 21, tzinfo=UTC)  # Saturday 22:00
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAYMENTS = team("payments")
RETAIL = Team("retail", TeamKind.CUSTOMER, channel="#retail", timezone=BERLIN)
SHOP = team("shop")
GATEWAY = Team("gateway", TeamKind.THIRD_PARTY, channel="#gateway")
FIVE = TimeLimit(5, LimitUnit.WORKING_DAYS)
CHECKOUT_SLA = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", maintenance_notice=FIVE)
ONCE = Exclusion("upgrade", (NIGHT,), 4 * HOUR, "Database upgrade", NOON, services=("checkout",))
SATURDAYS = tuple(NIGHT + 7 * DAY * week for week in range(8))
WEEKLY = replace(ONCE, name="saturdays", starts=SATURDAYS, recurs="FREQ=WEEKLY;BYDAY=SA", timezone=BERLIN)


def promised(name: str, owner: str | None, agreement: str) -> Objective:
    unpromised = objective(name, owner)
    return replace(unpromised, versions=(replace(unpromised.versions[0], agreement=agreement),))


@pytest.fixture
def organisation(store: Store) -> Store:
    """Payments promises checkout to retail, with five working days of notice."""
    teams = [PAYMENTS, RETAIL, SHOP, GATEWAY]
    with store.transaction() as tx:
        tx.agreements.save([CHECKOUT_SLA])
    organise(
        store,
        teams,
        [promised("checkout-availability", "payments", "checkout-sla"), objective("search-latency", "shop")],
    )
    return store


def plan(store: Store, *exclusions: Exclusion) -> None:
    with store.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.save(exclusions)


def run(store: Store, at: datetime) -> None:
    planned.run(Context(store, "default", MovableClock(at), at, command="/slo"))


def notices(store: Store) -> list[Notice]:
    with store.read() as tx:
        return tx.outbox.all()


def said(store: Store) -> list[str]:
    """Of each notice: its stage, and for whom."""
    return [" ".join(notice.key.split(":")[-2:]) for notice in notices(store)]


def test_nothing_planned_nothing_said(organisation: Store) -> None:
    run(organisation, NOON)
    assert notices(organisation) == []


def test_once_when_known_and_once_when_it_begins(organisation: Store) -> None:
    plan(organisation, ONCE)
    for at in (NOON, NOON + timedelta(seconds=1), NIGHT - timedelta(seconds=1)):
        run(organisation, at)
        assert said(organisation) == ["announced payments", "announced retail"]
    for at in (NIGHT, NIGHT + timedelta(seconds=1), NIGHT + 3 * HOUR, NIGHT + 5 * HOUR):
        run(organisation, at)
        assert said(organisation)[2:] == ["begun payments", "begun retail"]
    ours, theirs, *_ = notices(organisation)
    assert (ours.channel, ours.internal, ours.team) == ("#payments", True, "payments")
    assert (theirs.channel, theirs.internal, theirs.team) == ("#retail", False, "retail")
    assert "`upgrade`" in str(ours.content.blocks)
    assert "maintenance cancel" not in str(ours.content.blocks)  # it came from a file
    assert "payments" not in str(theirs.content)


@pytest.mark.parametrize(
    ("late", "told"),
    [
        pytest.param(
            4 * HOUR - timedelta(seconds=1), ["begun payments", "begun retail"], id="just before its end"
        ),
        pytest.param(4 * HOUR, [], id="when it is over"),
    ],
)
def test_nothing_is_told_after_the_fact(late: timedelta, told: list[str], organisation: Store) -> None:
    plan(organisation, ONCE)
    run(organisation, NIGHT + late)
    assert said(organisation) == told


def test_what_began_long_ago_is_not_told_as_begun(organisation: Store) -> None:
    plan(organisation, replace(ONCE, length=12 * HOUR))
    run(organisation, NIGHT + 4 * HOUR)
    assert said(organisation) == []
    run(organisation, NIGHT + 4 * HOUR - timedelta(seconds=1))
    assert said(organisation) == ["begun payments", "begun retail"]


def test_each_date_of_a_series_a_working_day_before_its_notice(organisation: Store) -> None:
    plan(organisation, WEEKLY)
    run(organisation, NOON)  # a Tuesday: for Saturday it is late already, for the next it is early
    assert [notice.content.text for notice in notices(organisation)] == [
        "Planned work on checkout-availability: Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin",
        "Planned work on checkout-availability: Sat 28 Nov 22:00 – Sun 29 Nov 02:00 Berlin",
    ]
    thursday = datetime(2026, 11, 25, 23, tzinfo=UTC)  # in Berlin: six working days before 5 December
    run(organisation, thursday - timedelta(seconds=1))
    assert len(notices(organisation)) == 2
    run(organisation, thursday)
    assert len(notices(organisation)) == 4
    assert "Sat 5 Dec" in notices(organisation)[-1].content.text


def test_without_notice_agreed_a_day_ahead(organisation: Store) -> None:
    plan(organisation, replace(WEEKLY, services=(), objectives=("search-latency",)))
    run(organisation, NIGHT - DAY - timedelta(seconds=1))
    assert said(organisation) == []
    run(organisation, NIGHT - DAY)
    assert said(organisation) == ["announced shop"]


def test_one_missed_date_does_not_keep_the_next(organisation: Store) -> None:
    plan(organisation, WEEKLY)
    run(organisation, SATURDAYS[2] + DAY)
    assert {notice.key.split("+")[0] for notice in notices(organisation)} == {
        "planned:saturdays:2026-12-19T21:00Z"
    }


def test_those_who_had_heard_of_it_hear_of_its_withdrawal(organisation: Store) -> None:
    plan(organisation, ONCE)
    run(organisation, NOON)
    plan(organisation, replace(ONCE, withdrawn_at=NOON + HOUR))
    run(organisation, NOON + HOUR)
    run(organisation, NOON + 2 * HOUR)
    run(organisation, NIGHT)
    assert said(organisation)[2:] == ["withdrawn payments", "withdrawn retail"]


def test_of_what_nobody_had_heard_nobody_hears_the_withdrawal(organisation: Store) -> None:
    plan(organisation, replace(ONCE, withdrawn_at=NOON + HOUR))
    run(organisation, NOON + HOUR)
    assert said(organisation) == []


def test_a_changed_end_is_announced_anew(organisation: Store) -> None:
    plan(organisation, ONCE)
    run(organisation, NOON)
    plan(organisation, replace(ONCE, length=6 * HOUR))
    run(organisation, NOON + HOUR)
    assert "04:00 Berlin" in notices(organisation)[-1].content.text
    assert len(notices(organisation)) == 4


Change = Callable[[Transaction], None]


def expired(tx: Transaction) -> None:
    tx.agreements.save([replace(CHECKOUT_SLA, effective_until=date(2026, 11, 27))])


def not_yet(tx: Transaction) -> None:
    tx.agreements.save([replace(CHECKOUT_SLA, effective_from=date(2026, 11, 29))])


def on_its_last_day(tx: Transaction) -> None:
    tx.agreements.save([replace(CHECKOUT_SLA, effective_until=date(2026, 11, 28))])


def no_channel(tx: Transaction) -> None:
    tx.teams.save([replace(RETAIL, channel=None)])


def by_a_third_party(tx: Transaction) -> None:
    tx.agreements.save([Agreement("checkout-sla", AgreementKind.UC, "gateway", "shop")])


def between_teams(tx: Transaction) -> None:
    tx.agreements.save([Agreement("checkout-sla", AgreementKind.OLA, "payments", "shop")])


def one_channel(tx: Transaction) -> None:
    tx.teams.save([replace(RETAIL, channel="payments")])


def unowned(tx: Transaction) -> None:
    tx.objectives.save([promised("checkout-availability", None, "checkout-sla")])


def retired(tx: Transaction) -> None:
    [checkout] = [one for one in tx.objectives.all() if one.name == "checkout-availability"]
    tx.objectives.save([replace(checkout, retired_at=NOON)])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(expired, ["payments"], id="an agreement that has ended by then"),
        pytest.param(not_yet, ["payments"], id="an agreement that begins later"),
        pytest.param(on_its_last_day, ["payments", "retail"], id="the last day of an agreement"),
        pytest.param(no_channel, ["payments"], id="a customer without a channel"),
        pytest.param(by_a_third_party, ["payments", "shop"], id="third parties hear nothing"),
        pytest.param(between_teams, ["payments", "shop"], id="a team that it is promised to"),
        pytest.param(one_channel, ["retail"], id="a channel of both: as the customer may see it"),
        pytest.param(retired, [], id="retired objectives concern nobody"),
    ],
)
def test_who_hears_of_it(change: Change, told: list[str], organisation: Store) -> None:
    with organisation.transaction() as tx, tx.measurements.recounted():
        change(tx)
    plan(organisation, ONCE)
    run(organisation, NOON)
    assert [notice.team for notice in notices(organisation)] == told


def test_what_nobody_owns_concerns_its_customer(store: Store) -> None:
    with store.transaction() as tx:
        tx.agreements.save([CHECKOUT_SLA])
    organise(store, [PAYMENTS, RETAIL], [promised("checkout-availability", None, "checkout-sla")])
    plan(store, ONCE)
    run(store, NOON)
    assert said(store) == ["announced retail"]


def test_one_notice_a_channel_lists_all_objectives(store: Store) -> None:
    with store.transaction() as tx:
        tx.agreements.save([CHECKOUT_SLA])
    names = [f"checkout-{number:03}" for number in range(500)]
    organise(store, [PAYMENTS, RETAIL], [promised(name, "payments", "checkout-sla") for name in names])
    plan(store, ONCE)
    run(store, NOON)
    assert [notice.content.text.split(":")[0] for notice in notices(store)] == [
        "Planned work on 500 objectives"
    ] * 2


def test_one_that_fails_does_not_stop_the_others(
    organisation: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with organisation.transaction() as tx:
        tx.teams.save([replace(RETAIL, timezone="Nowhere/Nothing")])
    plan(organisation, ONCE, replace(ONCE, name="search", services=("search",)))
    run(organisation, NOON)
    assert said(organisation) == ["announced shop", "announced payments"]
    assert "failed: announcement planned:upgrade:" in caplog.text
