"""Roll-ups, for everything or for what was chosen, from nothing to 2,000 objectives with hostile names."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import WarningKind
from domain.exclusion import Exclusion
from domain.news import NO_NEWS
from domain.notice import Content, Notice, NoticeState
from domain.planned import PlannedWork, Promises
from domain.questions import NO_QUESTIONS, Questions
from domain.renewal import Due, DueKind
from domain.standing import Standing
from domain.team import Team
from domain.warned_since import WarnedSince
from domain.weekly import Week
from domain.window import Period
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    CHECKOUT,
    EVENTS,
    FRAUD,
    INVOICE,
    LEDGER,
    MONDAY,
    NINE,
    NOVEMBER,
    PAYMENTS,
    PAYOUT,
    STANDINGS,
    WALLET,
    events,
    objective,
    standing,
)
from messages.gallery.digest import asked_named
from messages.gallery.digest import warned as warning
from messages.gallery.shown import HOSTILE, Shown
from messages.month_score import EXAMPLE as SCORE
from messages.rollup import EXAMPLE, RollUpFacts, rollup
from messages.waiting import DECLINED, HANDOVER, question
from messages.waiting import EXAMPLE as ASKED
from messages.warned_lines import EXAMPLE as WARNED

LOST = Notice(
    "digest:logistics:2026-11-24",
    "#team-logistics",
    Content("logistics team: all 3 met, nothing waits."),
    NINE,
    "logistics",
    NoticeState.FAILED,
    reason="not_in_channel: not in channel",
)
CHOSEN = ("team:payments", "service:checkout", "service:card", "team:shop", "team:data")


def owned(stood: Standing, owner: str | None, name: str = "") -> Standing:
    """The same objective with another owner, or none."""
    named = replace(stood.objective, name=name or stood.name)
    return replace(stood, objective=named, terms=replace(stood.terms, owner=owner))


def of(*standings: Standing, **changes: object) -> RollUpFacts:
    """The example with other objectives."""
    alone = replace(
        EXAMPLE, standings=standings, news=NO_NEWS, warned=None, asked=NO_QUESTIONS, decides=False
    )
    return replace(alone, **changes)  # type: ignore[arg-type]


def all_teams() -> RollUpFacts:
    uc = {"sms-uc": Agreement("sms-uc", AgreementKind.UC, "sms-provider", "identity")}
    teams = {
        name: Team(name, display_name=shown, manager="U0LENA")
        for name, shown in (("data", "Data platform"), ("shop", "Shop"))
    }
    otp = replace(
        owned(WALLET, "identity", "otp"), terms=replace(WALLET.terms, owner="identity", agreement="sms-uc")
    )
    standings = (
        *STANDINGS,
        owned(PAYOUT, "data", "payments-db"),
        owned(FRAUD, "shop", "basket"),
        owned(FRAUD, "shop", "orders"),
        otp,
        owned(FRAUD, None, "search-latency"),
    )
    promises = Promises({**AGREEMENTS, **uc}, {"payments": PAYMENTS, **teams}, {})
    due = [Due(DueKind.REVIEW, AGREEMENTS["checkout-sla"], date(2026, 12, 1))]
    warned = [*WARNED.warnings, replace(warning(46, "payments-db", severity=Severity.PAGE), team="data")]
    lately = replace(WARNED, warnings=warned)
    return replace(
        EXAMPLE,
        standings=standings,
        promises=promises,
        lost=[LOST],
        due=due,
        warned=lately,
        score=SCORE,
        asked=decisions(),
    )


def decisions() -> Questions:
    """One that its team declined, one that nobody answered in time, one that has time, and a hand-over."""
    declined = replace(DECLINED, objective="otp", team="identity")
    asked_at = datetime(2026, 11, 13, 8, tzinfo=UTC)
    overdue = question("basket", "shop", date(2026, 11, 20), asked_at=asked_at, reminded=3)
    several = [
        question(name, "data", date(2026, 12, 1), id=n, batch=1)
        for n, name in enumerate(["payments-db", "reports"])
    ]
    return Questions([*ASKED.waiting, declined, overdue, *several], [HANDOVER])


def named(name: str, count: int) -> RollUpFacts:
    """Everything that a roll-up can have, so many times, and all of it called `name`."""
    sla = Agreement(name, AgreementKind.SLA, name, name)
    made = _mixed(name, count)
    silent = [
        standing(objective(f"{name}s{n}", "99", NOVEMBER, EVENTS), events(9, 0, 9), last=None)
        for n in range(count)
    ]
    work = PlannedWork(
        Exclusion(name, (NINE,), NINE - NINE.replace(hour=7), name, NINE),
        Period(NINE, NINE.replace(hour=9)),
        (name,) * count,
    )
    return replace(
        of(*made, *silent),
        promises=Promises({name: sla}, {}, {}),
        names=(name,) * count,
        planned=[work] * count,
        due=[Due(DueKind.END, sla, date(2026, 11, 30))] * count,
        lost=[replace(LOST, channel=name, team=name, content=Content(name))] * count,
        missed=[MONDAY] * count,
        week=Week(MONDAY, made, made, made),
        warned=WarnedSince(NINE, [_urgent(name, n) for n in range(count)]),
        asked=asked_named(name, count),
    )


def _urgent(name: str, number: int) -> BreachWarning:
    """About one objective, or two; every third is a forecast, which is not urgent."""
    names = (f"{name}{number}", f"{name}{number + 1}")[: 1 + number % 2]
    kind = WarningKind.BURN if number % 3 else WarningKind.FORECAST
    severity = Severity.PAGE if number % 3 else Severity.TICKET
    made = warning(number, *names, kind=kind, severity=severity, probability=0.5)
    return replace(made, team=name, service=name)


def _mixed(name: str, count: int) -> list[Standing]:
    kinds = (CARD_AUTH, CHECKOUT, LEDGER, FRAUD)
    return [
        replace(
            owned(kinds[n % 4], f"{name}{n % 200}" if n % 5 else None, f"{name}{n}"),
            terms=replace(kinds[n % 4].terms, agreement=name, owner=f"{name}{n % 200}" if n % 5 else None),
        )
        for n in range(count)
    ]


SHOWN = (
    Shown("rollup", "all teams at a glance", lambda: rollup(all_teams())),
    Shown("rollup_quiet_day", "a quiet day", lambda: rollup(of(FRAUD, INVOICE, WALLET))),
    Shown(
        "rollup_chosen",
        "what somebody chose, without a thread",
        lambda: rollup(of(CHECKOUT, names=CHOSEN, threaded=False)),
    ),
    Shown("rollup_empty", "empty: nothing chosen is there", lambda: rollup(of(names=("team:gone",)))),
    Shown("rollup_longest", "huge: 2,000 with hostile names", lambda: rollup(named(HOSTILE, 1000))),
)
