"""`/slm ask NAME QUESTION`: a question to the service level managers, in the thread of the request to acknowledge."""

from commands.ask import Ask
from commands.asked_about import objective_meant, unversioned
from commands.meant import require_objectives
from domain.acknowledgement import Acknowledgement
from domain.audit_action import Action
from domain.minutes import minute_of
from domain.notice import Content, Notice
from domain.refusal import Refusal
from domain.request import Request
from messages.acknowledged import asked_question, nobody_asked
from messages.form import Form
from messages.message import Message
from messages.request_forms import question_form
from messages.request_question import Question, question_line, question_to_arbiters
from storage.store import Store
from storage.transaction import Transaction

MOST_WORDS = 1000


def question(ask: Ask, store: Store) -> Message:
    """Said in the thread, where it is answered; the service level managers are told in their channel."""
    name, _, words = ask.rest.partition(" ")
    if not words.strip():
        raise Refusal(
            f"What do you want to know? For example:\n`{ask.command} ask {name or 'checkout'} who pays?`"
        )
    if len(words) > MOST_WORDS:
        raise Refusal(
            f"A question has at most {MOST_WORDS:,} characters; this has {len(words):,}. Shorten it."
        )
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        require_objectives(tx)
        objective = objective_meant(tx, unversioned(name)[0], ask)
        newest = tx.acknowledgements.newest_of(objective)
        if newest is None:
            return nobody_asked(objective, command=ask.command)
        request = tx.requests.about(newest, at=ask.at)
        asked = Question(ask.person, words.strip().strip('"'))
        _say(tx, newest, request, asked, ask)
        tx.audit.note(Action.QUESTIONED, objective, by=ask.person, at=ask.at, words=asked.words)
        return asked_question(request, command=ask.command)


def questioning(ask: Ask, store: Store) -> Form | None:
    """Asks for the question, and about which of a team's requests; None where both are there."""
    name, _, words = ask.rest.partition(" ")
    if words.strip():
        return None
    with store.read(ask.workspace) as tx:
        request = tx.requests.open_of(name, at=ask.at)
        if not request.open:
            newest = tx.acknowledgements.newest_of(objective_meant(tx, unversioned(name)[0], ask))
            if newest is None:
                return None
            request = tx.requests.about(newest, at=ask.at)
        return question_form(request)


def _say(tx: Transaction, newest: Acknowledgement, request: Request, asked: Question, ask: Ask) -> None:
    key = f"question:{newest.id}:{minute_of(ask.at)}:{ask.at:%S%f}"
    stands = tx.outbox.by_key(newest.key)
    if stands:
        line = question_line(request, asked).content
        tx.outbox.add(Notice(f"{key}:thread", stands.channel, line, ask.at, newest.team, thread=newest.key))
    arbiters = next((team for team in tx.promises.teams.values() if team.arbitrates), None)
    if arbiters and arbiters.channel:
        told: Content = question_to_arbiters(request, asked, command=ask.command).content
        tx.outbox.add(Notice(key, arbiters.channel, told, ask.at, arbiters.name))
