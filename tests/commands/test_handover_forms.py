"""What the buttons of hand-overs and decisions open: which team, and why; then it is a typed command."""

from datetime import timedelta

import pytest

from commands.registry import answer, form_for
from domain.acknowledgement import Acknowledgement, Because, Ground
from domain.team import Team
from messages.form import Choice, Form, Words
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask, founded

CHECKOUT = "checkout-availability"
DECLINED = Acknowledgement(
    CHECKOUT, "payments", 1, "", Because.NEW, NOON, NOON + timedelta(days=7), NOON
).decline(Ground.UNCLEAR, by="U0ANA", at=NOON)
SLM = Team("slm", channel="#slm", members=("U0EVA",), arbitrates=True)


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    founded(sqlite_store)
    with sqlite_store.transaction() as tx:
        tx.teams.save([SLM])
    return sqlite_store


def opened(store: Store, text: str, person: str) -> Form | Message:
    return form_for(ask(text, person=person), store)


def teams(form: Form | Message) -> list[str]:
    assert isinstance(form, Form)
    choice = form.fields[0]
    assert isinstance(choice, Choice)
    assert choice.prefix == "to"
    return [words for _, words in choice.options]


@pytest.mark.parametrize(("word", "person"), [("handover", "U0ANA"), ("assign", "U0EVA")])
def test_it_asks_to_which_of_our_other_teams(word: str, person: str, store: Store) -> None:
    form = opened(store, f"{word} checkout-a", person)
    assert teams(form) == ["discovery", "slm"]
    assert isinstance(form, Form)
    assert form.ask == f"{word} {CHECKOUT}"


@pytest.mark.parametrize("word", ["handover", "assign"])
def test_nothing_is_asked_where_it_was_said(word: str, store: Store) -> None:
    assert isinstance(opened(store, f"{word} {CHECKOUT} to discovery because they run it", "U0EVA"), Message)


def test_a_hand_over_that_is_open_is_shown_instead(store: Store) -> None:
    answer(ask(f"handover {CHECKOUT} to discovery", person="U0PAT"), store)
    shown = opened(store, f"handover {CHECKOUT}", "U0PAT")
    assert isinstance(shown, Message)
    assert "is to go from the payments team to the discovery team" in shown.text


def test_confirming_asks_why(store: Store) -> None:
    with store.transaction() as tx:
        tx.objectives.lock()
        [asked] = tx.acknowledgements.add([DECLINED])
    form = opened(store, f"confirm {CHECKOUT}", "U0EVA")
    assert isinstance(form, Form)
    [why] = form.fields
    assert isinstance(why, Words)
    assert (form.ask, why.prefix) == (f"confirm {CHECKOUT}", "because")
    assert isinstance(opened(store, f"confirm {CHECKOUT} because it was agreed", "U0EVA"), Message)
    with store.read() as tx:
        newest = tx.acknowledgements.newest_of(CHECKOUT)
    assert newest is not None
    assert (newest.id > asked.id, newest.words) == (True, "it was agreed")


@pytest.mark.parametrize("word", ["assign", "confirm"])
def test_others_get_no_form(word: str, store: Store) -> None:
    said = opened(store, f"{word} {CHECKOUT}", "U0ANA")
    assert isinstance(said, Message)
    assert "Only the service level managers can" in said.text
