"""`/slm answer D-17 agree | contest | propose … | accept | refuse | add …`: what the parties say."""

from collections.abc import Callable

from commands.ask import Ask
from commands.dispute_meant import Meant, dispute_meant, require, team_of
from commands.dispute_outcome import Decision, decide, part_meant
from commands.dispute_said import draw, post, tell_thread
from domain.dispute import Action, Dispute, Outcome
from domain.given_reason import split_reason
from domain.refusal import Refusal, did_you_mean
from domain.team import Team
from messages.dispute_answers import answered
from messages.dispute_forms import add_form, contest_form, propose_form, refuse_form
from messages.form import Form
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

ACTIONS = (Action.AGREE, Action.CONTEST, Action.PROPOSE, Action.ACCEPT, Action.REFUSE, Action.ADD)
WORDS_NEEDED = (Action.CONTEST, Action.REFUSE, Action.ADD)
Step = Callable[[Transaction, Dispute, str, Ask], Dispute]


def answer(ask: Ask, store: Store) -> Message:
    """One step, its line in the thread, and the messages redrawn."""
    with store.transaction(ask.workspace) as tx:
        tx.objectives.lock()
        meant = dispute_meant(tx, ask)
        action, part, words = _typed(meant, ask)
        roles = require(tx, meant.dispute, action, ask)
        if action in WORDS_NEEDED and not words:
            raise Refusal(f"Say why: `{ask.command} answer {meant.dispute.called} {action} because …`")
        team = team_of(meant.dispute, roles)
        changed = STEPS[action](tx, meant.dispute, part, ask) if action in STEPS else meant.dispute
        tx.disputes.note(changed, action.value, at=ask.at, by=ask.person, team=team, words=words)
        told = tx.dispute_facts.of(changed, at=ask.at)
        tell_thread(tx, told, ask)
        post(tx, told, ask)
        draw(tx, told)
        return answered(told, action)


def answer_form(ask: Ask, store: Store) -> Form | None:
    """The reasons, or the part; None where they were said, or nothing is to be said."""
    with store.read(ask.workspace) as tx:
        meant = dispute_meant(tx, ask)
        action, part, words = _typed(meant, ask)
        if action not in FORMS or words or part:
            return None
        require(tx, meant.dispute, action, ask)
        return FORMS[action](tx.dispute_facts.of(meant.dispute, at=ask.at))


def _typed(meant: Meant, ask: Ask) -> tuple[Action, str, str]:
    """The action, the part, and the reasons. Raises `Refusal`."""
    head, words = split_reason(meant.rest)
    word, _, part = head.partition(" ")
    known = [action.value for action in ACTIONS]
    if word.lower() not in known:
        hint = did_you_mean(word, known) if word else ""
        listed = ", ".join(f"`{one}`" for one in known)
        raise Refusal(
            f"What is your answer: {listed}?{hint}\n"
            f"For example: `{ask.command} answer {meant.dispute.called} agree`"
        )
    return Action(word.lower()), part.strip(), words


def _agree(tx: Transaction, one: Dispute, _part: str, ask: Ask) -> Dispute:
    after = one.settle(at=ask.at)
    decide(tx, one, after, Decision(Outcome.SETTLED, one.contested), ask)
    return after


def _contest(tx: Transaction, one: Dispute, _part: str, ask: Ask) -> Dispute:
    return _saved(tx, tx.dispute_facts.sent_to_arbiter(one, at=ask.at))


def _propose(tx: Transaction, one: Dispute, part: str, ask: Ask) -> Dispute:
    team = tx.teams.by_name(one.counterpart) or Team(one.counterpart)
    proposed = part_meant(tx, one, part, team.timezone, ask)
    due_at = tx.dispute_facts.answer_due(one, one.raiser, at=ask.at)
    return _saved(tx, one.propose(proposed, at=ask.at, due_at=due_at))


def _accept(tx: Transaction, one: Dispute, _part: str, ask: Ask) -> Dispute:
    after = one.settle(at=ask.at)
    proposed = one.proposed
    part = tx.dispute_facts.contesting(one.objective, proposed.claim, proposed.spans, proposed.events)
    decide(tx, one, after, Decision(Outcome.SETTLED, part), ask)
    return after


def _saved(tx: Transaction, changed: Dispute) -> Dispute:
    tx.disputes.save(changed)
    return changed


STEPS: dict[Action, Step] = {
    Action.AGREE: _agree,
    Action.CONTEST: _contest,
    Action.PROPOSE: _propose,
    Action.ACCEPT: _accept,
    Action.REFUSE: _contest,
}
FORMS = {
    Action.CONTEST: contest_form,
    Action.PROPOSE: propose_form,
    Action.REFUSE: refuse_form,
    Action.ADD: add_form,
}
