"""Requests to acknowledge: what one message goes through, what stands in its thread, who else is asked."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from domain.acknowledgement import Because
from domain.acknowledgement_steps import STEPS, Step
from domain.agreement import Agreement, AgreementKind
from domain.guarantee import Guarantee, Supporter
from domain.method import Occurrences, Timeslices
from domain.objective import Indicator, Limit, Objective
from domain.planned import Promises
from domain.request import Asked, PastDays, Request
from domain.team import Team
from domain.window import RollingWindow
from messages.example import CHECKOUT, FRAUD, NINE, PAYOUT
from messages.gallery.shown import HOSTILE, Shown
from messages.message import Message
from messages.request import request_message
from messages.request_declined import declined_message
from messages.request_example import (
    ANA,
    BEN,
    EVA,
    EXAMPLE,
    EXAMPLE_SEVERAL,
    LATER,
    SEVEN,
    WALLET_ASKED,
    acknowledgement,
    answered,
    asked,
    declined,
    requested,
    superseded,
)
from messages.request_question import Question, question_line, question_to_arbiters
from messages.request_reminder import reminder_message
from messages.request_several import several_message

DECLINED = declined(WALLET_ASKED, words="We have one node.")
QUESTION = Question(ANA, "Does it count when the bank's own gateway is down?")
A_YEAR = timedelta(days=365)


def because(reason: Because, **row: object) -> Request:
    """The wallet, asked for another reason; what was before was acknowledged a year ago, or declined."""
    held = answered(WALLET_ASKED, at=NINE - A_YEAR + timedelta(days=10)).acknowledgement
    earlier = {
        Because.EXPIRY: held,
        Because.CONFIRMED: DECLINED.acknowledgement,
        Because.WITHDRAWN: held.withdraw(by=BEN, at=LATER),
    }
    said = replace(WALLET_ASKED.acknowledgement, because=reason, **row)  # type: ignore[arg-type]
    return requested(replace(WALLET_ASKED, acknowledgement=said, before=None, earlier=earlier.get(reason)))


def everything_new() -> Request:
    """Other terms in every respect, in other service hours; what stands under it falls short."""
    before = replace(
        WALLET_ASKED.terms,
        method=Occurrences(),
        window=RollingWindow(days=30),
        owner="shop",
        agreement=None,
        limit=Limit("lte", Fraction(300)),
        indicator=Indicator("wallet-old"),
    )
    terms = replace(
        WALLET_ASKED.terms, method=Timeslices(Fraction(19, 20), 5), limit=Limit("lt", Fraction(200))
    )
    under = (
        Supporter("payments-db", Fraction(999, 1000), AgreementKind.OLA),
        Supporter("bank-gateway", Fraction(998, 1000), AgreementKind.UC),
    )
    said = replace(WALLET_ASKED.acknowledgement, hours="mon–fri 08:00–18:00 Europe/Berlin")
    one = replace(
        WALLET_ASKED,
        acknowledgement=said,
        terms=terms,
        before=before,
        earlier=acknowledgement(WALLET_ASKED.name),
        guarantee=Guarantee(WALLET_ASKED.name, terms.target, under),
    )
    return requested(one)


def decided(*, to: str | None = None) -> Request:
    """Confirmed by the service level managers, or given to another team."""
    name = DECLINED.name
    if to is None:
        words = "The second node comes in January."
        later = replace(acknowledgement(name, version=2, because=Because.CONFIRMED), words=words)
        return requested(superseded(DECLINED, later, by=EVA))
    terms = replace(WALLET_ASKED.terms, version=3, owner=to, since=LATER)
    objective = replace(WALLET_ASKED.objective, versions=(*WALLET_ASKED.objective.versions, terms))
    return requested(superseded(replace(DECLINED, objective=objective), by=EVA))


def after_all() -> Request:
    """Who declined acknowledged later."""
    return requested(answered(DECLINED, at=LATER + timedelta(hours=2)))


def replaced() -> Request:
    """Newer terms came before anybody answered."""
    return requested(superseded(WALLET_ASKED, acknowledgement(WALLET_ASKED.name, version=3)))


def partly() -> Request:
    """Some acknowledged, one declined, one withdrawn, one no longer asked, two open."""
    withdrawn = because(Because.WITHDRAWN).asked[0]
    first, second, third, fourth, fifth, sixth, _ = SEVEN
    return requested(
        answered(first),
        answered(second),
        answered(third, by=BEN),
        declined(fourth),
        superseded(fifth),
        sixth,
        withdrawn,
    )


def all_answered() -> Request:
    """Nothing is open any more."""
    return requested(*(answered(one, by=ANA if n % 3 else BEN) for n, one in enumerate(SEVEN)))


def at_step(request: Request, step: Step) -> Message:
    """What is said then."""
    reminded = STEPS.index(step) + 1
    late = [
        replace(one, acknowledgement=replace(one.acknowledgement, reminded=reminded)) for one in request.asked
    ]
    return reminder_message(replace(request, asked=late), step)


def hostile(number: int = 0) -> Asked:
    """Everything about it is called as nothing should be."""
    name = f"{HOSTILE}{number}"
    terms = replace(
        CHECKOUT.terms, indicator=Indicator(HOSTILE), owner=HOSTILE, agreement=HOSTILE, unit=HOSTILE
    )
    before = replace(terms, indicator=Indicator("a"), target=Fraction(1, 2), agreement=None, owner="b")
    under = tuple(Supporter(f"{n}{HOSTILE}", Fraction(99, 100), AgreementKind.UC) for n in range(30))
    row = replace(acknowledgement(name), hours=HOSTILE, words=HOSTILE)
    return Asked(
        row,
        Objective(name, HOSTILE, (terms,)),
        terms,
        before=before,
        earlier=declined(asked(CHECKOUT)).acknowledgement,
        days=PastDays(1, 2),
        events_a_day=Fraction(10**12),
        guarantee=Guarantee(name, terms.target, under, under),
    )


def of_hostile(*several: Asked) -> Request:
    """Asked of a team that should not be called so either."""
    team = Team(HOSTILE, display_name=HOSTILE, members=(ANA,) * 50, manager=EVA)
    agreement = Agreement(HOSTILE, AgreementKind.SLA, HOSTILE, HOSTILE)
    promises = Promises({HOSTILE: agreement}, {HOSTILE: team}, {})
    return Request(1, team, several, NINE, promises, team)


def many() -> Request:
    """Two hundred, of which some are answered in every way."""
    found = [hostile(n) for n in range(200)]
    said = [
        answered(one, by=f"U0{n % 20:03}") if n % 4 == 0 else declined(one) if n % 4 == 1 else superseded(one)
        for n, one in enumerate(found[:160])
    ]
    return of_hostile(*said, *found[160:])


SHOWN = (
    Shown("request", "new terms", lambda: request_message(EXAMPLE)),
    Shown(
        "request_new",
        "a new objective",
        lambda: request_message(requested(asked(FRAUD, days=PastDays(29, 34)))),
    ),
    Shown(
        "request_payouts",
        "events with a unit, no history",
        lambda: request_message(requested(asked(PAYOUT, events_a_day=Fraction(19_208)))),
    ),
    Shown(
        "request_all_new", "everything is new; it cannot add up", lambda: request_message(everything_new())
    ),
    Shown("request_expiry", "it expires", lambda: request_message(because(Because.EXPIRY))),
    Shown(
        "request_assigned",
        "assigned",
        lambda: request_message(because(Because.ASSIGNED, words="You run it.")),
    ),
    Shown(
        "request_confirmed",
        "confirmed after it was declined",
        lambda: request_message(because(Because.CONFIRMED, words="The second node comes in January.")),
    ),
    Shown(
        "request_withdrawn", "withdrawn, so open again", lambda: request_message(because(Because.WITHDRAWN))
    ),
    Shown("request_late", "the manager was asked", lambda: request_message(because(Because.NEW, reminded=3))),
    Shown("request_acknowledged", "acknowledged", lambda: request_message(requested(answered(WALLET_ASKED)))),
    Shown("request_declined", "declined", lambda: request_message(requested(DECLINED))),
    Shown("request_decided", "declined, and confirmed", lambda: request_message(decided())),
    Shown("request_replaced", "newer terms are asked about", lambda: request_message(replaced())),
    Shown(
        "request_retired",
        "not promised any more",
        lambda: request_message(requested(superseded(WALLET_ASKED))),
    ),
    Shown("request_several", "several at once", lambda: several_message(EXAMPLE_SEVERAL)),
    Shown("request_several_partly", "some are answered", lambda: request_message(partly())),
    Shown("request_several_done", "all are acknowledged", lambda: request_message(all_answered())),
    Shown("request_empty", "empty: of objectives that are gone", lambda: request_message(requested())),
    Shown("request_longest", "huge, with hostile names", lambda: request_message(of_hostile(hostile()))),
    Shown("request_several_longest", "huge: 200, hostile names", lambda: request_message(many())),
)

SHOWN_LINES = (
    Shown("request_half", "at half time", lambda: at_step(EXAMPLE, Step.HALF)),
    Shown("request_end", "at the end", lambda: at_step(EXAMPLE_SEVERAL, Step.END)),
    Shown("request_manager", "to the manager", lambda: at_step(EXAMPLE, Step.MANAGER)),
    Shown(
        "request_manager_several",
        "to the manager, of several",
        lambda: at_step(EXAMPLE_SEVERAL, Step.MANAGER),
    ),
    Shown("request_arbiters", "to the service level managers", lambda: at_step(EXAMPLE, Step.ARBITERS)),
    Shown("request_reminder_empty", "empty: all answered", lambda: at_step(all_answered(), Step.END)),
    Shown("request_reminder_longest", "huge, with hostile names", lambda: at_step(many(), Step.ARBITERS)),
    Shown("request_question", "a question, in the thread", lambda: question_line(EXAMPLE, QUESTION)),
    Shown("request_asked", "a question, to who can answer", lambda: question_to_arbiters(EXAMPLE, QUESTION)),
    Shown(
        "request_asked_longest",
        "huge, with hostile words",
        lambda: question_to_arbiters(of_hostile(hostile()), Question(HOSTILE, HOSTILE)),
    ),
)

SHOWN_DECLINED = (
    Shown("declined", "a decision waits", lambda: declined_message(requested(DECLINED))),
    Shown("declined_confirmed", "confirmed", lambda: declined_message(decided())),
    Shown("declined_assigned", "assigned to another team", lambda: declined_message(decided(to="shop"))),
    Shown(
        "declined_replaced",
        "new terms by files",
        lambda: declined_message(requested(superseded(DECLINED, acknowledgement(DECLINED.name, version=3)))),
    ),
    Shown("declined_taken_back", "acknowledged after all", lambda: declined_message(after_all())),
    Shown(
        "declined_longest",
        "huge, with hostile words",
        lambda: declined_message(of_hostile(declined(hostile(), words=HOSTILE))),
    ),
)
