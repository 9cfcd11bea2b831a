"""Agreeing to a hand-over, or refusing it: under the lock of the definitions, so that it ends once."""

from dataclasses import dataclass, replace

from commands.ask import Ask
from commands.asked_about import objective_meant
from commands.handover_facts import facts_of, note_handover, the_objective
from commands.new_owner import draw, end_requests, give, overtake, redraw_all
from commands.people_of import able_people, arbiters, spoken_for
from domain.acknowledgement import Acknowledgement, Because
from domain.asking import request_of
from domain.audit_action import Action
from domain.handover import Handover, HandoverStage, Hindrance
from domain.objective import Objective
from domain.refusal import Refusal
from domain.team import Team
from messages.handover import Handing
from messages.handover_answers import agreed, has_agreed, is_over, not_for_both, not_theirs, refused
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers to the hand-over of `name` with this `id`; without one to the one that is open."""

    name: str
    id: int | None
    agrees: bool


def reply(ask: Ask, store: Store, answer: Reply) -> Message:
    """Of two who press at once the second sees what the first did."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        one = _meant(tx, answer, ask)
        objective = the_objective(tx, one.objective, ask)
        if one.stage is HandoverStage.OPEN and one.is_overtaken(objective):
            overtake(tx, one.objective, ask)
            one = next(each for each in tx.handovers.of(one.objective) if each.id == one.id)
        facts = facts_of(tx, one, ask)
        if one.stage is not HandoverStage.OPEN or objective is None:
            return is_over(facts)
        return _agree(tx, facts, objective, ask) if answer.agrees else _refuse(tx, facts, ask)


def _meant(tx: Transaction, answer: Reply, ask: Ask) -> Handover:
    """Raises `Refusal` where there is none."""
    # Whoever presses a button of an objective that was retired meanwhile is told so, by its full name.
    known = tx.handovers.of(answer.name) or tx.handovers.of(objective_meant(tx, answer.name, ask))
    waiting = [one for one in known if one.stage is HandoverStage.OPEN]
    found = [one for one in known if one.id == answer.id] if answer.id else (waiting or known)
    if not found:
        raise Refusal(
            f"There is no such hand-over of {answer.name}.\n"
            f"Propose one: `{ask.command} handover {answer.name} to TEAM because …`"
        )
    return found[-1]


def _agree(tx: Transaction, facts: Handing, objective: Objective, ask: Ask) -> Message:
    one, teams = facts.handover, (facts.giver, facts.taker)
    side = one.side(ask.person, [team.name for team in spoken_for(tx, teams, ask)])
    if isinstance(side, Hindrance):
        return _hindered(tx, facts, side, ask)
    changed = one.agree(side, by=ask.person, at=ask.at)
    tx.handovers.save(changed)
    note_handover(tx, Action.HANDOVER_AGREED, changed, ask)
    if changed.stage is HandoverStage.DONE:
        _hand_over(tx, facts.taker, changed, objective, ask)
    after = facts_of(tx, changed, ask)
    draw(tx, after, ask)
    return agreed(after)


def _hindered(tx: Transaction, facts: Handing, why: Hindrance, ask: Ask) -> Message:
    able = able_people(tx, [team for team, by, _ in facts.teams if by is None])
    if why is Hindrance.AGREED:
        return has_agreed(facts)
    if why is Hindrance.FOR_BOTH:
        return not_for_both(facts, [person for person in able if person != ask.person], command=ask.command)
    return not_theirs(facts, able)


def _refuse(tx: Transaction, facts: Handing, ask: Ask) -> Message:
    """By anybody of either team, whoever proposed it, or a service level manager."""
    may = (facts.giver, facts.taker, *arbiters(tx))
    if ask.person != facts.handover.proposed_by and not spoken_for(tx, may, ask):
        return not_theirs(facts, able_people(tx, may[:2]))
    changed = facts.handover.refuse(by=ask.person, at=ask.at)
    tx.handovers.save(changed)
    note_handover(tx, Action.HANDOVER_REFUSED, changed, ask)
    after = replace(facts, handover=changed)
    draw(tx, after, ask)
    return refused(after)


def _hand_over(tx: Transaction, taker: Team, one: Handover, objective: Objective, ask: Ask) -> None:
    """The taker's agreement is its acknowledgement; what the former owner was asked is not asked any more."""
    given = give(tx, objective, taker, ask)
    note_handover(tx, Action.HANDED_OVER, one, ask)
    ended = end_requests(tx, objective.name, ask)
    tx.acknowledgements.add([_taken_on(tx, taker, one, given, ask)])
    redraw_all(tx, ended, ask)


def _taken_on(tx: Transaction, taker: Team, one: Handover, given: Objective, ask: Ask) -> Acknowledgement:
    known = tx.promises
    asked = request_of(given, taker, Because.HANDOVER, known, at=ask.at)
    return replace(asked, words=one.words).acknowledge(
        by=one.taker_by or ask.person,
        at=ask.at,
        acknowledging=given.acknowledging,
        calendar=known.working_calendar(taker.name),
    )
