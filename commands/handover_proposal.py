"""Proposing a hand-over: the row, and a message in both teams' channels."""

from collections.abc import Sequence

from commands.ask import Ask
from commands.asked_about import objective_meant
from commands.handover_facts import facts_of, note_handover, open_one, the_objective
from commands.meant import require_objectives
from commands.new_owner import channel_of, overtake
from commands.people_of import arbiters, called, own_team, spoken_for
from domain.audit_action import Action
from domain.handover import Handover
from domain.lookup import cleaned
from domain.notice import Notice
from domain.objective import Objective
from domain.owning import changes_hands_by_itself
from domain.quiet import quiet_until
from domain.refusal import Refusal
from domain.team import Team
from messages.handover import Handing, handover_message
from messages.handover_answers import already_open, proposed
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


def propose(ask: Ask, store: Store, name: str, team: str, reason: str) -> Message:
    """It counts as the agreement of the asker's own team; the other one is asked."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        require_objectives(tx)
        objective = the_objective(tx, objective_meant(tx, name, ask), ask)
        if objective is None:
            raise Refusal(f"{cleaned(name)} was retired just now.\nNothing to do.")
        taker = own_team(tx, team, ask)
        giver = _giver(tx, objective, taker, ask)
        theirs = _permitted(tx, (giver, taker), ask)
        existing = open_one(tx, objective.name)
        if existing and not existing.is_overtaken(objective):
            return already_open(facts_of(tx, existing, ask))
        overtake(tx, objective.name, ask)
        new = tx.handovers.add(_drafted(objective, (giver, taker), theirs, ask, reason))
        note_handover(tx, Action.HANDOVER_PROPOSED, new, ask)
        facts = facts_of(tx, new, ask)
        return proposed(facts, _say(tx, facts, ask))


def _giver(tx: Transaction, objective: Objective, taker: Team, ask: Ask) -> Team:
    """The owner. Raises `Refusal` where it cannot agree to anything."""
    terms = objective.terms(at=ask.at)
    name, assign = cleaned(objective.name), f"`{ask.command} assign {objective.name} to {taker.name}`"
    giver = tx.teams.by_name(terms.owner) if terms.owner else None
    if giver is None:
        raise Refusal(
            f"{name} has no owner who could hand it over.\nThe service level managers can: {assign}"
        )
    if giver.name == taker.name:
        raise Refusal(f"{name} is the {called(giver)}'s already.\nNothing to do.")
    if not giver.internal:
        raise Refusal(
            f"{cleaned(giver.name)} is no team of ours, so it cannot agree.\nThe service level managers can: {assign}"
        )
    later = changes_hands_by_itself(objective, at=ask.at)
    if later:
        raise Refusal(
            f"By its file {name} gets another owner on {later.date()}.\n"
            "An operator can change that: `steward apply FILES`"
        )
    return giver


def _permitted(tx: Transaction, teams: tuple[Team, Team], ask: Ask) -> Team | None:
    """The asker's own of the two teams; None for a service level manager. Raises `Refusal` for anybody else."""
    own = spoken_for(tx, teams, ask)
    if own:
        return own[0]
    if not spoken_for(tx, arbiters(tx), ask):
        giver, taker = map(called, teams)
        raise Refusal(
            f"Only the {giver}, the {taker} and the service level\nmanagers can propose this. Ask one of them."
        )
    return None


def _drafted(
    objective: Objective, teams: Sequence[Team], own: Team | None, ask: Ask, reason: str
) -> Handover:
    giver, taker = teams
    new = Handover(
        objective=objective.name,
        version=objective.versions[-1].version,
        giver=giver.name,
        taker=taker.name,
        proposed_by=ask.person,
        proposed_at=ask.at,
        words=reason,
    )
    return new.agree(own.name, by=ask.person, at=ask.at) if own else new


def _say(tx: Transaction, facts: Handing, ask: Ask) -> list[Team]:
    """A message in the channel of each team, once where that is the same; the teams that are told."""
    told: dict[str, Team] = {}
    for team in (facts.taker, facts.giver):
        channel = channel_of(team)
        if not channel or channel in told:
            continue
        told[channel] = team
        content = handover_message(facts.read_by(team.name), command=ask.command).content
        held = quiet_until(team, at=ask.at)
        tx.outbox.add(
            Notice(facts.handover.key(team.name), channel, content, ask.at, team.name, not_before=held)
        )
    return list(told.values())
