"""What applying does to planned work and calendars: announcements, and what counts anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.definition import UNANNOUNCED, Definitions, Kind
from domain.exclusion import Exclusion
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Service, Terms
from domain.plan import Change, Current, Effect, Plan, Verb
from domain.planning import plan
from domain.refusal import Refusal
from domain.team import Team, TeamKind
from domain.time_limit import TimeLimit
from domain.window import RollingWindow
from tests.domain.applying import applied

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
SATURDAY = MONDAY + timedelta(days=5)
UPGRADE = Exclusion(
    "db-upgrade", (SATURDAY,), timedelta(hours=4), "Upgrade", UNANNOUNCED, ("checkout-availability",)
)
WANTED = Definitions(
    teams=(Team("payments", calendar="weekdays"), Team("retail", TeamKind.CUSTOMER)),
    services=(Service("checkout"),),
    agreements=(Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail", service_hours="office"),),
    calendars=(Calendar("office"), Calendar("weekdays")),
    exclusions=(UPGRADE,),
)
STORED = applied(plan(WANTED, Current(), at=MONDAY), Current())


def wanting(**fields: object) -> Definitions:
    return replace(WANTED, exclusions=(replace(UPGRADE, **fields),))  # type: ignore[arg-type]


def only(planned: Plan) -> Change:
    (change,) = planned.changes
    return change


def test_calendars_come_first_and_exclusions_last() -> None:
    changes = plan(WANTED, Current(), at=MONDAY).changes
    assert [change.kind for change in changes] == [
        Kind.CALENDAR,
        Kind.CALENDAR,
        Kind.TEAM,
        Kind.TEAM,
        Kind.SERVICE,
        Kind.AGREEMENT,
        Kind.EXCLUSION,
    ]
    assert plan(WANTED, STORED, at=TUESDAY, prune=True) == Plan()


def test_something_new_is_announced_when_it_is_applied() -> None:
    (saved,) = plan(WANTED, Current(), at=MONDAY).exclusions_to_save
    assert saved == replace(UPGRADE, announced_at=MONDAY)


@pytest.mark.parametrize(
    ("fields", "announced_at"),
    [
        ({"reason": "Repair"}, MONDAY),
        ({"timezone": "Europe/Berlin"}, MONDAY),
        ({"recurs": "FREQ=DAILY;COUNT=1"}, MONDAY),
        ({"starts": (SATURDAY, SATURDAY + timedelta(days=7))}, TUESDAY),
        ({"length": timedelta(hours=5)}, TUESDAY),
        ({"objectives": ("checkout-latency",)}, TUESDAY),
        ({"services": ("checkout",)}, TUESDAY),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_other_minutes_or_objectives_are_announced_anew(
    fields: dict[str, object], announced_at: datetime
) -> None:
    planned = plan(wanting(**fields), STORED, at=TUESDAY)
    (saved,) = planned.exclusions_to_save
    assert saved.announced_at == announced_at
    anew = announced_at == TUESDAY
    assert only(planned).effects == ((Effect.ANNOUNCED_ANEW,) if anew else ())
    assert plan(wanting(**fields), applied(planned, STORED), at=SATURDAY).empty


def test_what_changes_the_past_says_so() -> None:
    new = plan(WANTED, Current(), at=SATURDAY + timedelta(days=1)).changes[-1]
    assert new.effects == (Effect.COUNTED_ANEW,)
    moved = plan(wanting(starts=(TUESDAY,)), STORED, at=SATURDAY)
    assert only(moved).effects == (Effect.ANNOUNCED_ANEW, Effect.COUNTED_ANEW)


def test_one_that_was_withdrawn_in_slack_stays_so_unless_files_shall_win() -> None:
    withdrawn = replace(STORED, exclusions=(replace(STORED.exclusions[0], withdrawn_at=TUESDAY),))
    assert plan(WANTED, withdrawn, at=SATURDAY).empty
    changed = plan(wanting(reason="Repair"), withdrawn, at=SATURDAY)
    assert only(changed).effects == (Effect.STAYS_WITHDRAWN,)
    (saved,) = plan(WANTED, withdrawn, at=SATURDAY, overwrite=True).exclusions_to_save
    assert (saved.withdrawn_at, saved.announced_at) == (None, SATURDAY)


def test_a_pruned_exclusion_counts_again() -> None:
    planned = plan(replace(WANTED, exclusions=()), STORED, at=TUESDAY, prune=True)
    assert planned.changes == (
        Change(Verb.REMOVE, Kind.EXCLUSION, "db-upgrade", effects=(Effect.COUNTS_AGAIN,)),
    )
    assert planned.exclusions_to_remove == ("db-upgrade",)
    assert plan(replace(WANTED, exclusions=()), STORED, at=TUESDAY).empty


def test_what_was_made_in_slack_is_never_pruned_nor_what_it_names() -> None:
    ours = replace(UPGRADE, announced_at=MONDAY, author="U0A1", objectives=(), services=("fax",))
    stored = replace(STORED, exclusions=(ours,), services=(*STORED.services, Service("fax")))
    planned = plan(replace(WANTED, exclusions=()), stored, at=TUESDAY, prune=True)
    assert planned.changes == ()
    assert [(kept.name, kept.because) for kept in planned.kept] == [("fax", "exclusion `db-upgrade`")]


def test_other_service_hours_count_anew() -> None:
    holiday = frozenset([date(2026, 12, 24)])
    for name, effects in (("office", (Effect.COUNTED_ANEW,)), ("weekdays", ())):
        calendars = tuple(
            replace(each, holidays=holiday) if each.name == name else each for each in WANTED.calendars
        )
        assert only(plan(replace(WANTED, calendars=calendars), STORED, at=TUESDAY)).effects == effects


@pytest.mark.parametrize(
    ("fields", "effects"),
    [
        ({"service_hours": None}, (Effect.COUNTED_ANEW,)),
        ({"maintenance_notice": TimeLimit(5)}, (Effect.COUNTED_ANEW,)),
        ({"contact": "U0C3"}, ()),
    ],
)
def test_another_agreement_may_count_anew(fields: dict[str, object], effects: tuple[Effect, ...]) -> None:
    agreements = (replace(WANTED.agreements[0], **fields),)  # type: ignore[arg-type]
    assert only(plan(replace(WANTED, agreements=agreements), STORED, at=TUESDAY)).effects == effects


@pytest.mark.parametrize(
    ("calendar", "user"),
    [("office", "agreement `checkout-sla`"), ("weekdays", "team `payments`")],
)
def test_a_calendar_in_use_is_not_pruned(calendar: str, user: str) -> None:
    files = replace(WANTED, calendars=tuple(each for each in WANTED.calendars if each.name != calendar))
    with pytest.raises(Refusal, match=f"calendar `{calendar}` by {user}"):
        plan(files, STORED, at=TUESDAY, prune=True)


def test_a_calendar_that_nothing_names_goes() -> None:
    planned = plan(Definitions(), STORED, at=TUESDAY, prune=True)
    assert planned.calendars_to_remove == ("office", "weekdays")
    assert applied(planned, STORED) == Current()


def test_history_keeps_the_calendars_of_its_teams_and_agreements() -> None:
    terms = Terms(Fraction(9, 10), RollingWindow(7), Occurrences(), Indicator("ok"), agreement="checkout-sla")
    stored = replace(STORED, objectives=(Objective("checkout-availability", "checkout", (terms,)),))
    planned = plan(Definitions(), stored, at=TUESDAY, prune=True)
    assert {(kept.name, kept.because) for kept in planned.kept if kept.kind is Kind.CALENDAR} == {
        ("office", "agreement `checkout-sla`"),
        ("weekdays", "team `payments`"),
    }
    assert planned.calendars_to_remove == ()


def test_another_edition_of_a_countrys_holidays_shows() -> None:
    days = frozenset(date(2026, 1, 1) + timedelta(days=30 * each) for each in range(12))
    later = (days - {date(2026, 1, 1)}) | {date(2027, 3, 8)}
    files, stored = (
        replace(WANTED, calendars=(replace(WANTED.calendars[0], holidays=holidays), WANTED.calendars[1]))
        for holidays in (later, days)
    )
    stored_there = applied(plan(stored, Current(), at=MONDAY), Current())
    (field,) = only(plan(files, stored_there, at=TUESDAY)).fields
    assert (field.before, field.after) == (
        "12 from 2026-01-01 to 2026-11-27",
        "12: + 2027-03-08, − 2026-01-01",
    )
