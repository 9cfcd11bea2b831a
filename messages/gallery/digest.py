"""Digests and what stands in their threads, from a quiet day to 2,000 objectives with hostile names."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from domain.agreement import Agreement, AgreementKind
from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.exclusion import Exclusion
from domain.in_effect import Uncounted
from domain.news import NO_NEWS, News, Told
from domain.planned import PlannedWork
from domain.questions import NO_QUESTIONS, Questions
from domain.renewal import Due, DueKind
from domain.standing import Standing, State
from domain.team import QuietHours, Team
from domain.warned_since import Cost, WarnedSince
from domain.weekly import Week
from domain.window import Period
from messages.digest import EXAMPLE, DigestFacts, digest
from messages.digest_figures import EXAMPLE as FIGURES
from messages.digest_figures import FiguresFacts, digest_figures
from messages.dispute_example import CONTESTED, PROPOSED, RAISED, RULED
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    CHECKOUT,
    EVENTS,
    FRAUD,
    INVOICE,
    LEDGER,
    NINE,
    NOVEMBER,
    PAYOUT,
    WALLET,
    events,
    objective,
    slices,
    standing,
)
from messages.gallery.shown import HOSTILE, Shown
from messages.uncounted import EXAMPLE as UNCOUNTED
from messages.waiting import DECLINED, HANDOVER, question

ALL_MET = (FRAUD, WALLET, INVOICE)
KINDS = (CARD_AUTH, CHECKOUT, PAYOUT, LEDGER, FRAUD, WALLET)


def of(
    *standings: Standing, unowned: tuple[Standing, ...] = (), missed: tuple[date, ...] = ()
) -> DigestFacts:
    """The example with other objectives."""
    return replace(
        EXAMPLE,
        standings=standings,
        unowned=unowned,
        missed=missed,
        news=NO_NEWS,
        warned=None,
        asked=NO_QUESTIONS,
    )


def renamed(stood: Standing, name: str) -> Standing:
    return replace(stood, objective=replace(stood.objective, name=name))


def many(count: int, *kinds: Standing) -> tuple[Standing, ...]:
    """So many objectives of these kinds in turn."""
    return tuple(renamed(kinds[n % len(kinds)], f"{kinds[n % len(kinds)].name}-{n}") for n in range(count))


def quiet_monday() -> DigestFacts:
    """All met, with what lies ahead and the week before."""
    start = datetime(2026, 11, 28, 21, tzinfo=UTC)
    upgrade = Exclusion("db", (start,), timedelta(hours=4), "upgrade of the database", NINE)
    work = PlannedWork(upgrade, Period(start, start + timedelta(hours=4)), (FRAUD.name, WALLET.name))
    sla = AGREEMENTS["checkout-sla"]
    due = [Due(DueKind.REVIEW, sla, date(2026, 12, 1)), Due(DueKind.END, sla, date(2026, 12, 20))]
    begun = [
        replace(one, figures=replace(one.figures, counts=counts))
        for one, counts in zip(
            ALL_MET, (events(8_640_000, 4_320, 43_200), slices(33_660, 20), slices(33_660, 60)), strict=True
        )
    ]
    week = Week(date(2026, 11, 16), begun, ALL_MET, ALL_MET)
    return replace(of(*ALL_MET), planned=[work], due=due, week=week)


def ran_out(*standings: Standing) -> DigestFacts:
    """Of agreements one ran out, one is followed by another, one begins next year; one waits for its objectives."""
    [fax] = UNCOUNTED
    sla = AGREEMENTS["checkout-sla"]
    later = replace(sla, name="wallet-sla", effective_from=date(2027, 1, 1))
    due = [
        Due(DueKind.END, fax.agreement, date(2026, 11, 23), None, 2),
        Due(DueKind.END, replace(sla, name="old-sla"), date(2026, 11, 20), sla.name, 1),
        Due(DueKind.END, sla, date(2026, 11, 30), "checkout-2027"),
    ]
    uncounted = [fax, Uncounted(later, date(2026, 11, 24), tuple(f"wallet-{n}" for n in range(7)))]
    return replace(of(*standings), due=due, uncounted=uncounted)


EVENING, BEFORE_DAWN = datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2026, 11, 24, 4, tzinfo=UTC)
SINCE = NINE - timedelta(days=1)


def warned(number: int, *objectives: str, over: datetime | None = None, **more: Any) -> BreachWarning:
    """A warning that can wait, of the evening before; its episodes differ from that by what `more` says."""
    kind = more.pop("kind", WarningKind.BURN)
    severity = more.pop("severity", Severity.TICKET)
    said = more.pop("said_at", EVENING)
    opened = more.pop("opened_at", EVENING)
    episodes = tuple(Episode(one, kind, severity, opened, opened, over, **more) for one in objectives)
    service = objectives[0].partition("-")[0]
    return BreachWarning(number, kind, "payments", "#team-payments", service, opened, episodes, said_at=said)


def after_quiet_hours() -> DigestFacts:
    """All met again: what happened in the night comes first, what was seen before after it."""
    held = warned(45, WALLET.name, said_at=None, opened_at=BEFORE_DAWN, over=BEFORE_DAWN + timedelta(hours=1))
    seen = warned(44, FRAUD.name, INVOICE.name, over=EVENING + timedelta(minutes=50), severity=Severity.PAGE)
    costs = {
        (45, WALLET.name): Cost(Fraction(2, 100), 6),
        (44, FRAUD.name): Cost(Fraction(9, 100), 41),
        (44, INVOICE.name): Cost(Fraction(111, 1000), 44),
    }
    team = replace(EXAMPLE.team, quiet_hours=QuietHours(time(22), time(8)))
    facts = replace(of(*ALL_MET), team=team, warned=WarnedSince(NINE, [seen, held], SINCE, costs))
    return replace(facts, news=News(date(2026, 11, 23)))


def unowned() -> DigestFacts:
    return of(*ALL_MET, unowned=(INVOICE, PAYOUT), missed=(date(2026, 11, 20), date(2026, 11, 23)))


def named(name: str, count: int) -> DigestFacts:
    """Everything that a digest can have, so many times, and all of it called `name`."""
    hours = QuietHours(time(18), time(9))
    team = Team(name, display_name=name, timezone="Europe/Berlin", quiet_hours=hours)
    agreement = Agreement(name, AgreementKind.SLA, name, name)
    made = [
        renamed(
            standing(objective(name, "99", NOVEMBER, EVENTS, unit=name, agreement=name), counts), f"{name}{n}"
        )
        for n in range(count)
        for counts in (events(10_000, 99, 33_000), events(10_000, 0, 33_000))
    ]
    silent = [replace(stood, figures=replace(stood.figures, burns=LEDGER.figures.burns)) for stood in made]
    exclusion = Exclusion(name, (NINE,), timedelta(hours=1), name, NINE, services=(name,))
    work = PlannedWork(exclusion, Period(NINE, NINE + timedelta(hours=1)), (name,) * count, (name,))
    return DigestFacts(
        team,
        date(2026, 11, 24),
        NINE,
        silent,
        {name: agreement},
        unowned=made,
        news=News(date(2026, 11, 23), {one.name: _told_as_met(one) for one in made}),
        planned=[work] * 50,
        due=[Due(DueKind.END, agreement, date(2026, 11, 30))] * 50,
        week=Week(date(2026, 11, 16), made, made, made),
        warned=WarnedSince(NINE, _all_kinds(name, count), SINCE),
        asked=asked_named(name, 50),
        uncounted=[Uncounted(agreement, date(2026, 11, 24), (name,) * count)] * count,
    )


def asked_named(name: str, count: int) -> Questions:
    """So many questions and hand-overs of each kind, to and of a team called `name`."""
    due = date(2026, 11, 20)
    waiting = [question(f"{name}{n}", name, due) for n in range(3)]
    waiting += [replace(DECLINED, objective=f"{name}{n}", team=name) for n in range(count)]
    given = replace(HANDOVER, giver=name, taker=name, objective=name, giver_by=None, taker_by=None)
    return Questions(waiting, [given, replace(given, taker=f"{name}2", giver_by="U0ANA")] * count)


def everything_waits() -> DigestFacts:
    """All met, and yet questions, hand-overs, and what was declined."""
    asked = [question(one.name, "payments", date(2026, 11, 30)) for one in KINDS]
    overdue = question("wallet-latency", "payments", date(2026, 11, 20))
    given = replace(HANDOVER, objective="wallet-latency", giver="shop", taker="payments", id=8)
    return replace(of(*ALL_MET), asked=Questions([*asked, overdue, DECLINED], [HANDOVER, given]))


def _all_kinds(name: str, count: int) -> list[BreachWarning]:
    """Open, over and held back, about one objective and about all."""
    ends = (None, NINE)
    some = [
        replace(
            warned(n, f"{name}{n % count}", kind=kind, over=ends[n % 2], said_at=(None, EVENING)[n % 5 > 0]),
            team=name,
        )
        for n, kind in enumerate([*WarningKind] * count)
    ]
    every = warned(99, *(f"{name}{n}" for n in range(count)), severity=Severity.PAGE)
    return [*some, replace(every, team=name, service=name)]


def _told_as_met(stood: Standing) -> Told:
    return Told(State.MET, None, None, stood.terms.version, stood.period.start)


def figures_named(name: str, count: int) -> FiguresFacts:
    """The figures of twice so many objectives called `name`."""
    made = [renamed(one, f"{name}{n}") for n in range(count) for one in (CARD_AUTH, FRAUD)]
    left = {one.name: [Fraction(-n, 7) for n in range(14)] for one in made}
    return FiguresFacts("payments team", made, FIGURES.dates, FIGURES.news, FIGURES.days, left)


DISPUTES = (PROPOSED.dispute, RAISED, CONTESTED.dispute, RULED.dispute)
"""The team's turn, the counterpart's, the arbiter's, nobody's."""


def many_disputes() -> DigestFacts:
    """Hostile names, each overdue."""
    late = [replace(one, objective=HOSTILE, due_at=one.raised_at) for one in DISPUTES]
    return replace(EXAMPLE, disputes=late * 10)


SHOWN = (
    Shown("digest_example", "a team's morning", lambda: digest(EXAMPLE)),
    Shown("digest_disputes", "with open disputes", lambda: digest(replace(EXAMPLE, disputes=DISPUTES))),
    Shown("digest_disputes_many", "with 40 of them", lambda: digest(many_disputes())),
    Shown("digest_quiet_day", "a quiet day", lambda: digest(of(*ALL_MET))),
    Shown("digest_ran_out", "an agreement that ran out", lambda: digest(ran_out(*ALL_MET))),
    Shown("digest_nothing_counts", "nothing that counts", lambda: digest(ran_out())),
    Shown("digest_quiet_monday", "a quiet Monday, with the week before", lambda: digest(quiet_monday())),
    Shown(
        "digest_held_back", "after quiet hours that held warnings back", lambda: digest(after_quiet_hours())
    ),
    Shown("digest_waiting", "much waits, for this team and for others", lambda: digest(everything_waits())),
    Shown("digest_unowned", "with unowned objectives and missed digests", lambda: digest(unowned())),
    Shown("digest_without_objectives", "empty: no objectives", lambda: digest(of())),
    Shown(
        "digest_500",
        "huge: 500 objectives",
        lambda: digest(of(*many(500, *KINDS), unowned=many(500, PAYOUT))),
    ),
    Shown("digest_longest", "huge: 1,000 with hostile names", lambda: digest(named(HOSTILE, 500))),
)
SHOWN_FIGURES = (
    Shown("digest_figures", "all numbers, in the digest's thread", lambda: digest_figures(FIGURES)[0]),
    Shown(
        "digest_figures_longest_0",
        "huge: 2,000 with hostile names, first reply",
        lambda: digest_figures(figures_named(HOSTILE, 1000))[0],
    ),
    Shown(
        "digest_figures_longest_1",
        "huge: 2,000 with hostile names, second reply",
        lambda: digest_figures(figures_named(HOSTILE, 1000))[1],
    ),
)
