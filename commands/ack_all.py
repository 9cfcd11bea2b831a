"""`/slm ack all [TEAM]`: a team's yes to all that it is asked; listed once more before it counts."""

from collections.abc import Sequence
from dataclasses import replace

from commands.ack_objective import agreed
from commands.ask import Ask
from commands.asked_about import note_answer, redraw, refused
from commands.meant import find_in, is_here, require_objectives, teams_of
from domain.audit_action import Action
from domain.lookup import Kind
from domain.refusal import Refusal
from domain.request import Request
from domain.team import Team
from messages.acknowledged import acknowledged, listed, nothing_open
from messages.form import Form
from messages.message import Message
from messages.request_forms import all_form
from storage.store import Store
from storage.transaction import Transaction

ALL = "all"
MOST_NAMED = 2
"""Words: `all`, and a team."""


def ack_all(ask: Ask, store: Store, words: Sequence[str]) -> Message:
    """`words`: TEAM, and what the list said; it counts only where the list still says so."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        require_objectives(tx)
        team = team_meant(tx, words[:1], ask)
        request = tx.requests.open_of(team.name, at=ask.at)
        if not request.open:
            return nothing_open(team, command=ask.command)
        if no := refused(tx, request, ask):
            return no
        if words[1:2] != [request.digest]:
            return listed(request, changed=len(words) > 1, command=ask.command)
        return _acknowledged(tx, request, ask)


def all_at_once(ask: Ask, store: Store) -> Form | None:
    """The list of `ack all TEAM`, to be sent; None for every other ask, and where the answer is no anyhow."""
    words = ask.rest.split()
    if words[:1] != [ALL] or len(words) > MOST_NAMED:
        return None
    with store.read(ask.workspace) as tx:
        request = tx.requests.open_of(team_meant(tx, words[1:], ask).name, at=ask.at)
        return all_form(request) if request.open and not refused(tx, request, ask) else None


def offered(ask: Ask, store: Store) -> Message | None:
    """The list of all that the asker may say yes to; None where nothing waits for their teams."""
    with store.read(ask.workspace) as tx:
        waiting = _waiting(tx, ask)
        return listed(waiting[0], command=ask.command) if len(waiting) == 1 else None


def _acknowledged(tx: Transaction, request: Request, ask: Ask) -> Message:
    asked = [replace(one, acknowledgement=agreed(tx, one.acknowledgement, ask)) for one in request.open]
    answered = [one.acknowledgement for one in asked]
    tx.acknowledgements.save(answered)
    for one in answered:
        note_answer(tx, Action.ACKNOWLEDGED, one, ask)
    for one in {one.batch: one for one in answered}.values():
        redraw(tx, one, ask)
    return acknowledged(replace(request, asked=asked), command=ask.command)


def team_meant(tx: Transaction, named: Sequence[str], ask: Ask) -> Team:
    """The named one; else the one of the asker, of this channel if there are several, that is asked something."""
    if named:
        found = find_in(tx, f"team:{named[0]}", at=ask.at)
        team = tx.teams.by_name(found.name) if found.kind is Kind.TEAM else None
        if team is None:
            raise Refusal(f"There is no team called {named[0]}. `{ask.command} ack all`")
        return team
    waiting = _waiting(tx, ask)
    if len(waiting) > 1:
        names = ", ".join(f"`{ask.command} ack all {one.team.name}`" for one in waiting)
        raise Refusal(f"Several of your teams are asked. Which one?\n{names}")
    if not waiting:
        raise Refusal("Nothing waits for an acknowledgement of your teams.")
    return waiting[0].team


def _waiting(tx: Transaction, ask: Ask) -> list[Request]:
    own = teams_of(ask, tx)
    asked = [one for team in own if (one := tx.requests.open_of(team.name, at=ask.at)).open]
    here = [one for one in asked if is_here(one.team, ask)]
    return here or asked
