"""`/slm confirm NAME [because WORDS]`: service level managers leave an objective with the team that declined it."""

from commands.ask import Ask
from commands.asked_about import objective_meant, unversioned
from commands.handover_facts import the_objective
from commands.meant import require_objectives
from commands.new_owner import Wanted, ask_owner, end_requests, redraw_all
from commands.people_of import require_arbiter
from domain.acknowledgement import Acknowledgement, Because, Stage
from domain.audit_action import Action
from domain.given_reason import split_reason
from domain.lookup import cleaned
from domain.refusal import Refusal
from messages.assigned import Assigned, confirmed
from messages.form import Form
from messages.handover_forms import confirm_form as form_of
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

DOING = "confirm an objective"


def confirm(ask: Ask, store: Store) -> Message:
    """The team is asked again, with the reason."""
    name, reason = split_reason(ask.rest)
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        require_objectives(tx)
        require_arbiter(tx, ask, doing=DOING)
        declined = _declined(tx, unversioned(name)[0], ask)
        objective = the_objective(tx, declined.objective, ask)
        ended = end_requests(tx, declined.objective, ask, decided=True)
        asked = ask_owner(tx, objective, Wanted(Because.CONFIRMED, reason), ask) if objective else None
        if asked is None or asked.name != declined.team:
            raise Refusal(
                f"{cleaned(declined.objective)} is not the {cleaned(declined.team)} team's any more.\n"
                f"Who answers for it: `{ask.command} who {declined.objective}`"
            )
        redraw_all(tx, ended, ask)
        tx.audit.note(
            Action.CONFIRMED, declined.objective, by=ask.person, at=ask.at, team=asked.name, words=reason
        )
        return confirmed(Assigned(declined.objective, asked, asked, ask.person, ask.at, reason, asked=True))


def confirm_form(ask: Ask, store: Store) -> Form | None:
    """Why; None where that was said."""
    name, reason = split_reason(ask.rest)
    if reason:
        return None
    with store.read(ask.workspace) as tx:
        require_arbiter(tx, ask, doing=DOING)
        declined = _declined(tx, unversioned(name)[0], ask)
        team = tx.teams.by_name(declined.team)
        return form_of(declined.objective, team) if team else None


def _declined(tx: Transaction, name: str, ask: Ask) -> Acknowledgement:
    """The newest request about it. Raises `Refusal` unless that was declined."""
    objective = objective_meant(tx, name, ask)
    newest = tx.acknowledgements.newest_of(objective)
    if newest is None or newest.stage is not Stage.DECLINED:
        raise Refusal(
            f"Nobody declined {cleaned(objective)}, so there is nothing to confirm.\n"
            f"Who answers for it: `{ask.command} who {objective}`"
        )
    return newest
