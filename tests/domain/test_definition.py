"""Definitions in words: two that differ read differently, field by field."""

from dataclasses import fields, replace
from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.definition import Place, in_words
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.objective import Indicator, Objective, Service, Terms
from domain.team import DigestSchedule, QuietHours, Rung, Team, TeamKind
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

TERMS = Terms(Fraction(999, 1000), RollingWindow(days=30), Occurrences(), Indicator("ok"))
OBJECTIVE = Objective("checkout-availability", "checkout", (TERMS,))
STARTS = datetime(2026, 1, 5, 6, 30)  # noqa: DTZ001 -- wall-clock time

CHANGED: list[tuple[Team | Service | Agreement, dict[str, object]]] = [
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
        },
    ),
    (Service("checkout"), {"display_name": "C", "description": "D", "labels": (("a", ("b", "c")),)}),
    (
        Agreement("a", AgreementKind.SLA, "p", "c"),
        {"kind": AgreementKind.UC, "provider": "x", "customer": "y"},
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
}
CHANGED_OBJECTIVE = {
    "service": "payout",
    "display_name": "C",
    "description": "D",
    "labels": (("a", ("b",)),),
    "slo": "checkout",
}


@pytest.mark.parametrize(("item", "changes"), CHANGED)
def test_every_changed_field_shows(item: Team | Service | Agreement, changes: dict[str, object]) -> None:
    assert {field.name for field in fields(item)} - {"name"} == set(changes)
    for name, value in changes.items():
        assert in_words(replace(item, **{name: value})) != in_words(item), name  # type: ignore[arg-type]


def test_every_changed_term_shows() -> None:
    assert {field.name for field in fields(Terms)} - {"version", "since"} == set(CHANGED_TERMS)
    for name, value in CHANGED_TERMS.items():
        terms = replace(TERMS, **{name: value})  # type: ignore[arg-type]
        assert in_words(replace(OBJECTIVE, versions=(terms,))) != in_words(OBJECTIVE), name


def test_every_changed_word_about_an_objective_shows() -> None:
    told = {field.name for field in fields(Objective)} - {"name", "versions", "retired_at"}
    assert told == set(CHANGED_OBJECTIVE)
    for name, value in CHANGED_OBJECTIVE.items():
        assert in_words(replace(OBJECTIVE, **{name: value})) != in_words(OBJECTIVE), name  # type: ignore[arg-type]


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
