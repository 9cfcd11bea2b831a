"""Every aggregate comes back as it was saved, each field with a value of its own."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.acknowledging import Acknowledging
from domain.agreement import Agreement, AgreementKind, DisputeRules
from domain.burn import BurnCondition, Severity
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Limit, Objective, Service, Terms
from domain.refusal import Refusal
from domain.responsibility import Responsibility, Role
from domain.slack_change import SlackChange
from domain.subscription import Subscription
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from domain.watching import Watching
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
    digest=DigestSchedule(time(8, 30), frozenset({0, 6}), off=True),
    quiet_hours=QuietHours(time(20), time(8)),
    escalation=(Rung("members", timedelta(0)), Rung("manager", timedelta(minutes=30))),
    arbitrates=True,
    slack_team="T0XYZ",
    calendar="weekdays",
    slack_changes=(SlackChange("digest", "U0A1", NOON),),
)
SERVICE = Service("checkout", "Checkout", "Where people pay", LABELS)
AGREEMENT = Agreement(
    "checkout-sla",
    AgreementKind.UC,
    "payments",
    "retail",
    contact="U0C3",
    effective_from=date(2026, 1, 1),
    effective_until=date(2026, 12, 31),
    review=date(2026, 10, 1),
    service_hours="weekdays",
    disputes=DisputeRules(TimeLimit(3, LimitUnit.WORKING_DAYS), TimeLimit(5), "U0D4"),
    maintenance_notice=TimeLimit(12, LimitUnit.HOURS),
    claim_within=TimeLimit(30, LimitUnit.DAYS),
)
CALENDAR = Calendar(
    "weekdays",
    "Asia/Kathmandu",
    (((0, 1440),), (), ((600, 1500), (480, 540)), (), (), (), ()),
    frozenset({date(2026, 12, 24), date(2026, 12, 25)}),
    "DE",
    "BE",
)
EXCLUSION = Exclusion(
    "upgrade",
    (NOON, NOON + timedelta(days=30)),
    timedelta(hours=4),
    "Upgrade <!channel> 🚀",
    NOON - timedelta(days=9),
    objectives=("checkout-availability",),
    services=("checkout",),
    recurs="FREQ=MONTHLY",
    timezone="Europe/Berlin",
    author="U0A1",
    withdrawn_at=NOON + timedelta(days=1),
)
SUBSCRIPTION = Subscription(
    "C0123",
    "U0A1",
    NOON,
    ("team:payments", "service:checkout"),
    "Pacific/Apia",
    DigestSchedule(time(7, 15), frozenset({2}), off=True),
)
FIRST = Terms(
    target=Fraction(999, 1000),
    window=RollingWindow(days=29, minutes=30),
    method=Timeslices(Fraction(9, 10), 5, Missing.BAD),
    indicator=Indicator("errors", "bad/total", "5xx", '{"total":{}}'),
    owner="payments",
    agreement="checkout-sla",
    unit="requests",
    min_coverage=Fraction(2, 3),
    limit=Limit("lte", Fraction(3, 10)),
)
OBJECTIVE = Objective(
    "checkout-availability",
    "checkout",
    (FIRST,),
    "Checkout",
    "Pays",
    LABELS,
    NOON,
    "checkout-slo",
    Watching(
        (BurnCondition(Severity.PAGE, Fraction("14.4"), (60, 5), inclusive=True, after=2),), silent=False
    ),
    ("shop",),
    (
        Responsibility(Role.CONSULTED, "shop", NOON, NOON + timedelta(days=1)),
        Responsibility(Role.INFORMED, "retail"),
    ),
    Acknowledging(TimeLimit(3), TimeLimit(90)),
    (SlackChange("owner", "U0A1", NOON),),
)


def test_every_field_of_the_examples_differs_from_its_default() -> None:
    aggregates = (TEAM, SERVICE, AGREEMENT, CALENDAR, EXCLUSION, SUBSCRIPTION, OBJECTIVE)
    for example in (*aggregates, AGREEMENT.disputes, SUBSCRIPTION.digest, FIRST, FIRST.indicator):
        for field in fields(example):
            if field.name not in ("version", "since", "ground"):
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


def test_calendars_and_exclusions(store: Store) -> None:
    with store.transaction() as tx:
        tx.calendars.save([CALENDAR, Calendar("plain")])
        tx.exclusions.save([EXCLUSION])
    with store.read() as tx:
        assert tx.calendars.all() == [Calendar("plain"), CALENDAR]
        assert tx.exclusions.all() == [EXCLUSION]
    with store.transaction() as tx:
        tx.calendars.remove(["weekdays"])
        tx.exclusions.remove(["upgrade"])
    with store.read() as tx:
        assert (tx.calendars.all(), tx.exclusions.all()) == ([Calendar("plain")], [])


def test_subscriptions(store: Store) -> None:
    everything = Subscription("U0A1", "U0A1", NOON)
    with store.transaction() as tx:
        tx.subscriptions.save([SUBSCRIPTION, everything])
        tx.subscriptions.save([replace(SUBSCRIPTION, timezone="UTC")])
    with store.read() as tx:
        assert tx.subscriptions.all() == [replace(SUBSCRIPTION, timezone="UTC"), everything]
    with store.transaction() as tx:
        tx.subscriptions.remove(["C0123"])
    with store.read() as tx:
        assert tx.subscriptions.all() == [everything]


def test_a_digest_time_changed_in_slack(store: Store) -> None:
    changed = DigestSchedule(time(7), None)
    with store.transaction() as tx:
        tx.teams.save([Team("payments", display_name="Payments")])
        tx.teams.change_digest("payments", DigestSchedule(off=True), by="U0A1", at=NOON)
        tx.teams.change_digest("payments", changed, by="U0A2", at=NOON)
    with store.read() as tx:
        marks = (SlackChange("digest", "U0A2", NOON),)
        assert tx.teams.all() == [
            Team("payments", display_name="Payments", digest=changed, slack_changes=marks)
        ]
    with store.transaction() as tx, pytest.raises(Refusal, match=r"no team called `payment`.*`payments`"):
        tx.teams.change_digest("payment", changed, by="U0A1", at=NOON)


def test_what_a_digest_told(store: Store) -> None:
    monday = date(2026, 11, 23)
    with store.transaction() as tx:
        tx.digests.decide("payments", monday - timedelta(days=3), at=NOON, told={"checkout": {"left": None}})
        tx.digests.decide("payments", monday - timedelta(days=1), at=NOON)
        tx.digests.decide("shop", monday - timedelta(days=1), at=NOON, told={})
        friday = (monday - timedelta(days=3), {"checkout": {"left": None}})
        assert tx.digests.last_told("payments", before=monday) == friday
        assert tx.digests.last_told("payments", before=monday - timedelta(days=3)) is None
        tx.digests.decide("payments", monday + timedelta(days=40), at=NOON, told={})
        assert tx.digests.last_told("payments", before=monday) is None


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
