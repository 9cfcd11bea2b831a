"""`/slm handover NAME to TEAM [because WORDS]`: one team proposes, a person of each agrees, then the other owns it."""

import re

from commands.ask import Ask
from commands.asked_about import objective_meant
from commands.handover_facts import facts_of, open_one
from commands.handover_proposal import propose
from commands.handover_reply import Reply, reply
from commands.meant import require_objectives
from commands.people_of import choosable_teams
from domain.given_reason import split_reason, split_team
from domain.refusal import Refusal
from messages.form import Form
from messages.handover import handover_message
from messages.handover_forms import handover_form as form_of
from messages.message import Message
from storage.store import Store

ANSWER = re.compile(r"(?P<name>.+?)\s+(?P<word>agree|refuse)(?:@(?P<id>\d{1,9}))?", re.IGNORECASE)


def handover(ask: Ask, store: Store) -> Message:
    """Proposes one, answers one, or shows the one that is open."""
    text, reason = split_reason(ask.rest)
    answered = ANSWER.fullmatch(text)
    if answered:
        number = int(answered["id"]) if answered["id"] else None
        return reply(ask, store, Reply(answered["name"], number, answered["word"].lower() == "agree"))
    wanted = split_team(text)
    if wanted:
        return propose(ask, store, *wanted, reason)
    return _shown(ask, store, text)


def handover_form(ask: Ask, store: Store) -> Form | None:
    """To which team, and why; None where that was said, or where one is open."""
    if split_team(ask.rest) or ANSWER.fullmatch(ask.rest):
        return None
    with store.read(ask.workspace) as tx:
        name = objective_meant(tx, ask.rest, ask)
        return None if open_one(tx, name) else form_of(name, choosable_teams(tx, name, ask))


def _shown(ask: Ask, store: Store, name: str) -> Message:
    with store.read(ask.workspace) as tx:
        require_objectives(tx)
        objective = objective_meant(tx, name, ask)
        found = open_one(tx, objective)
        if found is None:
            raise Refusal(
                f"No hand-over of {objective} is open.\n"
                f"Propose one: `{ask.command} handover {objective} to TEAM because …`"
            )
        return handover_message(facts_of(tx, found, ask), command=ask.command)
