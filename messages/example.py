"""The invented organisation of the messages' examples: one set of counts, on Tuesday 24 November 2026, 09:00 Berlin."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from math import inf

from domain.agreement import Agreement, AgreementKind
from domain.counts import NOTHING, Counts
from domain.method import Method, Occurrences, Timeslices
from domain.minutes import minute_of
from domain.news import News, Told
from domain.objective import Indicator, Objective, Terms, default_min_coverage
from domain.standing import BURN_WINDOWS, Figures, Standing, State, stand
from domain.team import Team, TeamKind
from domain.window import CalendarUnit, CalendarWindow, RollingWindow, Window

NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = date(2026, 11, 24)
BERLIN = "Europe/Berlin"
DAYS_30 = RollingWindow(days=30)
NOVEMBER = CalendarWindow(CalendarUnit.MONTH, BERLIN)
WEEK = CalendarWindow(CalendarUnit.WEEK, BERLIN)
MINUTES = Timeslices(Fraction(99, 100))
EVENTS = Occurrences()

PAYMENTS = Team("payments", timezone=BERLIN, channel="#team-payments")
RETAIL = Team("retail", TeamKind.CUSTOMER, timezone=BERLIN, channel="#retail-service-levels")
AGREEMENTS: Mapping[str, Agreement] = {
    "checkout-sla": Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail"),
    "payouts-sla": Agreement("payouts-sla", AgreementKind.SLA, "payments", "marketplace"),
    "ledger-ola": Agreement("ledger-ola", AgreementKind.OLA, "payments", "data platform"),
    "wallet-ola": Agreement("wallet-ola", AgreementKind.OLA, "payments", "shop"),
}


def objective(name: str, target: str, window: Window, method: Method, **terms: str) -> Objective:
    """An objective of the payments team in the service of its first word."""
    version = Terms(
        Fraction(target) / 100,
        window,
        method,
        Indicator(name),
        owner=terms.get("owner", "payments"),
        agreement=terms.get("agreement"),
        unit=terms.get("unit"),
        min_coverage=default_min_coverage(method),
    )
    return Objective(name, name.partition("-")[0], (version,))


def events(total: int, failed: int, measured: int) -> Counts:
    """Counts of events in so many measured minutes."""
    return Counts(total - failed, total, 0, 0, measured, 0)


def slices(total: int, bad: int) -> Counts:
    """Counts of one-minute slices with 40 events each."""
    return Counts(40 * (total - bad), 40 * total, total - bad, total, total, 0)


def standing(
    of: Objective, counts: Counts, *, last: datetime | None = NINE, until: datetime | None = None
) -> Standing:
    """The standing of `of` at nine o'clock, measured since long ago and until `last`."""
    terms = of.versions[0]
    silent_for = (NINE - last).total_seconds() / 60 if last else inf
    burns = {
        window: counts._replace(measured=1) if length > silent_for else NOTHING
        for window, length in BURN_WINDOWS.items()
    }
    last_minute = minute_of(last) - 1 if last else None
    figures = Figures(counts, burns, minute_of(datetime(2026, 1, 1, tzinfo=UTC)), last_minute)
    stood = stand(of, terms, terms.window.period(at=NINE), figures, at=NINE)
    return replace(stood, until=until or stood.until)


CARD_AUTH = standing(
    objective("card-auth-availability", "99.9", NOVEMBER, MINUTES, agreement="checkout-sla"),
    slices(33_660, 56),
)
CHECKOUT = standing(
    objective("checkout-availability", "99.9", DAYS_30, EVENTS, agreement="checkout-sla", unit="requests"),
    events(25_902_000, 21_950, 43_170),
    until=datetime(2026, 12, 2, 9, 20, tzinfo=UTC),
)
PAYOUT = standing(
    objective("payout-latency", "99", NOVEMBER, EVENTS, agreement="payouts-sla", unit="payouts"),
    events(449_000, 3_996, 33_660),
)
LEDGER = standing(
    objective("ledger-export-freshness", "99", WEEK, MINUTES, agreement="ledger-ola"),
    slices(700, 0),
    last=datetime(2026, 11, 23, 10, 40, tzinfo=UTC),
)
FRAUD = standing(objective("fraud-check-latency", "99.5", DAYS_30, EVENTS), events(8_640_000, 16_400, 43_200))
WALLET = replace(
    standing(
        objective("wallet-availability", "99.5", NOVEMBER, MINUTES, agreement="wallet-ola"),
        slices(33_660, 20),
    ),
    unacknowledged=True,
)
INVOICE = standing(
    objective("invoice-availability", "99.5", NOVEMBER, MINUTES, agreement="checkout-sla"), slices(33_660, 10)
)
STANDINGS = (WALLET, PAYOUT, CARD_AUTH, LEDGER, FRAUD, CHECKOUT, INVOICE)
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)


def told(of: Standing, state: State, left: str, *, since: date = FRIDAY) -> Told:
    """How `of` stood in the digest of Monday."""
    period = of.period.start if isinstance(of.terms.window, CalendarWindow) else None
    return Told(state, Fraction(left), since, of.terms.version, period)


NEWS = News(
    MONDAY,
    {
        CARD_AUTH.name: told(CARD_AUTH, State.BREACHED, "-0.30"),
        CHECKOUT.name: told(CHECKOUT, State.MET, "0.27"),
        PAYOUT.name: told(PAYOUT, State.AT_RISK, "0.15"),
        LEDGER.name: told(LEDGER, State.MET, "1", since=MONDAY),
        FRAUD.name: told(FRAUD, State.MET, "0.62"),
        WALLET.name: told(WALLET, State.MET, "0.9"),
        INVOICE.name: told(INVOICE, State.MET, "0.95"),
    },
)
"""What Monday's digest told."""
