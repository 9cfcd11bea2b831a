"""What `steward doctor` finds: each finding with its remedy, an ok line where there is none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.channel import Channel
from domain.checkup import (
    check_agreements,
    check_notices,
    check_objectives,
    check_processes,
    check_teams,
)
from domain.finding import Finding, Level, listed
from domain.notice import Content, Notice, NoticeState
from domain.slack_checkup import check_channels, check_clock, check_scopes, check_usergroups
from domain.standing import Standing
from domain.team import Team, TeamKind
from domain.ticking import Ticking
from domain.usergroup import Usergroup
from messages.example import CHECKOUT, DAYS_30, EVENTS, LEDGER, NINE, events, objective, standing

HOUR = timedelta(hours=1)
NEVER = replace(CHECKOUT, figures=replace(CHECKOUT.figures, first_minute=None))
UNOWNED = replace(CHECKOUT, terms=replace(CHECKOUT.terms, owner=None))
SILENT = standing(objective("old", "99", DAYS_30, EVENTS), events(9, 0, 9), last=NINE - timedelta(days=3))


def said(findings: Sequence[Finding]) -> list[str]:
    assert all(finding.remedy or finding.level is Level.OK for finding in findings)
    return [f"{finding.level}: {finding.what}" for finding in findings]


@pytest.mark.parametrize(
    ("team", "found"),
    [
        (Team("payments"), ["warning: nobody can reach payments"]),
        (Team("payments", channel="#pay"), ["ok: teams: 1"]),
        (Team("payments", members=("U0ANA",)), ["ok: teams: 1"]),
        (Team("payments", usergroup="S0CALL"), ["ok: teams: 1"]),
        (Team("payments", manager="U0PAT"), ["ok: teams: 1"]),
        pytest.param(Team("sms", TeamKind.THIRD_PARTY), ["ok: teams: 1"], id="a third party needs no Slack"),
    ],
)
def test_teams_that_nobody_can_reach(team: Team, found: list[str]) -> None:
    assert said(check_teams([team])) == found


@pytest.mark.parametrize(
    ("standings", "found"),
    [
        pytest.param([], ["warning: no objectives are defined"], id="none"),
        pytest.param([CHECKOUT, LEDGER], ["ok: objectives: 2, all owned and measured"], id="all well"),
        pytest.param([UNOWNED], ["warning: no owner: checkout-availability"], id="no owner"),
        pytest.param([NEVER], ["warning: never measured: checkout-availability"], id="never measured"),
        pytest.param([SILENT, CHECKOUT], ["warning: nothing received for 24 h: old"], id="silent"),
    ],
)
def test_objectives(standings: list[Standing], found: list[str]) -> None:
    assert said(check_objectives(standings)) == found


@pytest.mark.parametrize(
    ("until", "review", "found"),
    [
        (None, None, "ok: agreements: 1"),
        (date(2026, 11, 24), date(2026, 11, 24), "ok: agreements: 1"),
        (date(2026, 11, 23), None, "warning: agreement sla ended on 2026-11-23"),
        (None, date(2026, 11, 23), "warning: agreement sla was to be reviewed on 2026-11-23"),
        pytest.param(
            date(2026, 11, 23),
            date(2026, 10, 1),
            "warning: agreement sla ended on 2026-11-23",
            id="what ended needs no review",
        ),
    ],
)
def test_agreements(until: date | None, review: date | None, found: str) -> None:
    agreement = Agreement(
        "sla", AgreementKind.SLA, "payments", "retail", effective_until=until, review=review
    )
    assert said(check_agreements([agreement], [Team("payments")], at=NINE)) == [found]


def test_an_agreement_ends_with_the_providers_day() -> None:
    agreement = Agreement("sla", AgreementKind.SLA, "payments", "retail", effective_until=date(2026, 11, 24))
    teams = [Team("payments", timezone="Pacific/Auckland")]
    evening = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert said(check_agreements([agreement], teams, at=evening)) == [
        "warning: agreement sla ended on 2026-11-24"
    ]


def notice(state: NoticeState, age: timedelta, reason: str | None = None) -> Notice:
    return Notice("digest:x", "#pay", Content("told"), NINE - age, state=state, reason=reason)


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (notice(NoticeState.SENT, 2 * HOUR), "ok: notices: none lost lately, none late"),
        (notice(NoticeState.PENDING, HOUR), "ok: notices: none lost lately, none late"),
        (notice(NoticeState.PENDING, 2 * HOUR), "error: waiting for over an hour: digest:x"),
        (
            notice(NoticeState.SENDING, 2 * HOUR, "Slack could not be reached"),
            "error: waiting for over an hour: digest:x (Slack could not be reached)",
        ),
        (
            replace(notice(NoticeState.PENDING, 9 * HOUR), not_before=NINE - HOUR),
            "ok: notices: none lost lately, none late",
        ),
        (
            notice(NoticeState.FAILED, HOUR, "not_in_channel"),
            "error: failed: digest:x for #pay (not_in_channel)",
        ),
        (
            notice(NoticeState.AMBIGUOUS, HOUR),
            "warning: ambiguous: digest:x for #pay (no reason kept)",
        ),
        (notice(NoticeState.STALE, HOUR), "warning: stale: digest:x for #pay (no reason kept)"),
        pytest.param(
            replace(notice(NoticeState.PENDING, 9 * HOUR), not_before=NINE + HOUR, attempts=9),
            "error: waiting for over an hour: digest:x",
            id="tried again and again",
        ),
        pytest.param(
            replace(notice(NoticeState.AMBIGUOUS, HOUR / 2), not_before=NINE),
            "ok: notices: none lost lately, none late",
            id="looked for",
        ),
        pytest.param(
            replace(notice(NoticeState.AMBIGUOUS, 2 * HOUR), not_before=NINE, attempts=1),
            "error: waiting for over an hour: digest:x",
            id="looked for since long",
        ),
        pytest.param(
            replace(notice(NoticeState.PENDING, 9 * HOUR), ts="1.0", posted_version=1, version=2),
            "ok: notices: none lost lately, none late",
            id="only its new state waits",
        ),
        (notice(NoticeState.FAILED, timedelta(days=8)), "ok: notices: none lost lately, none late"),
    ],
)
def test_notices(one: Notice, found: str) -> None:
    assert said(check_notices([one], at=NINE)) == [found]


def ticking(name: str, *, minutes_ago: float, late: float = 0) -> Ticking:
    return Ticking(name, NINE - 2 * HOUR, NINE - timedelta(minutes=minutes_ago), late)


@pytest.mark.parametrize(
    ("processes", "found"),
    [
        ([], "warning: no process runs the jobs"),
        (
            [ticking("a/1", minutes_ago=0), ticking("b/2", minutes_ago=9)],
            "ok: processes that run the jobs: 1",
        ),
        ([ticking("a/1", minutes_ago=5)], "ok: processes that run the jobs: 1"),
        (
            [ticking("a/1", minutes_ago=90), ticking("b/2", minutes_ago=61)],
            "error: no process has run the jobs for 61 minutes (b/2 was the last)",
        ),
        ([ticking("a/1", minutes_ago=0, late=11)], "warning: jobs come late in a/1"),
        (
            [ticking("a/1", minutes_ago=0), ticking("b/2", minutes_ago=9, late=11)],
            "ok: processes that run the jobs: 1",
        ),
        ([ticking("a/1", minutes_ago=-60)], "ok: processes that run the jobs: 1"),
    ],
)
def test_processes(processes: list[Ticking], found: str) -> None:
    assert said([check_processes(processes, at=NINE)]) == [found]


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        (0, "ok: clock: as Slack's"),
        (-60, "ok: clock: as Slack's"),
        (61, "warning: clock: 61 s apart from Slack's"),
        (-300, "error: clock: 300 s apart from Slack's"),
        (None, "warning: clock: Slack did not say its time"),
    ],
)
def test_the_clock(seconds: int | None, found: str) -> None:
    slacks = None if seconds is None else NINE + timedelta(seconds=seconds)
    assert said([check_clock(NINE, slacks)]) == [found]


@pytest.mark.parametrize(
    ("granted", "found"),
    [
        ({"a", "b", "more"}, "ok: scopes: all of the manifest"),
        ({"b"}, "error: scopes missing: a"),
        (set(), "warning: scopes: Slack does not say which the token has"),
    ],
)
def test_scopes(granted: set[str], found: str) -> None:
    assert said([check_scopes(granted, {"a", "b"})]) == [found]


@pytest.mark.parametrize(
    ("team", "found"),
    [
        (Team("pay", channel="#team-pay"), "ok: channels: 1"),
        (Team("pay", channel="C0PAY"), "ok: channels: 1"),
        (Team("pay"), "ok: channels: 0"),
        (
            Team("pay", channel="#nowhere"),
            "error: channel #nowhere of pay: there is none, or it is private without Steward",
        ),
        (Team("pay", channel="#old"), "error: channel #old of pay: archived"),
        (Team("pay", channel="#Away"), "error: channel #Away of pay: Steward is not in it"),
        (
            Team("pay", channel="#retail"),
            "error: channel #retail of pay: shared with people outside, so nothing internal is posted",
        ),
        (Team("retail", TeamKind.CUSTOMER, channel="#retail"), "ok: channels: 1"),
    ],
)
def test_channels(team: Team, found: str) -> None:
    channels = [
        Channel("C0PAY", "team-pay"),
        Channel("C0OLD", "old", archived=True),
        Channel("C0AWAY", "away", member=False),
        Channel("C0RETAIL", "retail", shared=True),
    ]
    assert said(check_channels([team], channels)) == [found]


def test_many_names_are_counted() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(list("abcdefgh")) == "a, b, c, d, e and 3 more"


@pytest.mark.parametrize(
    ("known", "found"),
    [
        pytest.param(None, "warning: {}: not looked up yet", id="new"),
        pytest.param(Usergroup("S0PAY", ("U0ANA",), NINE), "ok: user groups: 1", id="all well"),
        pytest.param(Usergroup("S0PAY", (), NINE), "warning: {}: nobody is in it", id="empty"),
        pytest.param(
            Usergroup("S0PAY", (), NINE, "missing_scope"),
            "error: {}: Slack does not say who is in it (missing_scope)",
            id="no scope",
        ),
        pytest.param(
            Usergroup("S0PAY", ("U0ANA",), NINE, "paid_teams_only"),
            "error: {}: Slack does not say who is in it (paid_teams_only); known from before: 1",
            id="a plan without groups",
        ),
    ],
)
def test_user_groups(known: Usergroup | None, found: str) -> None:
    teams = [Team("payments", usergroup="S0PAY"), Team("shop", members=("U0BEN",))]
    named = "user group S0PAY of payments"
    assert said(check_usergroups(teams, {known.id: known} if known else {})) == [found.format(named)]
    assert check_usergroups(teams[1:], {}) == []


@pytest.mark.parametrize(
    ("trouble", "remedy"),
    [
        ("missing_scope", "steward manifest"),
        ("plan_upgrade_required", "Slack's plan has no user groups"),
        ("no_answer", "asked again each minute"),
        ("no_such_subteam", "correct `usergroup`"),
    ],
)
def test_the_remedy_fits_the_trouble(trouble: str, remedy: str) -> None:
    known = {"S0PAY": Usergroup("S0PAY", (), NINE, trouble)}
    [finding] = check_usergroups([Team("payments", usergroup="S0PAY")], known)
    assert remedy in finding.remedy
