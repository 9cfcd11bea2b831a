"""Several people acknowledge the same warning at the same moment, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from commands.registry import answer
from storage.store import Store
from tests.commands.conftest import ask, founded
from tests.commands.open_warnings import said_in_thread, saved, warned

PEOPLE = ("U0ANA", "U0BEN", "U0PAT", "U0EVA")


def test_exactly_one_has_it_and_the_others_are_told(store: Store) -> None:
    warned(founded(store))
    together = Barrier(len(PEOPLE))

    def press(person: str) -> str:
        together.wait(10)
        return answer(ask("ack W-42", person=person), Store(store.engine)).text

    with ThreadPoolExecutor(len(PEOPLE)) as pool:
        told = dict(zip(PEOPLE, pool.map(press, PEOPLE), strict=True))
    winner = saved(store, 42).acknowledged_by
    assert winner is not None
    assert told.pop(winner).startswith("You have W-42 (card-auth-availability)")
    assert set(told.values()) == {f"<@{winner}> acknowledged W-42 just now. Nothing to do."}
    assert len(said_in_thread(store, 42)) == 1
