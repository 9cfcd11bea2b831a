"""`/slm ack [NAME|all]`: a team's yes to an objective; or somebody has a warning, or hands it back."""

from commands.ack_all import ALL, ack_all, offered
from commands.ack_objective import ack_objective
from commands.ack_warning import BACK, ack_warning
from commands.ask import Ask
from commands.asked_about import objective_meant
from commands.meant import find_in
from commands.warning_meant import open_about
from domain.acknowledgement import Stage
from domain.breach_warning import NUMBER
from domain.lookup import Found, Kind
from domain.refusal import Refusal
from messages.message import Message
from storage.store import Store


class Either(Refusal):
    """Both an objective's terms and a warning about it wait for a yes."""

    def __init__(self, name: str, typed: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"Two things wait for an answer about {name}: its\nterms, and a warning. Which one?")
        self.name, self.candidates = typed, candidates


def ack(ask: Ask, store: Store) -> Message:
    """By what NAME is: a version of an objective's terms, or a warning. Without one, what waits is listed."""
    word, _, rest = ask.rest.partition(" ")
    if word.lower() == ALL:
        return ack_all(ask, store, rest.split())
    if NUMBER.fullmatch(word) or rest.lower().endswith(BACK) or word.lower() == BACK:
        return ack_warning(ask, store)
    if not ask.rest:
        return offered(ask, store) or ack_warning(ask, store)
    if "@" in ask.rest or _is_asked(ask, store):
        return ack_objective(ask, store)
    return ack_warning(ask, store)


def _is_asked(ask: Ask, store: Store) -> bool:
    """Whether an answer about the objective's terms is what is wanted. Raises `Either` where both are."""
    with store.read(ask.workspace) as tx:
        try:
            name = objective_meant(tx, ask.rest, ask)
        except Refusal:
            return False
        newest = tx.acknowledgements.newest_of(name)
        if newest is None:
            return False
        if newest.stage not in (Stage.OPEN, Stage.DECLINED):
            return not open_about(tx, find_in(tx, ask.rest, at=ask.at), ask)
        warnings = [
            one for one in open_about(tx, Found(Kind.OBJECTIVE, name), ask) if not one.acknowledged_by
        ]
        if warnings:
            raise Either(name, ask.rest, (f"{name}@{newest.version}", *(one.name for one in warnings)))
    return True
