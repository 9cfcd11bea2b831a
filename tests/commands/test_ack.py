"""`/slm ack`: one has it, the others are told; what is shown follows in the same transaction."""

from dataclasses import replace

import pytest

from commands.registry import answer, slash_commands
from domain.breach_warning import BreachWarning
from storage.heard import AlreadyHeard
from storage.store import Store
from tests.commands.conftest import NOON
from tests.commands.open_warnings import (
    POSTED,
    asked,
    buttons,
    later,
    notice,
    open_warnings,
    said_in_thread,
    saved,
    warned,
    warning,
)


@pytest.fixture
def store(organisation: Store) -> Store:
    return warned(organisation)


def has(one: BreachWarning) -> tuple[str | None, object]:
    return one.acknowledged_by, one.acknowledged_at


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ack W-42", id="its number"),
        pytest.param("ack w42", id="its number, as one types"),
        pytest.param("ack card-auth-availability", id="its objective"),
        pytest.param("ack card", id="the beginning of it"),
        pytest.param("ack service:card-auth", id="its service"),
        pytest.param("ac w-42", id="the beginning of the word"),
    ],
)
def test_whoever_acknowledges_has_it(text: str, store: Store) -> None:
    answered = asked(store, text)
    assert answered.text == "You have W-42 (card-auth-availability): nobody else is asked."
    assert buttons(answered) == [("Hand back", "ack W-42 back"), ("Show W-42", "warnings W-42")]
    assert has(saved(store, 42)) == ("U0ANA", NOON)
    assert has(saved(store, 43)) == (None, None)


def test_its_message_and_its_thread_say_so(store: Store) -> None:
    asked(store, "ack W-42")
    shown = notice(store, "warning:42")
    assert "Acknowledged by <@U0ANA> at" in str(shown.content.blocks)
    assert "Hand back" in str(shown.content.blocks)
    assert saved(store, 42).drawn_at == NOON
    [line] = said_in_thread(store, 42)
    assert "U0ANA" in line
    assert notice(store, "warning:43").content == POSTED


def test_who_comes_second_is_told_who_has_it(store: Store) -> None:
    asked(store, "ack W-42", person="U0BEN")
    answered = answer(later("ack W-42", "U0ANA", 2), store)
    assert answered.text == "<@U0BEN> acknowledged W-42 2 min ago. Nothing to do."
    assert buttons(answered) == [("Show W-42", "warnings W-42")]
    assert has(saved(store, 42)) == ("U0BEN", NOON)
    assert len(said_in_thread(store, 42)) == 1


def test_twice_is_once(store: Store) -> None:
    asked(store, "ack W-42")
    answered = answer(later("ack W-42", "U0ANA", 2), store)
    assert answered.text == "You have W-42 already. Nothing to do."
    assert buttons(answered)[0] == ("Hand back", "ack W-42 back")
    assert has(saved(store, 42)) == ("U0ANA", NOON)


@pytest.mark.parametrize("text", ["ack W-42 back", "ack card BACK", "ack back"])
def test_it_is_handed_back(text: str, store: Store) -> None:
    asked(store, "ack W-42")
    answered = answer(later(text, "U0ANA", 5), store)
    assert answered.text == "Nobody has W-42 (card-auth-availability) any more."
    assert buttons(answered)[0] == ("Acknowledge", "ack W-42")
    assert has(saved(store, 42)) == (None, None)
    assert "Nobody has it" in str(notice(store, "warning:42").content.blocks)
    assert len(said_in_thread(store, 42)) == 2


def test_what_nobody_has_is_not_handed_back(store: Store) -> None:
    assert asked(store, "ack W-42 back").text == "Nobody has W-42. Nothing to do."
    assert said_in_thread(store, 42) == []


def test_who_has_two_says_which_one_goes_back(store: Store) -> None:
    asked(store, "ack W-42")
    asked(store, "ack W-43")
    answered = asked(store, "ack back")
    assert answered.text.startswith("Open: W-42 card-auth-availability, W-43 checkout-latency.")
    assert buttons(answered) == [("W-42", "ack W-42 back"), ("W-43", "ack W-43 back")]


def test_who_has_none_hands_nothing_back(store: Store) -> None:
    assert asked(store, "ack back").text.startswith("You have no warning. Nothing to do.")


def test_what_is_over_needs_nobody(store: Store) -> None:
    for text in ("ack W-40", "ack W-40 back"):
        answered = asked(store, text)
        assert answered.text == "W-40 is over since 11:50. Nothing to do."
        assert buttons(answered) == [("Show W-40", "warnings W-40")]
    assert has(saved(store, 40)) == (None, None)


@pytest.mark.parametrize(
    ("text", "told", "offered"),
    [
        pytest.param(
            "ack W-99",
            "There is no W-99. Open: W-42 card-auth-availability, W-43 checkout-latency. Which one?",
            [("W-42", "ack W-42"), ("W-43", "ack W-43")],
            id="an unknown number",
        ),
        pytest.param(
            "ack",
            "Open: W-42 card-auth-availability, W-43 checkout-latency. Which one?",
            [("W-42", "ack W-42"), ("W-43", "ack W-43")],
            id="nothing named",
        ),
        pytest.param(
            "ack payments",
            "2 warnings are open about payments. "
            "Open: W-42 card-auth-availability, W-43 checkout-latency. Which one?",
            [("W-42", "ack W-42"), ("W-43", "ack W-43")],
            id="several",
        ),
        pytest.param(
            "ack search-latency",
            "No warning is open about search-latency. `/slm warnings open` lists all that are.",
            [],
            id="none about it",
        ),
        pytest.param(
            "ack checkout-availability",
            "No warning is open about checkout-availability. `/slm warnings open` lists all that are.",
            [],
            id="none about it any more",
        ),
        pytest.param(
            "ack serch-latency",
            'No objective, service or team begins with "serch-latency". '
            "Did you mean `search-latency` or `checkout-latency`?",
            [("search-latency", "ack search-latency"), ("checkout-latency", "ack checkout-latency")],
            id="an unknown name",
        ),
    ],
)
def test_which_one_is_asked_back(text: str, told: str, offered: list[tuple[str, str]], store: Store) -> None:
    answered = asked(store, text)
    assert answered.text == told
    assert buttons(answered) == offered
    assert has(saved(store, 42)) == has(saved(store, 43)) == (None, None)


def test_where_none_is_open_nothing_is_asked(organisation: Store) -> None:
    assert asked(organisation, "ack").text == "No warning is open."
    assert asked(organisation, "ack W-1").text == "There is no W-1. No warning is open."


def test_what_is_held_back_tells_of_it_when_it_is_said(organisation: Store) -> None:
    held = replace(warning(44, "checkout-latency"), said_at=None, drawn_at=None)
    open_warnings(organisation, held)
    assert asked(organisation, "ack W-44").text.startswith("You have W-44")
    assert saved(organisation, 44) == replace(held, acknowledged_by="U0ANA", acknowledged_at=NOON)
    with organisation.read() as tx:
        assert tx.outbox.all() == []


def test_what_slack_delivers_again_acts_once(store: Store) -> None:
    bound = store.on_behalf_of("trigger:1", at=NOON)
    asked(bound, "ack W-42")
    asked(store, "ack W-42 back")
    again = Store(store.engine).on_behalf_of("trigger:1", at=NOON)
    with pytest.raises(AlreadyHeard):
        asked(again, "ack W-42")
    assert has(saved(store, 42)) == (None, None)


def test_an_alias_comes_by_itself() -> None:
    assert {"/slm-ack", "/slm-snooze", "/slm-warnings"} <= set(slash_commands("/slm"))


def test_nobody_in_a_channel_sees_it(store: Store) -> None:
    assert "Share here" not in str(asked(store, "ack W-42").blocks)
