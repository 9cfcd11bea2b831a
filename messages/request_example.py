"""Examples of requests: what the payments team of the invented organisation is asked, and what it answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.agreement import AgreementKind
from domain.guarantee import Guarantee, Supporter
from domain.planned import Promises
from domain.request import Asked, PastDays, PastMonth, Request
from domain.standing import Standing
from domain.team import Team
from domain.window import CalendarWindow, Period
from messages.example import (
    AGREEMENTS,
    BERLIN,
    CARD_AUTH,
    CHECKOUT,
    FRAUD,
    INVOICE,
    LEDGER,
    NINE,
    NOVEMBER,
    PAYMENTS,
    PAYOUT,
    RETAIL,
    WALLET,
)

ANA, BEN, EVA, PAT = "U0ANA", "U0BEN", "U0EVA", "U0PAT"
FIRST_DECEMBER = datetime(2026, 11, 30, 23, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 17, tzinfo=UTC)
LATER = NINE + timedelta(minutes=12)
TEAM = replace(PAYMENTS, members=(ANA, BEN), manager=PAT)
MANAGERS = Team("slm", display_name="Service level managers", channel="#slm", members=(EVA,), arbitrates=True)
SHOP = Team("shop", timezone=BERLIN, channel="#team-shop")
PROMISES = Promises(
    AGREEMENTS, {one.name: one for one in (TEAM, MANAGERS, SHOP, RETAIL, Team("data platform"))}, {}
)


def acknowledgement(
    objective: str, *, version: int = 1, because: Because = Because.NEW, batch: int = 1
) -> Acknowledgement:
    """Asked on Tuesday at nine, until Monday evening."""
    return Acknowledgement(
        objective, "payments", version, "", because, NINE, DUE, missing_from=NINE, id=9, batch=batch
    )


def asked(of: Standing, **known: object) -> Asked:
    """The terms of a standing's objective, asked about for the first time."""
    first = Asked(acknowledgement(of.name), of.objective, of.terms)
    return replace(first, **known)  # type: ignore[arg-type]


def requested(*several: Asked, at: datetime = NINE) -> Request:
    """One message about these."""
    return Request(1, TEAM, several, at, PROMISES, MANAGERS)


def answered(one: Asked, *, by: str = ANA, at: datetime = LATER) -> Asked:
    """Acknowledged at 09:12."""
    until = at + timedelta(days=365)
    said = replace(
        one.acknowledgement, stage=Stage.ACKNOWLEDGED, answered_by=by, answered_at=at, expires_at=until
    )
    return replace(one, acknowledgement=said)


def declined(one: Asked, *, by: str = ANA, words: str = "", at: datetime = LATER) -> Asked:
    """Declined at 09:12: the target is unrealistic."""
    return replace(
        one, acknowledgement=one.acknowledgement.decline(Ground.UNREALISTIC, by=by, at=at, words=words)
    )


def superseded(one: Asked, later: Acknowledgement | None = None, *, by: str | None = None) -> Asked:
    """Nobody has to answer any more, since a quarter past ten."""
    ended = one.acknowledgement.supersede(at=LATER + timedelta(hours=1), by=by)
    return replace(one, acknowledgement=ended, later=later)


def _wallet() -> Asked:
    """Of its second version: 99.9% from 1 December."""
    first = WALLET.terms
    second = replace(first, target=Fraction(999, 1000), version=2, since=FIRST_DECEMBER)
    objective = replace(WALLET.objective, versions=(first, second))
    under = (Supporter("payments-db", Fraction(999, 1000), AgreementKind.OLA),)
    return Asked(
        acknowledgement(WALLET.name, version=2, because=Because.TERMS),
        objective,
        second,
        before=first,
        months=(
            _month(9, "0.99963", met=True),
            _month(10, "0.9988", met=False),
            _month(11, "0.99941", met=True, running=True),
        ),
        guarantee=Guarantee(WALLET.name, second.target, under),
    )


def _month(number: int, attainment: str, *, met: bool, running: bool = False) -> PastMonth:
    window: CalendarWindow = NOVEMBER
    period = window.period(at=datetime(2026, number, 15, tzinfo=UTC))
    until = Period(period.start, NINE) if running else period
    return PastMonth(window, until, Fraction(attainment), met, running)


def _seven() -> tuple[Asked, ...]:
    """All that Steward begins with."""
    days = PastDays(71, 90)
    others = tuple(asked(one) for one in (CARD_AUTH, INVOICE, LEDGER, WALLET, FRAUD))
    usual = Fraction(PAYOUT.figures.counts.total * 24 * 60, 33_660)
    found = (asked(CHECKOUT, days=days), *others, asked(PAYOUT, events_a_day=usual))
    return tuple(sorted(found, key=lambda one: one.name))


WALLET_ASKED = _wallet()
SEVEN = _seven()
EXAMPLE = requested(WALLET_ASKED)
EXAMPLE_SEVERAL = requested(*SEVEN)
