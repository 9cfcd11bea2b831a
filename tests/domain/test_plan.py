"""What applying would change; and that planning after applying finds nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agreement import Agreement, AgreementKind
from domain.burn import BurnCondition, Severity
from domain.calendars import Calendar
from domain.definition import UNANNOUNCED, Definitions, Kind
from domain.exclusion import Exclusion
from domain.method import Occurrences, Timeslices
from domain.objective import Indicator, Objective, Service, Terms
from domain.plan import Change, Current, FieldChange, Plan, Verb
from domain.planning import plan
from domain.refusal import Refusal
from domain.responsibility import Responsibility, Role
from domain.team import Team, TeamKind
from domain.watching import Watching
from domain.window import CalendarUnit, CalendarWindow, RollingWindow
from tests.domain.applying import applied

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)

TERMS = Terms(
    Fraction(999, 1000),
    RollingWindow(days=30),
    Occurrences(),
    Indicator("checkout-ok"),
    owner="payments",
    agreement="checkout-sla",
)
OBJECTIVE = Objective("checkout-availability", "checkout", (TERMS,), slo="checkout-availability")
WANTED = Definitions(
    teams=(Team("payments"), Team("retail", TeamKind.CUSTOMER)),
    services=(Service("checkout"),),
    agreements=(Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail"),),
    objectives=(OBJECTIVE,),
)
STORED = Current(WANTED.teams, WANTED.services, WANTED.agreements, WANTED.objectives)


def wanting(**terms: object) -> Definitions:
    return replace(WANTED, objectives=(replace(OBJECTIVE, versions=(replace(TERMS, **terms),)),))  # type: ignore[arg-type]


def test_an_empty_store_gets_everything() -> None:
    planned = plan(WANTED, Current(), at=MONDAY)
    assert [(change.verb, change.kind, change.name) for change in planned.changes] == [
        (Verb.CREATE, Kind.TEAM, "payments"),
        (Verb.CREATE, Kind.TEAM, "retail"),
        (Verb.CREATE, Kind.SERVICE, "checkout"),
        (Verb.CREATE, Kind.AGREEMENT, "checkout-sla"),
        (Verb.CREATE, Kind.OBJECTIVE, "checkout-availability"),
    ]
    assert planned.objectives_to_save == (OBJECTIVE,)
    assert applied(planned, Current()) == STORED


def test_the_first_terms_hold_from_the_beginning() -> None:
    (objective,) = plan(WANTED, Current(), at=MONDAY).objectives_to_save
    assert (objective.versions[0].version, objective.versions[0].since) == (1, None)


@pytest.mark.parametrize("prune", [False, True])
def test_nothing_changes_twice(prune: bool) -> None:
    planned = plan(WANTED, STORED, at=TUESDAY, prune=prune)
    assert planned == Plan()
    assert planned.empty


@pytest.mark.parametrize(
    "terms",
    [
        {"target": Fraction(995, 1000)},
        {"window": CalendarWindow(CalendarUnit.MONTH)},
        {"method": Timeslices(Fraction(95, 100), 5)},
        {"indicator": Indicator("checkout-good")},
        {"indicator": Indicator("checkout-ok", sources='{"counter":true}')},
        {"owner": None},
        {"agreement": None},
        {"unit": "orders"},
        {"min_coverage": Fraction(1, 2)},
    ],
    ids=lambda terms: next(iter(terms)),
)
def test_other_terms_are_a_new_version(terms: dict[str, object]) -> None:
    planned = plan(wanting(**terms), STORED, at=TUESDAY)
    (objective,) = planned.objectives_to_save
    assert objective.versions == (TERMS, replace(TERMS, **terms, version=2, since=TUESDAY))  # type: ignore[arg-type]
    (change,) = planned.changes
    assert (change.verb, change.version, len(change.fields)) == (Verb.UPDATE, 2, 1)


def test_a_change_says_before_and_after() -> None:
    (change,) = plan(wanting(target=Fraction(995, 1000), owner=None), STORED, at=TUESDAY).changes
    assert change.fields == (FieldChange("target", "99.9%", "99.5%"), FieldChange("owner", "payments", ""))


@pytest.mark.parametrize(
    "documentation",
    [
        {"display_name": "Checkout"},
        {"description": "It pays"},
        {"labels": (("a", ("b",)),)},
        {"service": "shop"},
        {"supports": ("shop-availability",)},
        {"watching": Watching(warn_at=Fraction(7, 10))},
    ],
    ids=lambda words: next(iter(words)),
)
def test_other_words_are_no_new_version(documentation: dict[str, object]) -> None:
    wanted = replace(WANTED, objectives=(replace(OBJECTIVE, **documentation),))  # type: ignore[arg-type]
    planned = plan(wanted, STORED, at=TUESDAY)
    assert [objective.versions for objective in planned.objectives_to_save] == [(TERMS,)]
    assert [(change.verb, change.version) for change in planned.changes] == [(Verb.UPDATE, None)]


def test_other_warnings_are_told_in_words() -> None:
    watching = Watching(
        (BurnCondition(Severity.PAGE, Fraction(10), (60,), after=5),), warn_at=Fraction(7, 10)
    )
    wanted = replace(WANTED, objectives=(replace(OBJECTIVE, watching=watching, supports=("shop",)),))
    (change,) = plan(wanted, STORED, at=TUESDAY).changes
    assert change.fields == (
        FieldChange("urgent burn rate", "default", "> 10 over 1 h for 5 min"),
        FieldChange("burn rate that can wait", "default", "never"),
        FieldChange("forecasts warn from", "60%", "70%"),
        FieldChange("supports", "", "shop"),
    )


def test_going_back_to_old_terms_is_a_third_version() -> None:
    once = applied(plan(wanting(unit="orders"), STORED, at=MONDAY), STORED)
    (objective,) = plan(WANTED, once, at=TUESDAY).objectives_to_save
    assert [(terms.version, terms.since) for terms in objective.versions] == [
        (1, None),
        (2, MONDAY),
        (3, TUESDAY),
    ]


def test_terms_cannot_begin_before_those_in_force() -> None:
    once = applied(plan(wanting(unit="orders"), STORED, at=TUESDAY), STORED)
    with pytest.raises(Refusal, match=r"Version 2 .* holds from 2026-11-24 09:00 UTC"):
        plan(WANTED, once, at=MONDAY)


def test_what_is_not_in_the_files_is_left_alone() -> None:
    assert plan(Definitions(), STORED, at=TUESDAY).empty


def test_a_pruned_objective_retires_and_what_it_names_stays() -> None:
    planned = plan(Definitions(), STORED, at=TUESDAY, prune=True)
    assert planned.changes == (Change(Verb.RETIRE, Kind.OBJECTIVE, "checkout-availability"),)
    assert planned.objectives_to_save == (replace(OBJECTIVE, retired_at=TUESDAY),)
    assert [(kept.kind, kept.name) for kept in planned.kept] == [
        (Kind.AGREEMENT, "checkout-sla"),
        (Kind.SERVICE, "checkout"),
        (Kind.TEAM, "payments"),
        (Kind.TEAM, "retail"),
    ]
    assert plan(Definitions(), applied(planned, STORED), at=WEDNESDAY, prune=True).empty


def test_what_nothing_names_is_removed() -> None:
    more = replace(
        STORED,
        teams=(*STORED.teams, Team("fax")),
        services=(*STORED.services, Service("fax")),
        agreements=(*STORED.agreements, Agreement("fax-ola", AgreementKind.OLA, "fax", "payments")),
    )
    planned = plan(WANTED, more, at=TUESDAY, prune=True)
    assert (planned.teams_to_remove, planned.services_to_remove, planned.agreements_to_remove) == (
        ("fax",),
        ("fax",),
        ("fax-ola",),
    )
    assert applied(planned, more) == STORED


@pytest.mark.parametrize(
    ("files", "needed"),
    [
        ({"teams": WANTED.teams[1:]}, "team `payments` by objective `checkout-availability`"),
        ({"teams": WANTED.teams[:1]}, "team `retail` by agreement `checkout-sla`"),
        ({"services": ()}, "service `checkout` by objective `checkout-availability`"),
        ({"agreements": ()}, "agreement `checkout-sla` by objective `checkout-availability`"),
    ],
)
def test_what_is_still_named_is_not_pruned(files: dict[str, object], needed: str) -> None:
    with pytest.raises(Refusal, match="Add it to the files") as refusal:
        plan(replace(WANTED, **files), STORED, at=TUESDAY, prune=True)  # type: ignore[arg-type]
    assert needed in str(refusal.value)


def test_an_earlier_owner_stays_with_the_history() -> None:
    wanted = replace(wanting(owner="retail", agreement=None), teams=WANTED.teams[1:], agreements=())
    planned = plan(wanted, STORED, at=TUESDAY, prune=True)
    assert [(kept.kind, kept.name) for kept in planned.kept] == [
        (Kind.AGREEMENT, "checkout-sla"),
        (Kind.TEAM, "payments"),
    ]


def test_a_service_left_behind_goes_at_once() -> None:
    moved = replace(WANTED, services=(Service("shop"),), objectives=(replace(OBJECTIVE, service="shop"),))
    planned = plan(moved, STORED, at=TUESDAY, prune=True)
    assert planned.services_to_remove == ("checkout",)
    assert plan(moved, applied(planned, STORED), at=TUESDAY, prune=True).empty


def test_a_retired_objective_comes_back_with_its_history() -> None:
    retired = applied(plan(Definitions(), STORED, at=MONDAY, prune=True), STORED)
    planned = plan(WANTED, retired, at=TUESDAY)
    assert planned.changes == (Change(Verb.RESTORE, Kind.OBJECTIVE, "checkout-availability"),)
    assert applied(planned, retired) == STORED
    harder = plan(wanting(unit="orders"), retired, at=TUESDAY)
    assert [change.version for change in harder.changes] == [2]


OBJECTIVES = st.builds(
    Objective,
    name=st.sampled_from(["a", "b", "c"]),
    service=st.sampled_from(["s", "t"]),
    versions=st.builds(
        Terms,
        target=st.sampled_from([Fraction(9, 10), Fraction(99, 100)]),
        window=st.sampled_from([RollingWindow(days=7), CalendarWindow(CalendarUnit.MONTH)]),
        method=st.just(Occurrences()),
        indicator=st.builds(Indicator, name=st.sampled_from(["ok", "good"])),
        owner=st.sampled_from([None, "p", "q"]),
    ).map(lambda terms: (terms,)),
    display_name=st.sampled_from(["", "A"]),
    roles=st.sets(st.sampled_from([Role.RESPONSIBLE, Role.INFORMED]), max_size=2).map(
        lambda roles: tuple(Responsibility(role, "p") for role in sorted(roles))
    ),
)
EXCLUSIONS = st.builds(
    Exclusion,
    name=st.sampled_from(["d", "e"]),
    starts=st.sampled_from([(MONDAY,), (TUESDAY,), (MONDAY, TUESDAY)]),
    length=st.just(timedelta(hours=4)),
    reason=st.sampled_from(["Upgrade", "Repair"]),
    announced_at=st.just(UNANNOUNCED),
    services=st.sampled_from([("s",), ("s", "t")]),
)
CALENDARS = st.builds(Calendar, name=st.just("c"), timezone=st.sampled_from(["UTC", "Europe/Berlin"]))
FILES = st.builds(
    Definitions,
    teams=st.sampled_from([(Team("p"), Team("q")), (Team("p", calendar="c"), Team("q"))]),
    services=st.just((Service("s"), Service("t"))),
    objectives=st.lists(OBJECTIVES, max_size=3, unique_by=lambda objective: objective.name).map(tuple),
    calendars=CALENDARS.map(lambda calendar: (calendar,)),
    exclusions=st.lists(EXCLUSIONS, max_size=2, unique_by=lambda exclusion: exclusion.name).map(tuple),
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(FILES, st.booleans()), min_size=1, max_size=4))
def test_whatever_was_applied_planning_again_finds_nothing(steps: list[tuple[Definitions, bool]]) -> None:
    current = Current()
    for day, (files, prune) in enumerate(steps):
        at = MONDAY + timedelta(days=day)
        current = applied(plan(files, current, at=at, prune=prune), current)
        assert plan(files, current, at=at, prune=prune).empty
        for objective in current.objectives:
            assert [terms.version for terms in objective.versions] == list(
                range(1, len(objective.versions) + 1)
            )
