"""Whom a digest tells of what: owners, customers, third parties, names; planned work; ends and reviews."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.lookup import Found, Kind
from domain.planned import Promises, planned_within
from domain.questions import Questions
from domain.renewal import Due, DueKind
from domain.shown import shown_state
from domain.situation import Situation
from domain.standing import Reason, Standing, State
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    CHECKOUT,
    INVOICE,
    LEDGER,
    NINE,
    PAYMENTS,
    PAYOUT,
    RETAIL,
    STANDINGS,
    WALLET,
)
from messages.waiting import DECLINED

HOUR = timedelta(hours=1)
SMS = Team("sms-provider", TeamKind.THIRD_PARTY, timezone="Asia/Singapore")
TODAY = date(2026, 11, 24)
FIVE_DAYS = TimeLimit(5, LimitUnit.WORKING_DAYS)


def of(*standings: Standing, **agreements: Agreement) -> Situation:
    teams = {team.name: team for team in (PAYMENTS, RETAIL, SMS)}
    return Situation(NINE, standings, Promises({**AGREEMENTS, **agreements}, teams, {}))


def under(stood: Standing, agreement: str, owner: str | None = "payments") -> Standing:
    return replace(stood, terms=replace(stood.terms, agreement=agreement, owner=owner))


def names(standings: list[Standing]) -> list[str]:
    return [one.name for one in standings]


def test_a_team_is_told_of_what_it_owns_and_of_what_nobody_owns_of_its_promises() -> None:
    orphan, stray = under(WALLET, "checkout-sla", None), under(LEDGER, "elsewhere", None)
    situation = of(CHECKOUT, orphan, stray)
    assert names(situation.owned_by("payments")) == [CHECKOUT.name]
    assert names(situation.owned_by(None)) == [WALLET.name, LEDGER.name]
    assert names(situation.unowned_of("payments")) == [WALLET.name]
    assert situation.unowned_of("shop") == []


def test_what_its_owner_declined_is_unowned_for_the_team_that_promised_it() -> None:
    others = under(WALLET, "checkout-sla", "shop")
    declined = [replace(DECLINED, objective=one.name) for one in (CHECKOUT, WALLET)]
    situation = replace(of(CHECKOUT, others), asked=Questions(declined))
    assert names(situation.unowned_of("payments")) == [WALLET.name]
    assert situation.unowned_of("shop") == []


def test_a_customer_is_shown_its_own_slas_alone() -> None:
    assert names(of(*STANDINGS).shown_to(RETAIL)) == [CARD_AUTH.name, CHECKOUT.name, INVOICE.name]
    shop = Team("shop", TeamKind.CUSTOMER)
    assert of(*STANDINGS).shown_to(shop) == []  # it has an OLA only


def test_a_third_party_is_shown_its_own_contracts_alone() -> None:
    contract = Agreement("sms-uc", AgreementKind.UC, "sms-provider", "payments")
    sla = Agreement("sms-sla", AgreementKind.SLA, "payments", "sms-provider")
    situation = of(
        under(WALLET, "sms-uc"), under(PAYOUT, "sms-sla"), CHECKOUT, **{"sms-uc": contract, "sms-sla": sla}
    )
    assert names(situation.shown_to(SMS)) == [WALLET.name]


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        pytest.param(date(2026, 11, 24), True, id="its last day"),
        pytest.param(date(2026, 11, 23), False, id="it ended yesterday"),
        pytest.param(None, True, id="without an end"),
    ],
)
def test_an_agreement_holds_to_its_last_day_in_its_providers_zone(until: date | None, shown: bool) -> None:
    ending = replace(AGREEMENTS["checkout-sla"], effective_until=until)
    assert bool(of(CHECKOUT, **{"checkout-sla": ending}).shown_to(RETAIL)) is shown


def test_the_date_is_that_of_the_provider() -> None:
    apia = replace(PAYMENTS, timezone="Pacific/Apia")
    late = replace(
        of(), at=datetime(2026, 11, 24, 12, tzinfo=UTC), promises=Promises({}, {"payments": apia}, {})
    )
    assert late.date_of(AGREEMENTS["checkout-sla"]) == date(2026, 11, 25)
    assert late.date_of(Agreement("x", AgreementKind.UC, "nobody", "nobody either")) == TODAY


def test_names_choose_objectives() -> None:
    situation = of(*STANDINGS)
    found = [Found(Kind.SERVICE, "checkout"), Found(Kind.TEAM, "marketplace")]
    assert sorted(names(situation.meant_by(found))) == [CHECKOUT.name, PAYOUT.name]
    only = situation.only(found)
    assert sorted(names(list(only.standings))) == [CHECKOUT.name, PAYOUT.name]
    assert list(only.promises.agreements) == ["checkout-sla", "payouts-sla"]


def test_names_choose_what_is_not_counted_too() -> None:
    ended = replace(AGREEMENTS["checkout-sla"], effective_until=date(2026, 11, 1))
    situation = replace(of(PAYOUT, **{"checkout-sla": ended}), uncounted=[CHECKOUT, CARD_AUTH])
    only = situation.only([Found(Kind.SERVICE, "checkout")])
    assert (only.standings, only.uncounted) == ([], [CHECKOUT])
    assert [(one.agreement.name, one.uncounted) for one in only.due()] == [("checkout-sla", 1)]
    assert [one.objectives for one in situation.uncounted_of("payments")] == [(CARD_AUTH.name, CHECKOUT.name)]
    assert situation.uncounted_of("shop") == []


def upgrade(start: datetime, *, announced: datetime = NINE, name: str = "db") -> Exclusion:
    return Exclusion(
        name, (start, start + 7 * 24 * HOUR), 2 * HOUR, "upgrade", announced, services=("checkout",)
    )


@pytest.mark.parametrize(
    ("start", "told"),
    [
        pytest.param(NINE - HOUR, NINE - HOUR, id="it began"),
        pytest.param(NINE - 2 * HOUR, NINE - 2 * HOUR + 7 * 24 * HOUR, id="over: the next time"),
        pytest.param(NINE + 13 * 24 * HOUR, NINE + 13 * 24 * HOUR, id="within two weeks"),
        pytest.param(NINE + 15 * 24 * HOUR, None, id="later"),
    ],
)
def test_planned_work_that_began_or_lies_ahead(start: datetime, told: datetime | None) -> None:
    found = replace(of(CHECKOUT, WALLET), exclusions=[upgrade(start)]).planned([CHECKOUT, WALLET])
    assert [one.occurrence.start for one in found] == ([told] if told else [])
    assert [one.objectives for one in found] == ([(CHECKOUT.name,)] if told else [])


def test_work_announced_too_late_counts() -> None:
    strict = replace(AGREEMENTS["checkout-sla"], maintenance_notice=FIVE_DAYS)
    situation = of(CHECKOUT, **{"checkout-sla": strict})
    soon, later = upgrade(NINE + 24 * HOUR), upgrade(NINE + 9 * 24 * HOUR, name="later")
    late, in_time = replace(situation, exclusions=[later, soon]).planned([CHECKOUT])
    assert (late.too_late, late.days_ahead, late.agreed) == ((CHECKOUT.name,), 1, FIVE_DAYS)
    assert (in_time.too_late, in_time.days_ahead, in_time.agreed) == ((), 7, FIVE_DAYS)


def test_work_that_was_done_in_a_period() -> None:
    week = Period(NINE - 7 * 24 * HOUR, NINE)
    done = planned_within([upgrade(NINE - 8 * 24 * HOUR)], [CHECKOUT], of().promises, period=week)
    assert [one.occurrence.start for one in done] == [NINE - 24 * HOUR]


def test_due_of_a_team_is_what_it_is_a_party_to() -> None:
    ends = {name: replace(one, effective_until=TODAY) for name, one in AGREEMENTS.items()}
    found = of(**ends).due_of(RETAIL.name)
    assert found == [Due(DueKind.END, ends["checkout-sla"], TODAY)]


@pytest.mark.parametrize(
    ("zone", "told_at", "days"),
    [
        pytest.param("Pacific/Kiritimati", None, 29, id="never told of anything, a day ahead of Berlin"),
        pytest.param("Europe/Berlin", NINE - 24 * HOUR, 30, id="yesterday it was 31 days ahead"),
        pytest.param("Europe/Berlin", NINE - 24 * HOUR, 7, id="within the last seven days"),
        pytest.param("Pacific/Kiritimati", NINE - 24 * HOUR, 30, id="by the provider's date"),
        pytest.param("Pacific/Pago_Pago", NINE - 24 * HOUR, 30, id="also where it is yesterday"),
        pytest.param("Europe/Berlin", NINE - 7 * 24 * HOUR, 24, id="the first weekly one"),
    ],
)
def test_a_review_is_told_by_the_first_digest_within_thirty_days(
    zone: str, told_at: datetime | None, days: int
) -> None:
    provider = replace(PAYMENTS, timezone=zone)
    review = provider.local(NINE).date() + timedelta(days=days)
    agreement = replace(AGREEMENTS["checkout-sla"], review=review)
    promises = Promises({"checkout-sla": agreement}, {"payments": provider}, {})
    told = [
        replace(of(), at=NINE, promises=promises).due_of(name, told_at=told_at)
        for name in ("payments", "retail")
    ]
    assert told == [[Due(DueKind.REVIEW, agreement, review)]] * 2
    next_day = replace(of(), at=NINE + 24 * HOUR, promises=promises)
    assert bool(next_day.due(told_at=NINE)) is (days == 7)


@pytest.mark.parametrize(
    ("stood", "shown"),
    [
        pytest.param(CHECKOUT, State.MET, id="a small budget is our own affair"),
        pytest.param(
            replace(CARD_AUTH, state=State.AT_RISK, reason=Reason.OVERSPENT_SO_FAR),
            State.AT_RISK,
            id="below the target so far",
        ),
        pytest.param(CARD_AUTH, State.BREACHED, id="breached"),
        pytest.param(LEDGER, State.NO_DATA, id="no data"),
        pytest.param(WALLET, State.MET, id="met"),
    ],
)
def test_outsiders_are_shown_what_was_attained(stood: Standing, shown: State) -> None:
    assert shown_state(stood) is shown
