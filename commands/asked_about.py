"""Which request to acknowledge is meant, and whether the asker may answer it."""

import re

from commands.ask import Ask
from commands.meant import find_in, is_here, require_objectives
from domain.acknowledgement import Acknowledgement, Stage
from domain.asking import hours_words
from domain.audit_action import Action
from domain.lookup import Kind
from domain.membership import answerers, speaks_for
from domain.refusal import Refusal
from domain.request import Request
from domain.team import Team
from messages.acknowledged import nobody_asked, not_yours, stale
from messages.message import Message
from messages.request import request_message
from messages.request_declined import declined_message
from storage.transaction import Transaction

BECAUSE = "because"
OBJECTIVE = f"{Kind.OBJECTIVE}:"
VERSIONED = re.compile(r"(.+)@(\d{1,9})")


def unversioned(text: str) -> tuple[str, int | None]:
    """The name, and the version of the terms that a button was drawn from."""
    found = VERSIONED.fullmatch(text)
    return (found[1], int(found[2])) if found else (text, None)


def asked_about(tx: Transaction, text: str, ask: Ask, *, reads: bool = False) -> Acknowledgement | Message:
    """The newest request about NAME or NAME@2, by somebody who may answer; else what to tell the asker.

    Under the lock of the definitions, unless it only `reads`. Raises `Refusal` for a name that is none of an objective.
    """
    require_objectives(tx)
    name, version = unversioned(text)
    objective = objective_meant(tx, name, ask)
    newest = tx.acknowledgements.newest_of(objective)
    if newest is None:
        return nobody_asked(objective, command=ask.command)
    if no := refused(tx, tx.requests.about(newest, at=ask.at), ask):
        return no
    if version not in (None, newest.version) or not _is_current(tx, newest, ask):
        if not reads:
            redraw(tx, newest, ask)
        return stale(tx.requests.about(newest, at=ask.at), command=ask.command)
    return newest


def objective_meant(tx: Transaction, name: str, ask: Ask) -> str:
    """The name of the objective, though a service may be called so too. Raises `Refusal` where there is none."""
    if not name:
        raise Refusal(f"Which objective? For example:\n`{ask.command} {ask.word} checkout-availability`")
    return find_in(tx, f"{OBJECTIVE}{name.removeprefix(OBJECTIVE)}", at=ask.at).name


def refused(tx: Transaction, request: Request, ask: Ask) -> Message | None:
    """Who can answer instead, where the asker is not of the team; None where they may."""
    team, groups = request.team, tx.usergroups.all()
    if speaks_for(team, ask.person, groups, here=is_here(team, ask)):
        return None
    return not_yours(request, answerers(team, groups), command=ask.command)


def team_asked(tx: Transaction, one: Acknowledgement) -> Team:
    """The team; one that was removed meanwhile has nobody."""
    return tx.teams.by_name(one.team) or Team(one.team)


def save_answer(tx: Transaction, answered: Acknowledgement, ask: Ask) -> None:
    """Save what was answered, and redraw what was said about it."""
    tx.acknowledgements.save([answered])
    redraw(tx, answered, ask)


def note_answer(tx: Transaction, action: Action, answered: Acknowledgement, ask: Ask) -> None:
    """The audit trail has it too."""
    facts = {"version": answered.version, "team": answered.team}
    if action is Action.DECLINED:
        facts |= {"ground": str(answered.ground), "words": answered.words}
    tx.audit.note(action, answered.objective, by=ask.person, at=ask.at, **facts)


def still_open(tx: Transaction, answered: Acknowledgement) -> int:
    """How many the same team is still asked."""
    return sum(one.team == answered.team and one.stage is Stage.OPEN for one in tx.acknowledgements.waiting())


def redraw(tx: Transaction, one: Acknowledgement, ask: Ask) -> None:
    """Edit the message that asks, and the one to who arbitrates."""
    request = tx.requests.of(one.batch, at=ask.at)
    tx.outbox.edit(request.key, request_message(request, command=ask.command).content)
    for row in tx.acknowledgements.of(one.objective):
        if row.ground:
            about = tx.requests.about(row, at=ask.at)
            tx.outbox.edit(f"declined:{row.id}", declined_message(about, command=ask.command).content)


def _is_current(tx: Transaction, newest: Acknowledgement, ask: Ask) -> bool:
    """Whether it is about the terms as they are: files may have been applied a moment ago."""
    kept = tx.objectives.called([newest.objective], at=ask.at)
    return any(newest.covers(one.objective, hours_words(one.objective, tx.promises)) for one in kept)
