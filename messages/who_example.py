"""The chain of the examples: what the checkout promises to retail, and what it stands on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.agreement import Agreement, AgreementKind
from domain.chain import Chains, tops
from domain.method import Occurrences
from domain.objective import Indicator, Objective, Terms
from domain.planned import Promises
from domain.responsibility import Responsibility, Role
from domain.team import Team, TeamKind
from domain.window import RollingWindow
from messages.dates import Dates
from messages.example import BERLIN, NINE, PAYMENTS, RETAIL
from messages.who import Answerable
from messages.who_chain import Chain

TEAMS = (
    replace(PAYMENTS, manager="U0PAT"),
    RETAIL,
    Team("shop", timezone=BERLIN),
    Team("data", display_name="Data platform", timezone=BERLIN),
    Team("bank", TeamKind.THIRD_PARTY, timezone=BERLIN),
)
AGREEMENTS = (
    Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail"),
    Agreement("data-ola", AgreementKind.OLA, "data", "payments"),
    Agreement("bank-uc", AgreementKind.UC, "bank", "payments"),
)
ENDED = replace(AGREEMENTS[2], effective_until=date(2026, 10, 31))
CHECKOUT = "checkout-availability"


def promise(name: str, target: str, owner: str | None, agreement: str, *supports: str) -> Objective:
    """An objective of thirty days, in the service of its first word."""
    terms = Terms(
        Fraction(target) / 100, RollingWindow(30), Occurrences(), Indicator(name), owner, agreement, version=3
    )
    return Objective(name, name.partition("-")[0], (terms,), supports=supports)


OBJECTIVES = (
    replace(
        promise(CHECKOUT, "99.9", "payments", "checkout-sla"),
        roles=(Responsibility(Role.RESPONSIBLE, "shop"), Responsibility(Role.INFORMED, "data")),
    ),
    promise("checkout-latency", "99.5", "payments", "checkout-sla"),
    promise("payments-db", "99.9", "data", "data-ola", CHECKOUT, "checkout-latency"),
    promise("bank-gateway", "99.8", "bank", "bank-uc", CHECKOUT),
    promise("bank-line", "99.95", "bank", "bank-uc", "bank-gateway"),
)


def acknowledged(name: str, team: str, by: str) -> Acknowledgement:
    """A yes on 12 January, for a year."""
    asked = datetime(2026, 1, 9, 9, tzinfo=UTC)
    return Acknowledgement(
        name,
        team,
        3,
        "",
        Because.NEW,
        asked,
        due_at=datetime(2026, 1, 16, 16, tzinfo=UTC),
        missing_from=asked,
        stage=Stage.ACKNOWLEDGED,
        answered_by=by,
        answered_at=datetime(2026, 1, 12, 10, tzinfo=UTC),
        expires_at=datetime(2027, 1, 12, 10, tzinfo=UTC),
    )


def asked_again(one: Acknowledgement) -> Acknowledgement:
    """The same question, without an answer so far."""
    return replace(
        one,
        stage=Stage.OPEN,
        answered_by=None,
        answered_at=None,
        expires_at=None,
        asked_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        missing_from=datetime(2026, 11, 23, 9, tzinfo=UTC),
        due_at=datetime(2026, 11, 30, 16, tzinfo=UTC),
    )


def declined(one: Acknowledgement) -> Acknowledgement:
    """A no to it."""
    return replace(
        asked_again(one),
        stage=Stage.DECLINED,
        answered_by="U0ANA",
        answered_at=NINE,
        ground=Ground.UNREALISTIC,
    )


ANSWERED = {
    CHECKOUT: (acknowledged(CHECKOUT, "payments", "U0ANA"),),
    "checkout-latency": (acknowledged("checkout-latency", "payments", "U0ANA"),),
    "payments-db": (acknowledged("payments-db", "data", "U0DAN"),),
}


def chain(*, thin: bool) -> Chain:
    """Of the checkout: where all is well but what it adds up to, and where little is."""
    asked, objectives, agreements = dict(ANSWERED), list(OBJECTIVES), AGREEMENTS
    if thin:
        asked["payments-db"] = (asked_again(ANSWERED["payments-db"][0]),)
        asked["checkout-latency"] = (declined(ANSWERED["checkout-latency"][0]),)
        agreements = (*AGREEMENTS[:2], ENDED)
        objectives.append(promise("checkout-errors", "99", None, "checkout-sla"))
    promises = Promises({one.name: one for one in agreements}, {one.name: one for one in TEAMS}, {})
    names = [one.name for one in objectives if one.service == "checkout"]
    links = Chains(objectives, promises, at=NINE).links(names, asked)
    return Chain("checkout service", tops(names, links), Dates(NINE, BERLIN), promises.teams)


def answerable(name: str, *, thin: bool = False) -> Answerable:
    """One of the promises on top."""
    found = chain(thin=thin)
    link = next(one for one in found.links if one.name == name)
    return Answerable(name, TEAMS[0], link.agreement, NINE, BERLIN, link, found.teams)


EXAMPLE_CHAIN = chain(thin=False)
EXAMPLE_THIN = chain(thin=True)
EXAMPLE_WHOLE = answerable(CHECKOUT)
EXAMPLE_DECLINED = answerable("checkout-latency", thin=True)
