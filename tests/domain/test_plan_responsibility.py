"""Plans about who answers for an objective: roles through time, owners changed in Slack, who must acknowledge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from domain.acknowledging import Acknowledging
from domain.agreement import Agreement, AgreementKind
from domain.calendars import Calendar
from domain.definition import Definitions, Kind
from domain.method import Occurrences
from domain.objective import Indicator, Limit, Objective, Service, Terms
from domain.openslo_document import OpensloDocument
from domain.plan import Asks, Current, Plan, UndoesSlack, Verb
from domain.planning import plan
from domain.refusal import Refusal
from domain.responsibility import Responsibility, Role
from domain.slack_change import SlackChange
from domain.team import Team, TeamKind
from domain.time_limit import TimeLimit
from domain.window import RollingWindow
from tests.domain.applying import applied

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
OPS = Responsibility(Role.RESPONSIBLE, "ops")
LEGAL = Responsibility(Role.CONSULTED, "legal")
TERMS = Terms(
    Fraction(999, 1000),
    RollingWindow(days=30),
    Occurrences(),
    Indicator("ok"),
    owner="payments",
    agreement="sla",
)
OBJECTIVE = Objective("checkout", "web", (TERMS,), slo="checkout", roles=(OPS,))
FILES = Definitions(
    teams=(*map(Team, ("payments", "shop", "ops", "legal")), Team("retail", TeamKind.CUSTOMER)),
    services=(Service("web"),),
    agreements=(Agreement("sla", AgreementKind.SLA, "payments", "retail"),),
    objectives=(OBJECTIVE,),
    calendars=(Calendar("weekdays"),),
)
PROMETHEUS = OpensloDocument(
    "DataSource", "prom", '{"metadata":{"name":"prom"},"spec":{"type":"prometheus"}}'
)
MAIL = OpensloDocument(
    "AlertNotificationTarget", "prom", '{"metadata":{"name":"prom"},"spec":{"target":"mail"}}'
)


def stored(files: Definitions = FILES) -> Current:
    return applied(plan(files, Current(), at=MONDAY), Current())


STORED = stored()


def saying(**fields: object) -> Definitions:
    return replace(FILES, objectives=(replace(OBJECTIVE, **fields),))  # type: ignore[arg-type]


def promising(**terms: object) -> Definitions:
    return saying(versions=(replace(TERMS, **terms),))  # type: ignore[arg-type]


def handed_over() -> Current:
    """On Tuesday the objective went to the shop team, in Slack."""
    newer = replace(TERMS, owner="shop", version=2, since=TUESDAY)
    mark = SlackChange("owner", "U0A1", TUESDAY)
    return replace(STORED, objectives=(replace(OBJECTIVE, versions=(TERMS, newer), slack_changes=(mark,)),))


def test_roles_of_the_first_files_hold_from_the_beginning() -> None:
    assert STORED.objectives[0].roles == (OPS,)
    assert plan(FILES, STORED, at=TUESDAY) == Plan()


def test_roles_that_leave_the_files_end_and_stay_in_history() -> None:
    wanted = saying(roles=(LEGAL,))
    planned = plan(wanted, STORED, at=TUESDAY)
    (objective,) = planned.objectives_to_save
    assert objective.roles == (replace(OPS, until=TUESDAY), replace(LEGAL, since=TUESDAY))
    assert objective.versions == (TERMS,)
    (change,) = planned.changes
    assert [(field.field, field.before, field.after) for field in change.fields] == [
        ("responsible", "ops", ""),
        ("consulted", "", "legal"),
    ]
    after = applied(planned, STORED)
    assert plan(wanted, after, at=WEDNESDAY) == Plan()
    (back,) = plan(FILES, after, at=WEDNESDAY).objectives_to_save
    assert back.roles[-1] == replace(OPS, since=WEDNESDAY)
    assert back.roles[0] == replace(OPS, until=TUESDAY)


def test_a_team_that_had_a_role_is_not_pruned() -> None:
    without = replace(saying(roles=()), teams=tuple(each for each in FILES.teams if each.name != "ops"))
    planned = plan(without, STORED, at=TUESDAY, prune=True)
    assert [(each.kind, each.name) for each in planned.kept] == [(Kind.TEAM, "ops")]
    with pytest.raises(Refusal, match="team `ops` by objective `checkout`"):
        plan(replace(without, objectives=(OBJECTIVE,)), STORED, at=TUESDAY, prune=True)


@pytest.mark.parametrize(
    "fields", [{"acknowledging": Acknowledging(TimeLimit(3))}, {"roles": (OPS, LEGAL)}], ids=str
)
def test_how_somebody_is_asked_is_no_new_version(fields: dict[str, object]) -> None:
    planned = plan(saying(**fields), STORED, at=TUESDAY)
    assert [(change.verb, change.version) for change in planned.changes] == [(Verb.UPDATE, None)]
    assert planned.asks == ()


def test_an_owner_changed_in_slack_is_not_undone_unasked() -> None:
    planned = plan(promising(target=Fraction(9, 10)), handed_over(), at=WEDNESDAY)
    with pytest.raises(UndoesSlack, match=r"owner of objective `checkout` \(U0A1, 2026-11-24 09:00 UTC\)"):
        planned.refuse_undoing()


def test_with_overwrite_files_win_and_the_mark_goes() -> None:
    planned = plan(FILES, handed_over(), at=WEDNESDAY, overwrite=True)
    planned.refuse_undoing()
    (objective,) = planned.objectives_to_save
    assert [terms.owner for terms in objective.versions] == ["payments", "shop", "payments"]
    assert objective.slack_changes == ()
    assert len(planned.changes[0].undoes) == 1
    assert plan(FILES, applied(planned, handed_over()), at=WEDNESDAY) == Plan()


def test_files_that_agree_drop_the_mark_in_silence() -> None:
    planned = plan(promising(owner="shop"), handed_over(), at=WEDNESDAY)
    assert planned.empty
    (objective,) = planned.objectives_to_save
    assert objective == replace(handed_over().objectives[0], slack_changes=())
    assert plan(promising(owner="shop"), applied(planned, handed_over()), at=WEDNESDAY) == Plan()


def test_files_that_agree_may_change_other_things() -> None:
    planned = plan(promising(owner="shop", unit="orders"), handed_over(), at=WEDNESDAY)
    planned.refuse_undoing()
    assert [change.undoes for change in planned.changes] == [()]
    assert planned.objectives_to_save[0].slack_changes == ()


def test_kept_documents_come_change_and_go() -> None:
    files = replace(FILES, documents=(PROMETHEUS, MAIL))
    planned = plan(files, STORED, at=TUESDAY)
    assert [(change.verb, change.kind, change.name) for change in planned.changes] == [
        (Verb.CREATE, Kind.DATA_SOURCE, "prom"),
        (Verb.CREATE, Kind.NOTIFICATION_TARGET, "prom"),
    ]
    after = applied(planned, STORED)
    assert plan(files, after, at=TUESDAY, prune=True) == Plan()
    assert plan(FILES, after, at=TUESDAY).empty
    other = replace(MAIL, body=MAIL.body.replace("mail", "pager"))
    assert plan(replace(files, documents=(PROMETHEUS, other)), after, at=TUESDAY).documents_to_save == (
        other,
    )
    removed = plan(FILES, after, at=TUESDAY, prune=True)
    assert set(removed.documents_to_remove) == {("DataSource", "prom"), ("AlertNotificationTarget", "prom")}
    assert applied(removed, after) == STORED


def test_a_data_source_that_is_named_is_not_pruned() -> None:
    named = Indicator("ok", sources='{"good":{"metricSourceRef":"prom"},"counter":true}')
    after = stored(replace(promising(indicator=named), documents=(PROMETHEUS,)))
    with pytest.raises(Refusal, match="data source `prom` by objective `checkout`"):
        plan(promising(indicator=named), after, at=TUESDAY, prune=True)


def test_a_new_objective_asks_its_owner() -> None:
    assert plan(FILES, Current(), at=MONDAY).asks == (Asks("payments", ("checkout",)),)


@pytest.mark.parametrize(
    ("terms", "asks"),
    [
        pytest.param(
            {"target": Fraction(99, 100)}, (Asks("payments", ("checkout",), again=True),), id="target"
        ),
        pytest.param(
            {"limit": Limit("lte", Fraction(1))}, (Asks("payments", ("checkout",), again=True),), id="limit"
        ),
        pytest.param({"agreement": None}, (Asks("payments", ("checkout",), again=True),), id="agreement"),
        pytest.param(
            {"owner": "shop"}, (Asks("shop", ("checkout",)),), id="another owner, to whom it is new"
        ),
        pytest.param({"owner": None}, (), id="nobody is left to ask"),
        pytest.param({"owner": "retail"}, (), id="only teams of ours are asked"),
        pytest.param({"unit": "orders"}, (), id="the unit is no promise"),
        pytest.param({"min_coverage": Fraction(1, 2)}, (), id="nor is how much must be measured"),
    ],
)
def test_who_must_acknowledge_again(terms: dict[str, object], asks: tuple[Asks, ...]) -> None:
    assert plan(promising(**terms), STORED, at=TUESDAY).asks == asks


@pytest.mark.parametrize(
    ("agreement", "asked"),
    [
        pytest.param({"service_hours": "weekdays"}, True, id="other service hours"),
        pytest.param({"review": date(2026, 12, 1)}, False, id="a review changes no promise"),
        pytest.param({"effective_until": date(2026, 1, 1)}, False, id="what has ended asks nobody"),
    ],
)
def test_an_agreement_asks_the_owners_of_its_objectives(agreement: dict[str, object], asked: bool) -> None:
    changed = replace(FILES.agreements[0], **agreement)  # type: ignore[arg-type]
    planned = plan(replace(FILES, agreements=(changed,)), STORED, at=TUESDAY)
    assert planned.asks == ((Asks("payments", ("checkout",), again=True),) if asked else ())


def test_other_hours_of_a_calendar_ask_as_well() -> None:
    hourly = replace(FILES, agreements=(replace(FILES.agreements[0], service_hours="weekdays"),))
    longer = replace(hourly, calendars=(Calendar("weekdays", hours=(((480, 1080),),) * 7),))
    assert plan(longer, stored(hourly), at=TUESDAY).asks == (Asks("payments", ("checkout",), again=True),)


def test_one_that_comes_back_asks_as_if_new() -> None:
    retired = applied(plan(replace(FILES, objectives=()), STORED, at=TUESDAY, prune=True), STORED)
    assert plan(FILES, retired, at=WEDNESDAY).asks == (Asks("payments", ("checkout",)),)
