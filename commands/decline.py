"""`/slm decline NAME GROUND [because WORDS]`: a team says no to an objective, and the service level managers decide."""

from dataclasses import dataclass

from commands.ask import Ask
from commands.asked_about import BECAUSE, asked_about, note_answer, save_answer, still_open
from domain.acknowledgement import Acknowledgement, Ground, Stage
from domain.audit_action import Action
from domain.notice import Notice
from domain.refusal import Refusal, did_you_mean
from messages.acknowledged import declined, nothing_to_do
from messages.form import Form
from messages.message import Message
from messages.request_declined import declined_message
from messages.request_forms import decline_form
from storage.store import Store
from storage.transaction import Transaction

GROUNDS = tuple(ground.value for ground in Ground)
MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Declining:
    """What was typed: the name, what should be a ground, and the reason in words."""

    name: str
    given: str
    words: str


def decline(ask: Ask, store: Store) -> Message:
    """The message that asked says so, and the service level managers are told."""
    typed = _parsed(ask.rest)
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        found = asked_about(tx, typed.name, ask)
        if isinstance(found, Message):
            return found
        if found.stage is not Stage.OPEN:
            return nothing_to_do(tx.requests.about(found, at=ask.at), by=ask.person, command=ask.command)
        answered = found.decline(_ground(typed, ask), by=ask.person, at=ask.at, words=typed.words)
        save_answer(tx, answered, ask)
        note_answer(tx, Action.DECLINED, answered, ask)
        _tell_arbiters(tx, answered, ask)
        left = still_open(tx, answered)
        return declined(tx.requests.about(answered, at=ask.at), still_open=left, command=ask.command)


def declining(ask: Ask, store: Store) -> Form | None:
    """Asks for the ground; None where it is there, or where the answer is no anyhow."""
    typed = _parsed(ask.rest)
    with store.read(ask.workspace) as tx:
        found = asked_about(tx, typed.name, ask, reads=True)
        if typed.given or isinstance(found, Message) or found.stage is not Stage.OPEN:
            return None
        return decline_form(tx.requests.about(found, at=ask.at))


def _tell_arbiters(tx: Transaction, answered: Acknowledgement, ask: Ask) -> None:
    arbiters = next((team for team in tx.promises.teams.values() if team.arbitrates), None)
    if arbiters and arbiters.channel:
        content = declined_message(tx.requests.about(answered, at=ask.at), command=ask.command).content
        tx.outbox.add(Notice(f"declined:{answered.id}", arbiters.channel, content, ask.at, arbiters.name))


def _parsed(text: str) -> Declining:
    head, _, words = f"{text} ".partition(f" {BECAUSE} ")
    name, *said = head.split() or [""]
    return Declining(name, "-".join(said).lower(), words.strip())


def _ground(typed: Declining, ask: Ask) -> Ground:
    """Raises `Refusal` where it is none, or where the reason is too long."""
    if typed.given not in GROUNDS:
        known = ", ".join(f"`{ground}`" for ground in GROUNDS)
        hint = did_you_mean(typed.given, GROUNDS) if typed.given else ""
        example = f"`{ask.command} decline {typed.name} {GROUNDS[0]}`"
        raise Refusal(f"Say why: {known}.{hint}\nFor example: {example}")
    if len(typed.words) > MOST_WORDS:
        count = f"{len(typed.words):,}"
        raise Refusal(f"A reason has at most {MOST_WORDS:,} characters; this has {count}. Shorten it.")
    return Ground(typed.given)
