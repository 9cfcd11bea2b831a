"""Which teams are to be asked to acknowledge what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.agreement import Agreement, AgreementKind
from domain.asking import Decided, Known, hours_words, to_ask
from domain.calendars import Calendar, office_calendar
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.planned import Promises
from domain.slack_change import SlackChange
from domain.team import Team, TeamKind
from domain.window import RollingWindow

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
INDICATOR = Indicator("requests")
TERMS = Terms(
    Fraction(999, 1000),
    RollingWindow(30),
    Occurrences(),
    INDICATOR,
    owner="payments",
    agreement="checkout-sla",
)
CHECKOUT = Objective("checkout", "checkout", (TERMS,))
SLA = Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")
TEAMS = {
    "payments": Team("payments"),
    "shop": Team("shop"),
    "bank": Team("bank", TeamKind.THIRD_PARTY),
}


def promises(agreement: Agreement = SLA, calendar: Calendar | None = None) -> Promises:
    return Promises({agreement.name: agreement}, TEAMS, {calendar.name: calendar} if calendar else {})


def decided(
    objective: Objective, *asked: Acknowledgement, of: Promises | None = None, at: datetime = NOON
) -> Decided:
    known = Known((objective,), of or promises(), {one.objective: one for one in asked})
    found = to_ask(known, at=at)
    then = {**known.newest, **{one.objective: one for one in found.new}}
    then |= {
        one.objective: one.supersede(at=at)
        for one in found.superseded
        if one.objective not in {n.objective for n in found.new}
    }
    assert to_ask(replace(known, newest=then), at=at).nothing
    return found


def changed(**fields: Any) -> Objective:
    newer = replace(TERMS, version=2, since=NOON, **fields)
    return replace(CHECKOUT, versions=(TERMS, newer))


def first() -> Acknowledgement:
    [one] = decided(CHECKOUT, at=NOON - timedelta(days=100)).new
    return one


def yes() -> Acknowledgement:
    acknowledging = CHECKOUT.acknowledging
    return first().acknowledge(
        by="U0ANA", at=NOON - timedelta(days=99), acknowledging=acknowledging, calendar=office_calendar("UTC")
    )


def test_a_new_objective_is_asked_about_with_five_working_days() -> None:
    [one] = decided(CHECKOUT).new
    assert (one.team, one.version, one.because) == ("payments", 1, Because.NEW)
    assert one.due_at == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert one.missing_from == NOON


@pytest.mark.parametrize(
    "objective",
    [
        pytest.param(replace(CHECKOUT, versions=(replace(TERMS, owner=None),)), id="nobody owns it"),
        pytest.param(replace(CHECKOUT, versions=(replace(TERMS, owner="bank"),)), id="a third party owns it"),
        pytest.param(replace(CHECKOUT, retired_at=NOON), id="it is retired"),
    ],
)
def test_nobody_is_asked(objective: Objective) -> None:
    assert decided(objective).nothing
    assert decided(objective, first()).superseded == (first(),)


@pytest.mark.parametrize(
    ("agreement", "is_asked"),
    [
        pytest.param(replace(SLA, effective_until=date(2026, 11, 23)), True, id="on its last day"),
        pytest.param(replace(SLA, effective_until=date(2026, 11, 22)), False, id="the day after"),
        pytest.param(replace(SLA, effective_from=date(2026, 11, 24)), False, id="before its first day"),
    ],
)
def test_only_what_is_promised_now_is_asked_about(agreement: Agreement, is_asked: bool) -> None:
    assert bool(decided(CHECKOUT, of=promises(agreement)).new) is is_asked


@pytest.mark.parametrize(
    "objective",
    [
        pytest.param(changed(target=Fraction(99, 100)), id="target"),
        pytest.param(changed(window=RollingWindow(7)), id="window"),
        pytest.param(changed(agreement=None), id="agreement"),
        pytest.param(changed(indicator=Indicator("requests", "bad/total")), id="what is counted"),
        pytest.param(changed(owner="shop"), id="owner"),
    ],
)
@pytest.mark.parametrize("earlier", [first(), yes(), first().decline(Ground.UNCLEAR, by="U0ANA", at=NOON)])
def test_another_promise_is_asked_about_anew(objective: Objective, earlier: Acknowledgement) -> None:
    found = decided(objective, earlier)
    [one] = found.new
    assert (one.version, one.because) == (2, Because.TERMS)
    assert found.superseded == (() if earlier.stage is Stage.ACKNOWLEDGED else (earlier,))


@pytest.mark.parametrize(
    "objective",
    [
        pytest.param(changed(unit="requests"), id="unit"),
        pytest.param(changed(min_coverage=Fraction(1, 2)), id="coverage"),
        pytest.param(changed(indicator=Indicator("requests", description="all of them")), id="a description"),
    ],
)
def test_what_changes_no_promise_is_not_asked_about(objective: Objective) -> None:
    assert decided(objective, first()).nothing
    assert decided(objective, yes()).nothing


def test_other_service_hours_are_another_promise() -> None:
    weekdays = office_calendar("Europe/Berlin")
    with_hours = promises(replace(SLA, service_hours=weekdays.name), weekdays)
    [one] = decided(CHECKOUT, yes(), of=with_hours).new
    assert one.hours == hours_words(CHECKOUT, with_hours) == "mon–fri 09:00–17:00 Europe/Berlin"
    assert one.because is Because.TERMS


def test_an_owner_from_slack_was_assigned() -> None:
    objective = replace(changed(owner="shop"), slack_changes=(SlackChange("owner", "U0EVA", NOON),))
    [one] = decided(objective, yes()).new
    assert (one.team, one.because) == ("shop", Because.ASSIGNED)


def test_it_is_asked_again_two_weeks_before_it_expires_and_holds_until_then() -> None:
    expires = yes().expires_at
    assert expires is not None
    before = expires - timedelta(days=14)
    assert decided(CHECKOUT, yes(), at=before - timedelta(minutes=1)).nothing
    [one] = decided(CHECKOUT, yes(), at=before).new
    assert (one.because, one.missing_from) == (Because.EXPIRY, expires)
    assert not one.is_missing(at=expires - timedelta(minutes=1))
    assert one.is_missing(at=expires)
    assert yes().holds(CHECKOUT, "", at=expires - timedelta(minutes=1))
    assert not yes().holds(CHECKOUT, "", at=expires)


def test_what_was_declined_waits_for_the_service_level_managers() -> None:
    assert decided(CHECKOUT, first().decline(Ground.NOT_OURS, by="U0ANA", at=NOON)).nothing
