"""`/slm maintenance`: planned work, that which is ahead and that which is announced or withdrawn here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from commands.ask import Ask
from commands.meant import find_in, is_here, require_known_place, require_objectives, teams_of, zone_here
from commands.planning import commitments_in, plan_work, withdraw_work
from domain.announcement import Commitments, affected_by_withdrawal
from domain.exclusion import Exclusion
from domain.lookup import Found, Kind, objectives_of
from domain.planned_request import is_request
from domain.team import Team
from messages.dates import Dates
from messages.escaping import plain
from messages.maintenance import Ahead, PlannedList, planned_list
from messages.message import Message
from messages.parties import team_words
from storage.store import Store
from storage.transaction import Transaction

CANCEL = "cancel"


class Meant(NamedTuple):
    """What somebody wants to see: under which title, which objectives, on whose clocks."""

    title: str
    names: Collection[str]
    zone: str


def maintenance(ask: Ask, store: Store) -> Message:
    """What is ahead, or the planning and taking back of work."""
    require_known_place(ask)
    first, _, rest = ask.rest.partition(" ")
    if first.lower() == CANCEL:
        return withdraw_work(ask, store, rest.strip())
    if is_request(ask.rest):
        return plan_work(ask, store)
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        commitments = commitments_in(tx)
        outsiders = [team for team in commitments.teams.values() if is_here(team, ask) and not team.internal]
        meant = _meant(ask, tx, commitments)
        if outsiders:
            theirs = _of_teams(outsiders, commitments, ask)
            meant = meant._replace(names=set(meant.names) & theirs)
        ahead = list(_ahead(tx.exclusions.all(), meant.names, commitments, ask))
    listed = PlannedList(meant.title, ahead, Dates(ask.at, meant.zone), outsider=bool(outsiders))
    return planned_list(listed, command=ask.command)


def _meant(ask: Ask, tx: Transaction, commitments: Commitments) -> Meant:
    teams = list(commitments.teams.values())
    if ask.rest:
        found = find_in(tx, ask.rest, at=ask.at)
        names = set(_names(found, commitments, ask))
        if found.kind is Kind.TEAM:
            team = commitments.teams[found.name]
            return Meant(team_words(team), names, team.timezone)
        title = plain(found.name) + (" service" if found.kind is Kind.SERVICE else "")
        return Meant(title, names, zone_here(ask, tx))
    chosen = [team for team in teams if is_here(team, ask)] or teams_of(ask, tx)
    if not chosen:
        return Meant("all objectives", set(commitments.objectives), zone_here(ask, tx))
    title = " and ".join(map(team_words, chosen)) if len(chosen) <= 3 else f"your {len(chosen)} teams"
    return Meant(title, _of_teams(chosen, commitments, ask), chosen[0].timezone)


def _of_teams(teams: Sequence[Team], commitments: Commitments, ask: Ask) -> set[str]:
    found = (Found(Kind.TEAM, team.name) for team in teams)
    return {name for one in found for name in _names(one, commitments, ask)}


def _names(found: Found, commitments: Commitments, ask: Ask) -> list[str]:
    agreements = commitments.agreements.values()
    return objectives_of(found, commitments.objectives.values(), agreements, at=ask.at)


def _ahead(
    exclusions: Iterable[Exclusion], names: Collection[str], commitments: Commitments, ask: Ask
) -> Iterator[Ahead]:
    """The running or next occurrence of each that concerns some of `names`."""
    for exclusion in exclusions:
        occurrence = next(iter(affected_by_withdrawal(exclusion, at=ask.at)), None)
        if occurrence is None or exclusion.withdrawn_at is not None:
            continue
        concerned = {concern.objective for concern in commitments.concerns(exclusion, at=occurrence.start)}
        shown = sorted(concerned.intersection(names))
        if shown:
            yield Ahead(exclusion, occurrence, tuple(shown))
