"""Definitions in words: two that differ read differently, field by field."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.acknowledging import Acknowledging
from domain.agreement import Agreement, AgreementKind, DisputeRules
from domain.burn import BurnCondition, Severity
from domain.calendars import Calendar, Hours
from domain.definition import Place
from domain.definition_words import Item, in_words, shortened
from domain.exclusion import Exclusion, Ground
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Limit, Objective, Service, Terms
from domain.openslo_document import OpensloDocument
from domain.responsibility import Responsibility, Role
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from domain.watching import Watching
from domain.watching_words import watching_words
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

TERMS = Terms(Fraction(999, 1000), RollingWindow(days=30), Occurrences(), Indicator("ok"))
OBJECTIVE = Objective("checkout-availability", "checkout", (TERMS,))
STARTS = datetime(2026, 1, 5, 6, 30)  # noqa: DTZ001 -- wall-clock time
MORNING = datetime(2026, 11, 28, 21, tzinfo=UTC)
WEEK = TimeLimit(5, LimitUnit.WORKING_DAYS)
EXCLUSION = Exclusion("db-upgrade", (MORNING,), timedelta(hours=4), "Upgrade", MORNING)

CHANGED: list[tuple[Item, dict[str, object]]] = [
    (
        Team("payments"),
        {
            "kind": TeamKind.CUSTOMER,
            "display_name": "Payments",
            "channel": "#payments",
            "members": ("U0A1",),
            "usergroup": "S0123",
            "manager": "U0B2",
            "timezone": "Europe/Berlin",
            "digest": DigestSchedule(time(9), frozenset()),
            "quiet_hours": QuietHours(time(20), time(8)),
            "escalation": (Rung("slm", timedelta(hours=1)),),
            "arbitrates": True,
            "slack_team": "T0XYZ",
            "calendar": "weekdays",
        },
    ),
    (Service("checkout"), {"display_name": "C", "description": "D", "labels": (("a", ("b", "c")),)}),
    (
        Agreement("a", AgreementKind.SLA, "p", "c"),
        {
            "kind": AgreementKind.UC,
            "provider": "x",
            "customer": "y",
            "contact": "U0C3",
            "effective_from": date(2026, 1, 1),
            "effective_until": date(2026, 12, 31),
            "review": date(2026, 10, 1),
            "service_hours": "weekdays",
            "disputes": DisputeRules(arbiter="U0D4"),
            "maintenance_notice": WEEK,
            "claim_within": WEEK,
        },
    ),
    (
        Agreement("a", AgreementKind.SLA, "p", "c", disputes=DisputeRules(WEEK, WEEK)),
        {"disputes": DisputeRules(WEEK, TimeLimit(5, LimitUnit.HOURS))},
    ),
    (
        Agreement("a", AgreementKind.SLA, "p", "c", disputes=DisputeRules(WEEK, WEEK)),
        {"disputes": DisputeRules(TimeLimit(5), WEEK)},
    ),
    (
        Calendar("weekdays"),
        {
            "timezone": "Europe/Berlin",
            "hours": (((540, 1020),),) * 5 + ((), ((540, 1020),)),
            "holidays": frozenset([date(2026, 12, 24)]),
            "country": "DE",
            "subdivision": "BE",
        },
    ),
    (Calendar("weekdays", hours=((),) * 6 + (((0, 1440),),)), {"hours": ((),) * 6 + (((0, 2880),),)}),
    (
        Calendar("weekdays", holidays=frozenset(date(2026, 1, day) for day in range(1, 31))),
        {"holidays": frozenset(date(2026, 1, day) for day in range(2, 32))},
    ),
    (
        EXCLUSION,
        {
            "starts": (MORNING + timedelta(seconds=1),),
            "length": timedelta(hours=4, seconds=1),
            "reason": "Repair",
            "announced_at": MORNING + timedelta(microseconds=1),
            "objectives": ("a",),
            "services": ("a",),
            "recurs": "FREQ=DAILY",
            "timezone": "Europe/Berlin",
            "author": "U0A1",
            "withdrawn_at": MORNING,
        },
    ),
]
CHANGED_TERMS = {
    "target": Fraction(99, 100),
    "window": CalendarWindow(CalendarUnit.WEEK, "Europe/Berlin", STARTS),
    "method": RatioTimeslices(5),
    "indicator": Indicator("other"),
    "owner": "payments",
    "agreement": "checkout-sla",
    "unit": "payouts",
    "min_coverage": Fraction(1, 2),
    "limit": Limit("lte", Fraction(250)),
}
CHANGED_OBJECTIVE = {
    "service": "payout",
    "display_name": "C",
    "description": "D",
    "labels": (("a", ("b",)),),
    "slo": "checkout",
    "watching": Watching((BurnCondition(Severity.PAGE, Fraction(10), (60,)),)),
    "supports": ("shop",),
    "roles": (Responsibility(Role.CONSULTED, "legal"),),
    "acknowledging": Acknowledging(within=TimeLimit(3)),
}
PAGE = BurnCondition(Severity.PAGE, Fraction("14.4"), (60, 5))
CHANGED_WATCHING = {
    "conditions": (),
    "silent": False,
    "warn_at": Fraction(601, 1000),
}
CHANGED_CONDITION = {
    "severity": Severity.TICKET,
    "threshold": Fraction(14400000000001, 10**12),
    "windows": (60,),
    "inclusive": True,
    "after": 1,
}


UNSAID = {"name", "slack_changes"}
"""What was changed in Slack is no field of a definition."""


@pytest.mark.parametrize(("item", "changes"), CHANGED)
def test_every_changed_field_shows(item: Item, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        assert in_words(replace(item, **{name: value})) != in_words(item), name  # type: ignore[arg-type]


def test_no_field_is_forgotten() -> None:
    tried: dict[type[Item], set[str]] = {}
    for item, changes in CHANGED:
        tried.setdefault(type(item), set()).update(changes)
    tried[Exclusion].add("ground")  # there is only one
    assert list(Ground) == [Ground.PLANNED_WORK]
    for kind, names in tried.items():
        assert {field.name for field in fields(kind)} - UNSAID == names


@pytest.mark.parametrize("days", [None, frozenset(), frozenset({0})])
def test_a_digest_that_is_off_keeps_its_days(days: frozenset[int] | None) -> None:
    words = in_words(Team("payments", digest=DigestSchedule(days=days, off=True)))["digest"]
    assert words == f"off ({in_words(Team('payments', digest=DigestSchedule(days=days)))['digest']})"


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        pytest.param((((480, 1080),),) * 5 + ((),) * 2, "mon–fri 08:00–18:00", id="days alike"),
        pytest.param((((0, 1440),),) * 7, "mon–sun 00:00–24:00", id="round the clock"),
        pytest.param(
            ((),) * 4 + (((480, 720), (780, 1020)), ((1320, 1800),), ()),
            "fri 08:00–12:00 13:00–17:00, sat 22:00–06:00+1",
            id="a break, and over midnight",
        ),
    ],
)
def test_hours(hours: tuple[Hours, ...], words: str) -> None:
    assert in_words(Calendar("c", hours=hours))["hours"] == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        pytest.param("", "a", ("", "a"), id="one"),
        pytest.param("", "a, b, c", ("", "3 from a to c"), id="many"),
        pytest.param("a, b", "a, b, c", ("2 from a to b", "3: + c"), id="one more"),
        pytest.param("a, b, c", "c, d, e", ("3 from a to c", "3: + d and 1 more, − a and 1 more"), id="both"),
        pytest.param("a, b", "", ("2 from a to b", ""), id="none left"),
    ],
)
def test_long_lists_are_shortened(before: str, after: str, words: tuple[str, str]) -> None:
    assert shortened(before, after) == words


def test_every_changed_term_shows() -> None:
    assert {field.name for field in fields(Terms)} - {"version", "since"} == set(CHANGED_TERMS)
    for name, value in CHANGED_TERMS.items():
        terms = replace(TERMS, **{name: value})  # type: ignore[arg-type]
        assert in_words(replace(OBJECTIVE, versions=(terms,))) != in_words(OBJECTIVE), name


def test_every_changed_word_about_an_objective_shows() -> None:
    told = {field.name for field in fields(Objective)} - {"versions", "retired_at"} - UNSAID
    assert told == set(CHANGED_OBJECTIVE)
    for name, value in CHANGED_OBJECTIVE.items():
        assert in_words(replace(OBJECTIVE, **{name: value})) != in_words(OBJECTIVE), name  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(Limit("lte", Fraction(250)), Limit("lt", Fraction(250)), id="the operator"),
        pytest.param(Limit("lte", Fraction(1, 10**20)), Limit("lte", Fraction(2, 10**20)), id="tiny ones"),
    ],
)
def test_other_limits_have_other_words(one: Limit, other: Limit) -> None:
    words = [in_words(replace(OBJECTIVE, versions=(replace(TERMS, limit=each),))) for each in (one, other)]
    assert words[0]["limit"] != words[1]["limit"]


def test_roles_that_ended_are_not_told() -> None:
    ended = Responsibility(Role.RESPONSIBLE, "payments", until=MORNING)
    kept = (ended, Responsibility(Role.RESPONSIBLE, "shop"), Responsibility(Role.RESPONSIBLE, "identity"))
    assert in_words(replace(OBJECTIVE, roles=kept))["responsible"] == "identity, shop"


def test_every_part_of_acknowledging_shows() -> None:
    for name in (field.name for field in fields(Acknowledging)):
        changed = replace(Acknowledging(), **{name: TimeLimit(7)})
        assert in_words(replace(OBJECTIVE, acknowledging=changed)) != in_words(OBJECTIVE), name


SECRET = '{"metadata":{"name":"prom"},"spec":{"connectionDetails":{"token":"s3cret"},"type":"prometheus"}}'


@pytest.mark.parametrize(
    "other",
    [
        SECRET.replace("s3cret", "changed"),
        SECRET.replace("prometheus", "datadog"),
        SECRET.replace('"name"', '"displayName":"Prometheus","name"'),
        SECRET.replace('"type"', '"description":"In Europe","type"'),
    ],
)
def test_every_change_of_a_kept_document_shows_and_no_secret_does(other: str) -> None:
    words = [in_words(OpensloDocument("DataSource", "prom", body)) for body in (SECRET, other)]
    assert words[0] != words[1]
    assert "s3cret" not in str(words)


def test_every_changed_word_about_watching_shows() -> None:
    assert {field.name for field in fields(Watching)} == set(CHANGED_WATCHING)
    for name, value in CHANGED_WATCHING.items():
        assert watching_words(replace(Watching(), **{name: value})) != watching_words(Watching()), name  # type: ignore[arg-type]
    assert {field.name for field in fields(BurnCondition)} == set(CHANGED_CONDITION)
    for name, value in CHANGED_CONDITION.items():
        changed = Watching((replace(PAGE, **{name: value}),))  # type: ignore[arg-type]
        assert watching_words(changed) != watching_words(Watching((PAGE,))), name


def test_watching_reads_as_a_manager_would_say_it() -> None:
    slow = BurnCondition(Severity.TICKET, Fraction(1), (3 * 1440,), inclusive=True, after=90)
    assert watching_words(Watching((PAGE, slow), silent=False, warn_at=Fraction(3, 4))) == {
        "urgent burn rate": "> 14.4 over 1 h and 5 min",
        "burn rate that can wait": "≥ 1 over 3 days for 90 min",
        "warnings of missing data": "off",
        "forecasts warn from": "75%",
    }
    assert set(watching_words(Watching(())).values()) == {"never", "on", "60%"}


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (RollingWindow(days=30), "30 days"),
        (RollingWindow(days=1), "1 day"),
        (RollingWindow(minutes=90), "90 min"),
        (
            CalendarWindow(CalendarUnit.WEEK, "Europe/Berlin", STARTS),
            "calendar week from 2026-01-05 06:30 Europe/Berlin",
        ),
    ],
)
def test_windows(window: Window, words: str) -> None:
    assert in_words(replace(OBJECTIVE, versions=(replace(TERMS, window=window),)))["window"] == words


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (Occurrences(), "Occurrences"),
        (Timeslices(Fraction(19, 20), 5, Missing.BAD), "Timeslices of 5 min at 95%, missing bad"),
        (RatioTimeslices(15), "RatioTimeslices of 15 min"),
    ],
)
def test_methods(method: Method, words: str) -> None:
    assert in_words(replace(OBJECTIVE, versions=(replace(TERMS, method=method),)))["method"] == words


def test_a_place_reads_like_a_problem() -> None:
    assert str(Place("slos.yaml", 12)) == "slos.yaml:12"
