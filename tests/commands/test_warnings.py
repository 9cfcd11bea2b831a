"""`/slm warnings`: what is open here, all that is, one of them, what was, and how good it was."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.team import Team
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON
from tests.commands.open_warnings import asked, open_warnings, over, warned, warning

DAY = timedelta(days=1)


@pytest.fixture
def store(organisation: Store) -> Store:
    """Discovery has one too, and there is one that nobody owns."""
    return open_warnings(
        warned(organisation),
        warning(44, "search-latency", team="discovery"),
        warning(45, "invoice-availability", team=None),
    )


def shown(message: Message) -> str:
    return "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")


def numbers(message: Message) -> list[str]:
    return [word.strip("*") for word in shown(message).split() if word.startswith("*W-")]


@pytest.mark.parametrize(
    ("text", "person", "channel", "told", "listed"),
    [
        pytest.param(
            "warnings", "U0BEN", "team-payments", "payments team", ["W-42", "W-43"], id="this channel's team"
        ),
        pytest.param(
            "warnings", "U0PAT", "general", "payments team", ["W-42", "W-43"], id="the asker's team"
        ),
        pytest.param(
            "warnings",
            "U0ANA",
            "general",
            "discovery team and payments team",
            ["W-42", "W-44", "W-43"],
            id="all of the asker's teams",
        ),
        pytest.param(
            "warnings", "U0NOBODY", "general", "All teams", ["W-42", "W-44", "W-45", "W-43"], id="else all"
        ),
        pytest.param(
            "warnings open",
            "U0BEN",
            "team-payments",
            "All teams",
            ["W-42", "W-44", "W-45", "W-43"],
            id="all that are open",
        ),
    ],
)
def test_which_ones_are_listed(
    text: str, person: str, channel: str, told: str, listed: list[str], store: Store
) -> None:
    answered = asked(store, text, person=person, channel=channel)
    assert answered.text.startswith(f"{told}: {len(listed)} warnings open")
    assert numbers(answered) == listed


def test_a_promise_to_a_customer_is_its_warning_too(store: Store) -> None:
    answered = asked(store, "warnings", channel="retail-levels")
    assert numbers(answered) == ["W-43"]


def test_service_level_managers_read_all(store: Store) -> None:
    with store.transaction() as tx:
        tx.teams.save([Team("slm", channel="#slm", members=("U0EVA",), arbitrates=True)])
    assert len(numbers(asked(store, "warnings", person="U0EVA"))) == 4


def test_where_none_is_open_it_says_so(organisation: Store) -> None:
    assert asked(organisation, "warnings").text.endswith("no warning is open.")


@pytest.mark.parametrize("text", ["warnings W-42", "warnings w42"])
def test_one_of_them_is_its_message_as_it_is_now(text: str, store: Store) -> None:
    asked(store, "ack W-42", person="U0BEN")
    answered = asked(store, text)
    assert "card-auth-availability" in answered.text
    assert "Acknowledged by <@U0BEN>" in shown(answered)
    assert "Share here" in str(answered.blocks)
    assert "W-42 · urgent" in str(answered.blocks)


def test_one_that_is_over_can_still_be_read(store: Store) -> None:
    assert "over" in asked(store, "warnings W-40").text + shown(asked(store, "warnings W-40"))


def test_an_unknown_number_tells_which_ones_are_open(store: Store) -> None:
    assert asked(store, "warnings W-99").text.startswith("There is no W-99. Open: W-42 ")


def test_of_a_name_what_is_open_and_the_past_90_days(store: Store) -> None:
    old = over(warning(10, "checkout-latency"), NOON - 91 * DAY)
    recent = over(replace(warning(11, "checkout-latency"), opened_at=NOON - 89 * DAY), NOON - 89 * DAY)
    open_warnings(store, replace(old, opened_at=NOON - 92 * DAY), recent)
    assert numbers(asked(store, "warnings checkout-l")) == ["W-43", "W-11"]
    assert numbers(asked(store, "warnings service:checkout")) == ["W-43", "W-40", "W-11"]
    assert numbers(asked(store, "warnings search-l")) == ["W-44"]


def test_an_unknown_name_is_put_right(store: Store) -> None:
    assert "Did you mean `checkout-latency`" in asked(store, "warnings chekout-latency").text
