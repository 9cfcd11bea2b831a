"""What Steward says once in a channel that it came into."""

import pytest

from commands.greeting import greet
from domain.channel import Channel
from domain.notice import Notice
from storage.store import Store
from tests.commands.conftest import ask


def greeted(store: Store, channel: Channel | None, *, channel_id: str = "C0NEW") -> Notice:
    greet(ask("", channel=channel_id), store, channel)
    with store.read() as tx:
        notice = tx.outbox.by_key(f"greeting:{channel_id}")
    assert notice is not None
    return notice


@pytest.mark.parametrize(
    ("channel", "told"),
    [
        pytest.param(
            Channel("C0NEW", "team-payments"),
            "payments team's digest comes here at `09:00` (UTC) on working days.",
            id="a team's, by name",
        ),
        pytest.param(
            Channel("C0NEW", "retail-levels"),
            "retail's service levels come here at `09:00` (UTC) on working days.",
            id="a customer's in our own Slack",
        ),
        pytest.param(Channel("C0NEW", "random"), "This channel belongs to no team yet.", id="nobody's"),
        pytest.param(
            Channel("C0NEW", "team-payments", shared=True),
            "nothing internal is said here.",
            id="shared with outsiders",
        ),
        pytest.param(None, "nothing internal is said here.", id="not looked up"),
    ],
)
def test_what_it_says_depends_on_the_channel(channel: Channel | None, told: str, organisation: Store) -> None:
    notice = greeted(organisation, channel)
    assert " ".join(notice.content.text.split()).endswith(told)
    assert notice.internal is (channel is not None and not channel.shared)


def test_a_channel_by_its_id(organisation: Store) -> None:
    told = greeted(organisation, Channel("C0DISCOVER", "discovery"), channel_id="C0DISCOVER")
    assert "discovery team's digest comes here" in told.content.text


@pytest.mark.parametrize(
    ("channel", "named"),
    [
        (Channel("C0NEW", "team-payments", shared=True), False),
        (Channel("C0NEW", "retail-levels", shared=True), True),
    ],
)
def test_outsiders_read_of_no_team_but_their_own(channel: Channel, named: bool, organisation: Store) -> None:
    told = str(greeted(organisation, channel).content.blocks)
    assert "payments" not in told
    assert ("retail" in told) is named


def test_a_channel_is_greeted_once(organisation: Store) -> None:
    first = greeted(organisation, Channel("C0NEW", "random"))
    assert greeted(organisation, Channel("C0NEW", "team-payments")) == first


def test_without_definitions_it_says_how_to_load_some(sqlite_store: Store) -> None:
    assert "steward apply FILES" in greeted(sqlite_store, Channel("C0NEW", "random")).content.text
