"""Every aggregate comes back as it was saved, each field with a value of its own."""

from dataclasses import fields
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window
from storage.store import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LABELS = (("tier", ("gold", "silver")), ("<!channel>", ("\u202e*`🚀",)))

TEAM = Team(
    name="payments",
    kind=TeamKind.THIRD_PARTY,
    display_name="Payments 🚀",
    channel="#team-payments",
    members=("U0A1", "ana@example.com"),
    usergroup="S0123",
    manager="U0B2",
    timezone="Europe/Berlin",
    digest=DigestSchedule(time(8, 30), frozenset({0, 6})),
    quiet_hours=QuietHours(time(20), time(8)),
    escalation=(Rung("members", timedelta(0)), Rung("manager", timedelta(minutes=30))),
    arbitrates=True,
    slack_team="T0XYZ",
)
SERVICE = Service("checkout", "Checkout", "Where people pay", LABELS)
AGREEMENT = Agreement("checkout-sla", AgreementKind.UC, "payments", "retail")
FIRST = Terms(
    target=Fraction(999, 1000),
    window=RollingWindow(days=29, minutes=30),
    method=Timeslices(Fraction(9, 10), 5, Missing.BAD),
    indicator=Indicator("errors", "bad/total", "5xx", '{"total":{}}'),
    owner="payments",
    agreement="checkout-sla",
    unit="requests",
    min_coverage=Fraction(2, 3),
)
OBJECTIVE = Objective(
    "checkout-availability", "checkout", (FIRST,), "Checkout", "Pays", LABELS, NOON, "checkout-slo"
)


def test_every_field_of_the_examples_differs_from_its_default() -> None:
    for example in (TEAM, SERVICE, OBJECTIVE, FIRST, FIRST.indicator):
        for field in fields(example):
            if field.name not in ("version", "since"):
                assert getattr(example, field.name) != field.default


def test_teams(store: Store) -> None:
    with store.transaction() as tx:
        tx.teams.save([TEAM, Team("plain")])
    with store.read() as tx:
        assert tx.teams.all() == [TEAM, Team("plain")]
    with store.transaction() as tx:
        tx.teams.save([Team("payments")])
        tx.teams.remove(["plain"])
    with store.read() as tx:
        assert tx.teams.all() == [Team("payments")]


def test_services_and_agreements(store: Store) -> None:
    with store.transaction() as tx:
        tx.services.save([SERVICE])
        tx.agreements.save([AGREEMENT])
    with store.read() as tx:
        assert tx.services.all() == [SERVICE]
        assert tx.agreements.all() == [AGREEMENT]
    with store.transaction() as tx:
        tx.services.remove(["checkout"])
        tx.agreements.remove(["checkout-sla"])
    with store.read() as tx:
        assert (tx.services.all(), tx.agreements.all()) == ([], [])


def _second(window: Window, method: Method) -> Terms:
    return Terms(Fraction("0.99"), window, method, FIRST.indicator, version=2, since=NOON)


JANUARY = datetime(2026, 1, 15, 6)  # noqa: DTZ001 -- wall-clock time of the window's zone


@pytest.mark.parametrize(
    "second",
    [
        _second(CalendarWindow(CalendarUnit.QUARTER, "Asia/Kolkata", JANUARY), Occurrences()),
        _second(CalendarWindow(CalendarUnit.DAY), RatioTimeslices(15, Missing.GOOD)),
    ],
)
def test_objectives_with_their_versions(store: Store, second: Terms) -> None:
    objective = Objective(
        **{**{f.name: getattr(OBJECTIVE, f.name) for f in fields(OBJECTIVE)}, "versions": (FIRST, second)}
    )
    with store.transaction() as tx:
        tx.objectives.save([OBJECTIVE])
    with store.transaction() as tx:
        tx.objectives.save([objective])
    with store.read() as tx:
        assert tx.objectives.with_retired() == [objective]
        assert tx.objectives.all() == []
        assert objective.terms(at=NOON - timedelta(seconds=1)) == FIRST
        assert objective.terms(at=NOON) == second


def test_a_retired_objective_is_there_for_the_time_before(store: Store) -> None:
    with store.transaction() as tx:
        tx.objectives.save([OBJECTIVE])
    with store.read() as tx:
        assert tx.objectives.in_force(at=NOON - timedelta(seconds=1)) == [OBJECTIVE]
        assert tx.objectives.in_force(at=NOON) == []
        assert [standing.name for standing in tx.standings.all(at=NOON - timedelta(days=1))] == [
            OBJECTIVE.name
        ]
        assert tx.standings.all(at=NOON) == []


def test_workspaces_do_not_see_each_other(store: Store) -> None:
    store.ensure_workspace("other")
    with store.transaction() as tx:
        tx.teams.save([TEAM])
        tx.objectives.save([Objective("o", "s", (FIRST,))])
    with store.read("other") as tx:
        assert (tx.teams.all(), tx.objectives.all(), tx.standings.all(at=NOON)) == ([], [], [])


def test_an_exception_rolls_everything_back(store: Store) -> None:
    def fail_half_way() -> None:
        with store.transaction() as tx:
            tx.teams.save([TEAM])
            tx.objectives.save([OBJECTIVE])
            raise KeyError

    with pytest.raises(KeyError):
        fail_half_way()
    with store.read() as tx:
        assert (tx.teams.all(), tx.objectives.with_retired()) == ([], [])


def test_naive_instants_are_refused(store: Store) -> None:
    with pytest.raises(Exception, match="naive"), store.transaction() as tx:
        tx.digests.decide("payments", NOON.date(), at=NOON.replace(tzinfo=None))
