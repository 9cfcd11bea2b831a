"""`/slm history NAME [by day|week|month]`: how it stood in the past."""

import re
from collections.abc import Sequence
from datetime import datetime

from commands.ask import Ask
from commands.meant import find_in, require_objectives, teams_here, zone_here
from domain.history import TOLD, history_edges
from domain.lookup import Found, Kind, objectives_of, quoted
from domain.minutes import instant_of
from domain.objective import Objective
from domain.owning import owners_within
from domain.refusal import Refusal
from domain.team import Team
from domain.window import CalendarUnit
from messages.audit_lines import MOST, Done
from messages.escaping import plain
from messages.history import Past
from messages.history import history as history_message
from messages.message import Message
from messages.parties import team_words
from messages.slam import Slam, slam
from storage.store import Store
from storage.transaction import Transaction

BY = re.compile(r"(?:(?P<name>.*?)\s+)?by\s+(?P<unit>\S+)", re.IGNORECASE | re.DOTALL)


def history(ask: Ask, store: Store) -> Message:
    """An objective's last days; of a service or team a table of all its objectives' months. Other units on demand."""
    name, unit = _parsed(ask)
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        if not name:
            return _of_teams(ask, tx, teams_here(ask, tx), unit)
        found = find_in(tx, name, at=ask.at)
        if found.kind is Kind.OBJECTIVE:
            return _of_objective(ask, tx, found, unit or CalendarUnit.DAY)
        if found.kind is Kind.SERVICE:
            return _of_several(ask, tx, f"{plain(found.name)} service", [found], unit)
        return _of_teams(ask, tx, [team for team in tx.teams.all() if team.name == found.name], unit)


def _parsed(ask: Ask) -> tuple[str, CalendarUnit | None]:
    """The name, and by what. Raises `Refusal` for a unit that no history has."""
    found = BY.fullmatch(ask.rest)
    if not found:
        return ask.rest, None
    word = found["unit"].lower().removesuffix("s")
    unit = next((unit for unit in TOLD if unit == word), None)
    if unit is None:
        raise Refusal(
            f'There is no history by "{quoted(found["unit"])}".\nSay `by day`, `by week` or `by month`.'
        )
    return found["name"] or "", unit


def _of_objective(ask: Ask, tx: Transaction, found: Found, unit: CalendarUnit) -> Message:
    zone = zone_here(ask, tx)
    edges = history_edges(unit, zone, at=ask.at)
    standings = tx.histories.of([found.name], edges, at=ask.at)[found.name]
    return history_message(Past(standings, unit, zone, ask.at, _done(tx, standings[-1].objective)))


def _done(tx: Transaction, objective: Objective) -> Done:
    """What was done about it or its service; only people of ours ask for a history."""
    about = [objective.name, f"{Kind.SERVICE}:{objective.service}"]
    acts = [one.act for one in tx.audit.about(about, most=MOST)]
    return Done(objective.name, acts, tx.audit.count(about) - len(acts))


def _of_teams(ask: Ask, tx: Transaction, teams: Sequence[Team], unit: CalendarUnit | None) -> Message:
    title = " and ".join(map(team_words, teams)) if len(teams) <= 3 else f"your {len(teams)} teams"
    return _of_several(ask, tx, title, [Found(Kind.TEAM, team.name) for team in teams], unit)


def _of_several(
    ask: Ask, tx: Transaction, title: str, found: Sequence[Found], unit: CalendarUnit | None
) -> Message:
    objectives, agreements = tx.objectives.in_force(at=ask.at), tx.agreements.all()
    unit, zone = unit or CalendarUnit.MONTH, zone_here(ask, tx)
    edges = history_edges(unit, zone, at=ask.at)
    names = {name for one in found for name in objectives_of(one, objectives, agreements, at=ask.at)}
    teams = {one.name for one in found if one.kind is Kind.TEAM}
    handed = {one.name for one in objectives if teams & _former(one, instant_of(edges[0]), ask.at)}
    histories = tx.histories.of(names | handed, edges, at=ask.at)
    others = frozenset(
        (one.name, one.period.start)
        for name in handed
        for one in histories[name]
        if one.terms.owner not in teams
    )
    return slam(Slam(title, histories, unit, zone, ask.at, others), command=ask.command)


def _former(objective: Objective, start: datetime, end: datetime) -> set[str | None]:
    """Who owned it at some time in the span, where that changed: what was measured then stays theirs."""
    owners = {owner for _, owner in owners_within(objective, start, end)}
    return owners if len(owners) > 1 else set()
