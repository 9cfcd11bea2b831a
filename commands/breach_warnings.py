"""`/slm warnings [open|score|NAME|W-42]`: what is warned of, what was, and how good the forecasts were."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from commands.ask import Ask
from commands.meant import find_in, is_here, require_objectives, teams_of, zone_here
from commands.warning_meant import open_about, warning_numbered
from commands.warnings_score import warnings_score
from domain.breach_warning import BreachWarning, number_in
from domain.episode import WarningKind
from domain.lookup import Found, Kind, objectives_of
from domain.team import Team
from messages.message import Message
from messages.parties import team_words
from messages.warning import warning_message
from messages.warnings_list import PastWarning, WarningsHistory, WarningsList, warnings_history, warnings_list
from storage.store import Store
from storage.transaction import Transaction

OPEN = "open"
SCORE = "score"
MOST_PRICED = 20
"""Of so many past warnings, the newest, it is read what they took."""

PAST = timedelta(days=90)


def warnings(ask: Ask, store: Store) -> Message:
    """The open ones of this channel's team, else of the asker's teams, else all; or what was named."""
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        number = number_in(ask.rest)
        if number is not None:
            warning = warning_numbered(tx, number, ask.rest)
            return warning_message(tx.warned.of(warning, at=ask.at), command=ask.command)
        if not ask.rest:
            return _of_here(ask, tx)
        if ask.rest.lower() == OPEN:
            return _listed(ask, tx, "All teams", tx.breach_warnings.open())
        word, _, rest = ask.rest.partition(" ")
        if word.lower() == SCORE:
            return warnings_score(ask, tx, rest.strip())
        return _history(ask, tx, find_in(tx, ask.rest, at=ask.at))


def _of_here(ask: Ask, tx: Transaction) -> Message:
    """Service level managers whose teams have no objectives of their own read all."""
    chosen = [team for team in tx.teams.all() if is_here(team, ask)] or teams_of(ask, tx)
    if not chosen or any(team.arbitrates for team in chosen):
        return _listed(ask, tx, "All teams", tx.breach_warnings.open())
    title = " and ".join(map(team_words, chosen)) if len(chosen) <= 3 else f"your {len(chosen)} teams"
    return _listed(ask, tx, title, _of_teams(ask, tx, chosen))


def _of_teams(ask: Ask, tx: Transaction, teams: Sequence[Team]) -> list[BreachWarning]:
    found = (one for team in teams for one in open_about(tx, Found(Kind.TEAM, team.name), ask))
    return list({one.number: one for one in found}.values())


def _listed(ask: Ask, tx: Transaction, title: str, found: Sequence[BreachWarning]) -> Message:
    zone = zone_here(ask, tx)
    return warnings_list(WarningsList(title, found, ask.at, zone), command=ask.command)


def _history(ask: Ask, tx: Transaction, found: Found) -> Message:
    names = objectives_of(found, tx.objectives.in_force(at=ask.at), tx.agreements.all(), at=ask.at)
    warnings = tx.breach_warnings.of(names, since=ask.at - PAST)
    burnt = [one for one in warnings if one.kind is WarningKind.BURN and len(one.episodes) == 1]
    priced = burnt[-MOST_PRICED:]
    past = [PastWarning(one, _cost(ask, tx, one) if one in priced else None) for one in warnings]
    zone = zone_here(ask, tx)
    return warnings_history(WarningsHistory(found.name, past, ask.at, zone, PAST.days), command=ask.command)


def _cost(ask: Ask, tx: Transaction, warning: BreachWarning) -> Fraction | None:
    """The share of its budget that its objective lost in it."""
    return next((one.cost for one in tx.warned.of(warning, at=ask.at).objectives), None)
