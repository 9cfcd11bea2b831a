"""`/slm through [TEAM] [after NAME]`: what a team is asked to acknowledge, one after another."""

from commands.ack_all import team_meant
from commands.ask import Ask
from commands.asked_about import refused
from domain.request import Request
from messages.acknowledged import going_through
from messages.form import Form
from messages.message import Message
from messages.request_forms import through_form
from storage.store import Store
from storage.transaction import Transaction

AFTER = "after"


def through(ask: Ask, store: Store) -> Message:
    """The next one that is open, with its buttons."""
    with store.read(ask.workspace) as tx:
        request, after = _meant(tx, ask)
        return refused(tx, request, ask) or going_through(request, after=after, command=ask.command)


def going(ask: Ask, store: Store) -> Form | None:
    """The next one that is open, with all answers; None where there is none, or the asker may not answer."""
    with store.read(ask.workspace) as tx:
        request, after = _meant(tx, ask)
        found = request.left(after)
        if refused(tx, request, ask) or not found:
            return None
        about = tx.requests.about(found[0].acknowledgement, at=ask.at)
        return through_form(about, left=len(found) - 1)


def _meant(tx: Transaction, ask: Ask) -> tuple[Request, str | None]:
    """All that the team is asked, and the name after which to go on."""
    words = ask.rest.split()
    named = words[: words.index(AFTER)] if AFTER in words else words
    team = team_meant(tx, named[:1], ask)
    after = words[words.index(AFTER) + 1] if AFTER in words[:-1] else None
    return tx.requests.open_of(team.name, at=ask.at), after
