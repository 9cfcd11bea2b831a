"""What customers and third parties read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.minutes import minute_of
from domain.news import NO_NEWS
from domain.planned import Promises
from domain.situation import Situation
from domain.spells import Spell
from domain.team import Team, TeamKind
from domain.time_limit import LimitUnit, TimeLimit
from messages.example import (
    AGREEMENTS,
    CARD_AUTH,
    CHECKOUT,
    DAYS_30,
    EVENTS,
    NINE,
    PAYMENTS,
    RETAIL,
    TODAY,
    events,
    objective,
    standing,
)
from messages.gallery.shown import HOSTILE, Shown
from messages.promised import EXAMPLE, PromisedFacts, promised


def spell(start: datetime, minutes: int) -> Spell:
    """So many minutes lost, one each minute."""
    return Spell(minute_of(start), minute_of(start) + minutes, minutes)


def exclusion(start: datetime, reason: str, *, announced: datetime = NINE) -> Exclusion:
    """Planned work of an hour."""
    return Exclusion(reason, (start,), timedelta(hours=1), reason, announced, services=("checkout",))


def full() -> PromisedFacts:
    """With what did not count, what is planned, and what comes."""
    sla = replace(
        AGREEMENTS["checkout-sla"],
        maintenance_notice=TimeLimit(5, LimitUnit.WORKING_DAYS),
        review=date(2026, 12, 1),
        contact="Eva, service levels",
        effective_until=date(2026, 12, 20),
    )
    works = [
        exclusion(datetime(2026, 12, 6, 1, tzinfo=UTC), "database upgrade"),
        exclusion(datetime(2026, 11, 26, 1, tzinfo=UTC), "certificate change"),
        exclusion(
            datetime(2026, 11, 21, 1, tzinfo=UTC), "move of a rack", announced=NINE - timedelta(days=40)
        ),
        exclusion(datetime(2026, 11, 22, 1, tzinfo=UTC), "unannounced: it counted"),
    ]
    promises = Promises({"checkout-sla": sla}, {"payments": PAYMENTS, "retail": RETAIL}, {})
    return PromisedFacts.of(RETAIL, TODAY, Situation(NINE, [CHECKOUT], promises, works), NO_NEWS)


def named(name: str, count: int) -> PromisedFacts:
    """So many breached objectives with long losses, and everything called `name`."""
    made = [
        replace(
            standing(objective(f"{name}{n}", "99", DAYS_30, EVENTS), events(100, 90, 9)),
            terms=CARD_AUTH.terms,
        )
        for n in range(count)
    ]
    return replace(
        EXAMPLE,
        team=Team(name, TeamKind.CUSTOMER, display_name=name),
        standings=made,
        agreements=[Agreement(name, AgreementKind.SLA, name, name, name)] * count,
        losses={one.name: [spell(NINE, 5)] * 100 for one in made},
    )


SHOWN = (
    Shown("promised", "a customer's week", lambda: promised(EXAMPLE)),
    Shown("promised_full", "with planned work, a review and an end", lambda: promised(full())),
    Shown(
        "promised_empty",
        "empty: nothing agreed",
        lambda: promised(replace(EXAMPLE, standings=[], agreements=[])),
    ),
    Shown("promised_longest", "huge: 200 with hostile names", lambda: promised(named(HOSTILE, 200))),
)
