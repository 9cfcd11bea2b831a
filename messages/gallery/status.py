"""How things stand now, who answers for it, and what waits for somebody."""

from dataclasses import replace
from datetime import date, timedelta

from domain.acknowledgement import Acknowledgement, Because
from domain.breach_warning import BreachWarning
from domain.in_effect import Uncounted
from domain.questions import Questions
from domain.standing import Standing
from domain.team import Team
from messages.dispute_example import CONTESTED, PROPOSED
from messages.example import (
    AGREEMENTS,
    EVENTS,
    FRAUD,
    INVOICE,
    NINE,
    NOVEMBER,
    PAYMENTS,
    STANDINGS,
    WALLET,
    events,
    objective,
    standing,
)
from messages.gallery.digest import KINDS, asked_named, many, renamed
from messages.gallery.shown import HOSTILE, Shown
from messages.mine import EXAMPLE as MINE
from messages.mine import EXAMPLE_HELD as HELD
from messages.mine import Mine, OwnTeam, mine
from messages.parties import team_words
from messages.status import EXAMPLE, EXAMPLE_OVERVIEW, ObjectiveStatus, Overview, objective_status, overview
from messages.status_warnings import EXAMPLE_WAITING
from messages.uncounted import EXAMPLE as UNCOUNTED
from messages.waiting import DECLINED, HANDOVER, question
from messages.waiting import EXAMPLE as ASKED
from messages.who import EXAMPLE as WHO
from messages.who import EXAMPLE_MANY, Answerable, Many, who_answers, who_answers_for_many

AMPERSANDS = "&" * 3000
"""Each becomes five characters."""
HOSTILE_TEAM = Team(HOSTILE, display_name=HOSTILE)


def hostile_standing() -> Standing:
    return standing(objective(HOSTILE, "99", NOVEMBER, EVENTS, unit=HOSTILE), events(10_000, 99, 33_000))


def hostile_warnings(count: int) -> list[BreachWarning]:
    """Open ones about an objective of a hostile name."""
    [part] = EXAMPLE_WAITING.episodes
    episode = replace(part, objective=HOSTILE)
    return [replace(EXAMPLE_WAITING, number=900_000_000 + n, episodes=(episode,)) for n in range(count)]


def longest_objective() -> ObjectiveStatus:
    agreement = replace(AGREEMENTS["checkout-sla"], name=HOSTILE, customer=HOSTILE)
    return ObjectiveStatus(hostile_standing(), HOSTILE_TEAM, agreement, warnings=hostile_warnings(12))


def longest_overview() -> Overview:
    stood = hostile_standing()
    made = [renamed(stood, f"{n}{HOSTILE}") for n in range(500)]
    agreement = replace(
        AGREEMENTS["checkout-sla"], name=HOSTILE, effective_until=NINE.date() - timedelta(days=1)
    )
    uncounted = [Uncounted(agreement, NINE.date(), (HOSTILE,) * 500)] * 500
    return Overview(team_words(HOSTILE_TEAM), made, uncounted, NINE)


def longest_mine() -> Mine:
    stood = [renamed(one, f"{n}{one.name}{HOSTILE}") for n in range(200) for one in STANDINGS]
    teams = [OwnTeam(Team(f"{n}{AMPERSANDS}"), stood) for n in range(40)]
    work = [replace(MINE.work[0], reason=AMPERSANDS)] * 50
    warnings = hostile_warnings(12)
    asked = asked_named(HOSTILE, 12)
    teams[0] = replace(teams[0], team=HOSTILE_TEAM, asked=asked)
    return Mine(teams, MINE.at, work, waiting=warnings, held=warnings, deciding=asked.declined)


def much_waits() -> Mine:
    """Somebody of a team that was asked much, and of the service level managers."""
    [again] = ASKED.waiting
    waiting = [*ASKED.waiting, replace(again, objective=INVOICE.name, because=Because.EXPIRY), DECLINED]
    given = replace(
        HANDOVER, objective="basket", giver="shop", taker="payments", giver_by=None, taker_by="U0ANA"
    )
    own = OwnTeam(
        PAYMENTS, STANDINGS, Questions(waiting, [HANDOVER, replace(HANDOVER, giver_by=None), given])
    )
    names = [one.name for one in STANDINGS]
    many_asked = Questions([question(name, "shop", date(2026, 11, 20)) for name in names])
    shop = OwnTeam(Team("shop"), (), many_asked)
    return Mine((own, shop), NINE, zone=MINE.zone, deciding=[DECLINED])


def asked_about_wallet(*asked: Acknowledgement) -> ObjectiveStatus:
    """One objective of which its team was asked so."""
    return ObjectiveStatus(WALLET, PAYMENTS, AGREEMENTS["wallet-ola"], PAYMENTS.timezone, asked=asked)


def longest_answerable() -> Answerable:
    team = Team(HOSTILE, channel=HOSTILE, manager=HOSTILE)
    agreement = replace(
        AGREEMENTS["checkout-sla"], name=HOSTILE, customer=HOSTILE, contact=HOSTILE, service_hours=HOSTILE
    )
    return Answerable(HOSTILE, team, agreement, NINE)


def answerable_for_500() -> Many:
    one = longest_answerable()
    others = [replace(one, objective=f"{n}{HOSTILE}", owner=Team(f"{n}")) for n in range(500)]
    return Many("all", others, one.owner)


SHOWN = (
    Shown("status_team", "a team", lambda: overview(EXAMPLE_OVERVIEW)),
    Shown(
        "status_uncounted",
        "a team with objectives that do not count",
        lambda: overview(replace(EXAMPLE_OVERVIEW, uncounted=UNCOUNTED, at=NINE)),
    ),
    Shown(
        "status_nothing_counts",
        "a team without others",
        lambda: overview(Overview("payments team", (), UNCOUNTED, NINE)),
    ),
    Shown("status_objective", "one objective", lambda: objective_status(EXAMPLE)),
    Shown(
        "status_unacknowledged",
        "one that its owner was asked about",
        lambda: objective_status(asked_about_wallet(*ASKED.waiting)),
    ),
    Shown(
        "status_declined",
        "one that its owner declined",
        lambda: objective_status(asked_about_wallet(DECLINED)),
    ),
    Shown("status_empty", "empty: no objectives", lambda: overview(Overview("payments team", ()))),
    Shown("status_500", "huge: 500 objectives", lambda: overview(Overview("all", many(500, *KINDS)))),
    Shown("status_longest", "huge: 500 with hostile names", lambda: overview(longest_overview())),
    Shown(
        "status_objective_longest",
        "one with a hostile name",
        lambda: objective_status(longest_objective()),
    ),
)
SHOWN_WHO = (
    Shown("who", "one objective", lambda: who_answers(WHO)),
    Shown("who_many", "a service", lambda: who_answers_for_many(EXAMPLE_MANY, command="/levels")),
    Shown("who_none", "empty: none", lambda: who_answers_for_many(Many("checkout service", ()))),
    Shown("who_longest", "huge: one with hostile names", lambda: who_answers(longest_answerable())),
    Shown("who_many_longest", "huge: 500", lambda: who_answers_for_many(answerable_for_500())),
)
WAITING_DISPUTES = [PROPOSED.dispute, CONTESTED.dispute]
SHOWN_MINE = (
    Shown("mine", "a team's member", lambda: mine(MINE)),
    Shown("mine_much", "much waits, also to be decided", lambda: mine(much_waits())),
    Shown("mine_disputes", "disputes wait", lambda: mine(replace(MINE, disputes=WAITING_DISPUTES))),
    Shown("mine_disputes_many", "40 of them", lambda: mine(replace(MINE, disputes=WAITING_DISPUTES * 20))),
    Shown(
        "mine_arbiter",
        "an arbiter who is in no team",
        lambda: mine(Mine((), MINE.at, disputes=[CONTESTED.dispute])),
    ),
    Shown("mine_held", "somebody who has a warning", lambda: mine(HELD)),
    Shown(
        "mine_nothing", "nothing waits", lambda: mine(Mine((OwnTeam(PAYMENTS, (FRAUD, INVOICE)),), MINE.at))
    ),
    Shown("mine_no_team", "empty: in no team", lambda: mine(Mine((), MINE.at), command="/levels")),
    Shown("mine_longest", "huge: 40 teams", lambda: mine(longest_mine())),
)
