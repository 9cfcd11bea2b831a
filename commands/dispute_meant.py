"""Which dispute is meant, and what the asker is to it."""

import re
from typing import NamedTuple

from commands.ask import Ask
from commands.outsiders import outsider_teams
from commands.people_of import able_people, arbiters, called, spoken_for
from domain.dispute import OVER, Action, Denial, Dispute, DisputeRole, DisputeStage, may
from domain.lookup import cleaned
from domain.membership import is_member
from domain.refusal import Refusal
from domain.team import Team
from messages.dispute_words import STAGE_WORDS
from storage.transaction import Transaction

NUMBER = re.compile(r"(?:d-?)?(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?", re.IGNORECASE | re.DOTALL)
NUMBERED = re.compile(r"d-\d", re.IGNORECASE)


class Meant(NamedTuple):
    """A dispute, and what else was typed."""

    dispute: Dispute
    rest: str


def dispute_meant(tx: Transaction, ask: Ask) -> Meant:
    """D-17 and what follows it. Raises `Refusal`."""
    found = NUMBER.fullmatch(ask.rest)
    if not found:
        raise Refusal(f"Which dispute? For example:\n`{ask.command} {ask.word} D-17`")
    one = tx.disputes.numbered(int(found["number"]))
    theirs = [team.name for team in outsider_teams(tx, ask)]
    # Customers and third parties see those only in which they are a party.
    if one is None or (theirs and not set(theirs) & set(one.teams)):
        raise Refusal(f"There is no D-{found['number']}.\nAll of them: `{ask.command} disputes`")
    return Meant(one, (found["rest"] or "").strip())


def roles_of(tx: Transaction, one: Dispute, ask: Ask) -> set[DisputeRole]:
    """What the asker is to it.

    Who is to rule is a party only by membership, not by the channel they rule in; so is who is of a party: nobody
    answers their own dispute from the channel of the other side.
    """
    able = tx.dispute_facts.able(one)
    judging = ask.person == one.arbiter and ask.person in able
    groups = tx.usergroups.all()
    parties = [tx.teams.by_name(name) or Team(name) for name in one.teams]
    member = judging or any(is_member(team, ask.person, groups) for team in parties)
    sides = {one.raiser: DisputeRole.RAISER, one.counterpart: DisputeRole.COUNTERPART}
    found = set()
    for team in parties:
        by_name = member and not ask.guest_of
        theirs = is_member(team, ask.person, groups) if by_name else bool(spoken_for(tx, [team], ask))
        if theirs:
            found.add(sides.get(team.name, DisputeRole.JOINED))
    if ask.person == one.raised_by:
        found.discard(DisputeRole.COUNTERPART)
    if judging:
        found.add(DisputeRole.ARBITER)
    if spoken_for(tx, arbiters(tx), ask):
        found.add(DisputeRole.MANAGER)
        if _cannot_answer(tx, one) and DisputeRole.RAISER not in found:
            found.add(DisputeRole.RECORDER)
    return found or {DisputeRole.OTHER}


def require(tx: Transaction, one: Dispute, action: Action, ask: Ask) -> set[DisputeRole]:
    """What the asker is to it. Raises `Refusal`, which says who can, or why nobody can now."""
    roles = roles_of(tx, one, ask)
    rulings = tx.rulings.of(one)
    denial = may(one, action, roles, at=ask.at, last=rulings[-1] if rulings else None)
    if denial:
        raise Refusal(_denied(tx, one, action, denial, ask))
    return roles


def team_of(one: Dispute, roles: set[DisputeRole]) -> str:
    """For which party somebody with these roles speaks."""
    if DisputeRole.RAISER in roles:
        return one.raiser
    if roles & {DisputeRole.COUNTERPART, DisputeRole.RECORDER}:
        return one.counterpart
    return next((each.team for each in one.joined), one.raiser)


def _cannot_answer(tx: Transaction, one: Dispute) -> bool:
    """Whether nobody of the counterpart can answer in Slack."""
    team = tx.teams.by_name(one.counterpart)
    return team is None or not (team.channel or able_people(tx, [team]))


def _denied(tx: Transaction, one: Dispute, action: Action, denial: Denial, ask: Ask) -> str:
    see = f"See it: `{ask.command} show {one.called}`"
    match denial:
        case Denial.OVER:
            return f"{one.called} is over: {STAGE_WORDS[one.stage]}.\n{see}"
        case Denial.RULED:
            return f"{one.called} was ruled already.\n{see}"
        case Denial.APPEALED_ONCE:
            return f"There is one appeal, and {one.called} had it.\nThe next ruling is final."
        case Denial.TOO_LATE:
            return f"The time for an appeal against {one.called} is over.\n{see}"
        case Denial.NOT_LOST:
            return f"Only who lost {one.called} can appeal.\n{see}"
        case Denial.NOT_NEUTRAL:
            return f"You belong to a party of {one.called}, so you cannot\nrule on it. {see}"
        case Denial.NOT_NOW:
            return f"That cannot be done now: {_turn(tx, one)}.\n{see}"
        case _:
            return f"{_not_yours(tx, one, action)}\n{see}"


def _not_yours(tx: Transaction, one: Dispute, action: Action) -> str:
    if action is Action.RULE:
        return f"Only its arbiter can rule on {one.called}."
    if action is Action.REASSIGN:
        return f"Only a service level manager can give {one.called}\nto another arbiter."
    names = {
        Action.WITHDRAW: [one.raiser],
        Action.ACCEPT: [one.raiser],
        Action.REFUSE: [one.raiser],
        Action.APPEAL: [one.raiser, one.counterpart],
        Action.ADD: list(one.teams),
    }.get(action, [one.counterpart])
    teams = [tx.teams.by_name(name) or Team(name) for name in names]
    return f"Only {' or '.join(called(team) for team in teams)} can do that."


def _turn(tx: Transaction, one: Dispute) -> str:
    if one.stage in OVER:
        return "it is over"
    if one.stage is DisputeStage.RULED:
        return "it was ruled, and may be appealed against"
    if one.stage in (DisputeStage.RULING, DisputeStage.APPEALED):
        return "it is the arbiter's turn"
    name = one.counterpart if one.stage is DisputeStage.ANSWERING else one.raiser
    return f"it is the turn of {cleaned(name)}"
