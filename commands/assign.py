"""`/slm assign NAME to TEAM [because WORDS]`: service level managers say whose an objective is."""

from commands.ask import Ask
from commands.asked_about import objective_meant, team_asked
from commands.handover_facts import the_objective
from commands.meant import require_objectives
from commands.new_owner import Wanted, ask_owner, channel_of, end_requests, give, overtake, redraw_all
from commands.people_of import called, choosable_teams, own_team, require_arbiter
from domain.acknowledgement import Because, Stage
from domain.audit_action import Action
from domain.given_reason import split_reason, split_team
from domain.lookup import cleaned
from domain.notice import Notice
from domain.objective import Objective
from domain.quiet import quiet_until
from domain.refusal import Refusal
from domain.team import Team
from messages.assigned import Assigned, assigned, assigned_message
from messages.form import Form
from messages.handover_forms import assign_form as form_of
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

DOING = "assign an objective"


def assign(ask: Ask, store: Store) -> Message:
    """It is the team's from now on, and the team is asked to acknowledge it."""
    text, reason = split_reason(ask.rest)
    wanted = split_team(text)
    if wanted is None:
        raise Refusal(
            f"Say to which team. For example:\n`{ask.command} assign {text or 'checkout'} to payments`"
        )
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        require_objectives(tx)
        require_arbiter(tx, ask, doing=DOING)
        objective = the_objective(tx, objective_meant(tx, wanted[0], ask), ask)
        if objective is None:
            raise Refusal(f"{cleaned(wanted[0])} was retired just now.\nNothing to do.")
        return assigned(_assigned(tx, objective, own_team(tx, wanted[1], ask), reason, ask))


def assign_form(ask: Ask, store: Store) -> Form | None:
    """To which team, and why; None where that was said."""
    if split_team(ask.rest):
        return None
    with store.read(ask.workspace) as tx:
        require_arbiter(tx, ask, doing=DOING)
        name = objective_meant(tx, ask.rest, ask)
        return form_of(name, choosable_teams(tx, name, ask))


def _assigned(tx: Transaction, objective: Objective, team: Team, reason: str, ask: Ask) -> Assigned:
    _refuse_owner(tx, objective, team, ask)
    owner = objective.terms(at=ask.at).owner
    former = tx.teams.by_name(owner) if owner else None
    overtake(tx, objective.name, ask)
    given = give(tx, objective, team, ask)
    ended = end_requests(tx, objective.name, ask, decided=True)
    asked = ask_owner(tx, given, Wanted(Because.ASSIGNED, reason), ask)
    redraw_all(tx, ended, ask)
    tx.audit.note(
        Action.ASSIGNED,
        objective.name,
        by=ask.person,
        at=ask.at,
        version=given.versions[-1].version,
        team=team.name,
        former=owner,
        words=reason,
    )
    facts = Assigned(objective.name, team, former, ask.person, ask.at, reason, asked=asked is not None)
    if not any(one.stage is Stage.DECLINED for one in ended):
        _tell_former(tx, facts, given, ask)
    return facts


def _refuse_owner(tx: Transaction, objective: Objective, team: Team, ask: Ask) -> None:
    if any(terms.owner != team.name for terms in (objective.terms(at=ask.at), objective.versions[-1])):
        return
    newest = tx.acknowledgements.newest_of(objective.name)
    name = cleaned(objective.name)
    if newest and newest.stage is Stage.DECLINED and newest.team == team.name:
        raise Refusal(
            f"The {called(team_asked(tx, newest))} declined {name}.\n"
            f"To leave it with them: `{ask.command} confirm {objective.name} because …`"
        )
    raise Refusal(f"{name} is the {called(team)}'s already.\nNothing to do.")


def _tell_former(tx: Transaction, facts: Assigned, given: Objective, ask: Ask) -> None:
    """Whoever declined it reads that where they did; another team that had it is told."""
    former = facts.former
    channel = channel_of(former) if former and former.internal else None
    if former and channel:
        content = assigned_message(facts, command=ask.command).content
        key = f"assigned:{given.name}:{given.versions[-1].version}"
        held = quiet_until(former, at=ask.at)
        tx.outbox.add(Notice(key, channel, content, ask.at, former.name, not_before=held))
