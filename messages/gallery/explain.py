"""How a figure came about, from nothing measured to a trillion events a minute."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.acknowledgement import Ground, Stage
from domain.agreement import Agreement, AgreementKind
from domain.answered import Answers
from domain.calendars import Calendar
from domain.counts import NOTHING, RATIO_SCALE, Counts
from domain.exclusion import Exclusion
from domain.guarantee import Guarantee, Supporter
from domain.method import RatioTimeslices
from domain.minutes import minute_of
from domain.planned import PlannedWork
from domain.scope import Scope
from domain.spans import Spans
from domain.spells import Spell
from domain.standing import Standing, stand
from domain.team import Team
from domain.time_limit import LimitUnit, TimeLimit
from domain.window import Period
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    DAYS_30,
    EVENTS,
    LEDGER,
    NINE,
    NOVEMBER,
    PAYMENTS,
    events,
    objective,
    slices,
    standing,
)
from messages.explain import EXAMPLE, EXAMPLE_CHOICE, Choice, Explained, explain, explain_which
from messages.explain_terms import ACKNOWLEDGED
from messages.gallery.shown import HOSTILE, Shown

FIRST_OF_NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)


def unexplained(stood: Standing) -> Explained:
    """A standing about which nothing more is known."""
    return Explained(stood, [], [], None, None)


def work(
    name: str, hour: int, hours: int, *, late: bool = False, author: str | None = "U0BEN"
) -> PlannedWork:
    """So many hours on 3 November, announced the day before."""
    start = FIRST_OF_NOVEMBER + timedelta(days=2, hours=hour)
    exclusion = Exclusion(
        name, (start,), timedelta(hours=hours), f"reason of {name}", start - timedelta(days=1), author=author
    )
    names = (CARD_AUTH.name,)
    return PlannedWork(exclusion, Period(start, start + timedelta(hours=hours)), names, names if late else ())


def nothing_measured() -> Explained:
    return unexplained(standing(objective("x", "99.9", DAYS_30, EVENTS), NOTHING, last=None))


def ratios() -> Explained:
    counts = Counts(100, 101, 0, 8_640, 43_200, 8_640 * RATIO_SCALE - 1_666_666_666_667)
    spell = Spell(minute_of(NINE) - 1500, minute_of(NINE) - 30, 1_600_000_000_000)
    stood = standing(objective("x", "99", DAYS_30, RatioTimeslices(5)), counts)
    return Explained(stood, [spell], [], None, None)


def not_counted() -> Explained:
    """Planned work, some of it told too late, within service hours."""
    works = [work("a", 2, 2), work("b", 3, 2), work("c", 6, 1, late=True, author=None)]
    scope = Scope(
        Calendar("round", hours=(((0, 1440),),) * 5 + ((),) * 2),
        Spans((one.occurrence.start_minute, one.occurrence.end_minute) for one in works[:2]),
    )
    agreement = replace(
        AGREEMENTS["checkout-sla"],
        maintenance_notice=TimeLimit(5, LimitUnit.WORKING_DAYS),
        service_hours="round",
    )
    figures = replace(CARD_AUTH.figures, counts=slices(23_340, 56))
    stood = stand(CARD_AUTH.objective, CARD_AUTH.terms, CARD_AUTH.period, figures, at=NINE, scope=scope)
    return Explained(stood, [], works, PAYMENTS, agreement)


def longest() -> Explained:
    """A trillion events a minute, and everything hostile."""
    made = objective(HOSTILE, "99", NOVEMBER, EVENTS, unit=HOSTILE, agreement="checkout-sla")
    stood = standing(made, events(10**12 * 43_200, 10**12 * 43_199, 43_200))
    spell = Spell(minute_of(NINE) - 30_000, minute_of(NINE), 10**12 * 20_000)
    works = [
        replace(work("x", hour, 1, late=True), exclusion=_hostile(hour), too_late=(HOSTILE,))
        for hour in range(24)
    ]
    agreement = Agreement(
        HOSTILE,
        AgreementKind.SLA,
        HOSTILE,
        HOSTILE,
        service_hours=HOSTILE,
        maintenance_notice=TimeLimit(1, LimitUnit.DAYS),
    )
    under = tuple(Supporter(f"{n}{HOSTILE}", Fraction("0.99"), AgreementKind.UC) for n in range(40))
    guarantee = Guarantee(HOSTILE, stood.terms.target, under, under)
    return Explained(
        stood, [spell] * 9, works, Team(HOSTILE), agreement, answers=hostile_answers(), guarantee=guarantee
    )


def hostile_answers() -> Answers:
    """What was acknowledged, and declined for newer terms, by people of hostile names."""
    yes = replace(ACKNOWLEDGED, answered_by=HOSTILE, team=HOSTILE)
    return Answers(yes, replace(yes, version=900, stage=Stage.DECLINED, ground=Ground.UNREALISTIC))


def _hostile(hour: int) -> Exclusion:
    start = FIRST_OF_NOVEMBER + timedelta(days=2, hours=hour)
    return Exclusion(f"{hour}{HOSTILE}", (start,), timedelta(hours=1), HOSTILE, start, author=HOSTILE)


def choice_of_410() -> Choice:
    named = [replace(LEDGER, objective=replace(LEDGER.objective, name=f"{n}{HOSTILE}")) for n in range(400)]
    others = [replace(CARD_AUTH, objective=replace(CARD_AUTH.objective, name=f"card-{n}")) for n in range(10)]
    return Choice("all", [*named, *others])


SHOWN = (
    Shown("explain", "the whole story of a figure", lambda: explain(EXAMPLE)),
    Shown("explain_not_counted", "with what did not count", lambda: explain(not_counted())),
    Shown("explain_ratios", "ratios to their last digit", lambda: explain(ratios())),
    Shown("explain_no_data", "empty: nothing measured", lambda: explain(nothing_measured())),
    Shown("explain_longest", "huge, with hostile names", lambda: explain(longest())),
    Shown("explain_which", "which one?", lambda: explain_which(EXAMPLE_CHOICE)),
    Shown("explain_which_empty", "which one? None", lambda: explain_which(Choice("payments team", []))),
    Shown("explain_which_longest", "which one of 410?", lambda: explain_which(choice_of_410())),
)
