"""`/slm ack NAME [back]` of a warning: somebody has a warning, or hands it back."""

from commands.ask import Ask
from commands.meant import require_objectives, zone_here
from commands.warning_meant import note_warning, save_and_say, warning_meant
from domain.audit_action import Action
from domain.breach_warning import BreachWarning, Taken
from domain.refusal import Refusal
from domain.warned import Happening, Turn
from domain.warning_choice import NotOneWarning
from messages.acked import Answered, acknowledged, handed_back, is_over, is_taken
from messages.message import Message
from storage.store import Store
from storage.transaction import Transaction

BACK = "back"


def ack_warning(ask: Ask, store: Store) -> Message:
    """Of several who press at once one has it; the others are told who."""
    name, back = _parsed(ask.rest)
    try:
        with store.transaction(ask.workspace) as tx:
            require_objectives(tx)
            tx.breach_warnings.lock()
            warning = _meant(tx, name, ask, back=back)
            if not warning.is_open:
                return is_over(Answered(warning, ask.at, zone_here(ask, tx)))
            changed = warning.hand_back() if back else warning.acknowledge(by=ask.person, at=ask.at)
            turn = Turn.HANDED_BACK if back else Turn.ACKNOWLEDGED
            save_and_say(tx, changed, Happening(turn, ask.at, by=ask.person), ask)
            note_warning(tx, Action.WARNING_HANDED_BACK if back else Action.WARNING_TAKEN, changed, ask)
    except Taken as no:
        return is_taken(no, by=ask.person, at=ask.at)
    answered = Answered(changed, ask.at)
    return handed_back(answered) if back else acknowledged(answered)


def _parsed(text: str) -> tuple[str, bool]:
    """The name, and whether it is handed back."""
    *words, last = text.split() or [""]
    return (" ".join(words), True) if last.lower() == BACK else (text, False)


def _meant(tx: Transaction, name: str, ask: Ask, *, back: bool) -> BreachWarning:
    """Without a name what the asker has is handed back, where that is one. Raises `Refusal`."""
    if not back or name:
        return warning_meant(tx, name, ask)
    own = [one for one in tx.breach_warnings.open() if one.acknowledged_by == ask.person]
    if len(own) == 1:
        return own[0]
    if own:
        raise NotOneWarning("", "", own)
    raise Refusal(f"You have no warning. Nothing to do.\n`{ask.command} warnings` lists those that are open.")
