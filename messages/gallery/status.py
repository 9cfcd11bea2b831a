"""How things stand now, who answers for it, and what waits for somebody."""

from dataclasses import replace

from domain.breach_warning import BreachWarning
from domain.standing import Standing
from domain.team import Team
from messages.example import (
    AGREEMENTS,
    EVENTS,
    FRAUD,
    INVOICE,
    NINE,
    NOVEMBER,
    PAYMENTS,
    STANDINGS,
    events,
    objective,
    standing,
)
from messages.gallery.digest import KINDS, many, renamed
from messages.gallery.shown import HOSTILE, Shown
from messages.mine import EXAMPLE as MINE
from messages.mine import EXAMPLE_HELD as HELD
from messages.mine import Mine, OwnTeam, mine
from messages.parties import team_words
from messages.status import EXAMPLE, EXAMPLE_OVERVIEW, ObjectiveStatus, Overview, objective_status, overview
from messages.status_warnings import EXAMPLE_WAITING
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
    return Overview(team_words(HOSTILE_TEAM), [renamed(stood, f"{n}{HOSTILE}") for n in range(500)])


def longest_mine() -> Mine:
    stood = [renamed(one, f"{n}{one.name}{HOSTILE}") for n in range(200) for one in STANDINGS]
    teams = [OwnTeam(Team(f"{n}{AMPERSANDS}"), stood) for n in range(40)]
    work = [replace(MINE.work[0], reason=AMPERSANDS)] * 50
    warnings = hostile_warnings(12)
    return Mine(teams, MINE.at, work, waiting=warnings, held=warnings)


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
    Shown("status_objective", "one objective", lambda: objective_status(EXAMPLE)),
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
SHOWN_MINE = (
    Shown("mine", "a team's member", lambda: mine(MINE)),
    Shown("mine_held", "somebody who has a warning", lambda: mine(HELD)),
    Shown(
        "mine_nothing", "nothing waits", lambda: mine(Mine((OwnTeam(PAYMENTS, (FRAUD, INVOICE)),), MINE.at))
    ),
    Shown("mine_no_team", "empty: in no team", lambda: mine(Mine((), MINE.at), command="/levels")),
    Shown("mine_longest", "huge: 40 teams", lambda: mine(longest_mine())),
)
