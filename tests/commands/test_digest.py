"""`/slm digest`: who may change what, and what holds afterwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from commands.digest import digest
from commands.registry import answer
from domain.agreement import Agreement, AgreementKind
from domain.refusal import Refusal
from domain.subscription import Subscription
from domain.team import DigestSchedule, Team, TeamKind
from domain.usergroup import Usergroup
from messages.digest_settings import EXAMPLE, digest_settings
from messages.framing import for_asker
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask

DOCUMENT = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def shown(message: Message) -> str:
    return "\n".join((block.get("text") or block["elements"][0])["text"] for block in message.blocks)


def asked(store: Store, text: str, *, person: str = "U0ANA", channel: str = "team-payments") -> str:
    return shown(digest(ask(f"digest {text}", person=person, channel=channel), store))


def schedule_of(store: Store, name: str) -> DigestSchedule:
    with store.read() as tx:
        return next(team.digest for team in tx.teams.all() if team.name == name)


def subscriptions(store: Store) -> list[Subscription]:
    with store.read() as tx:
        return tx.subscriptions.all()


@pytest.fixture
def managed(organisation: Store) -> Store:
    """With service level managers, and a team without listed members."""
    with organisation.transaction() as tx:
        slm = Team(
            "slm", channel="#service-levels", members=("U0EVA",), arbitrates=True, timezone="Europe/Berlin"
        )
        tx.teams.save([slm, Team("open", channel="#open")])
    return organisation


def test_what_holds_here(managed: Store) -> None:
    assert asked(managed, "") == (
        "*Digest of payments team*\nEvery working day at `09:00`, UTC time\nNext: in a moment"
    )
    assert asked(managed, "", channel="service-levels").startswith("*Roll-up for slm team*")


def test_nothing_comes_here(managed: Store) -> None:
    with pytest.raises(Refusal, match="No digest comes here yet"):
        asked(managed, "", channel="general")
    with pytest.raises(Refusal, match="`/slm digest here`"):
        asked(managed, "off", channel="general")


@pytest.mark.parametrize(
    ("person", "channel", "team"),
    [
        pytest.param("U0ANA", "team-payments", "payments", id="a member"),
        pytest.param("U0PAT", "team-payments", "payments", id="its manager"),
        pytest.param("U0EVA", "team-payments", "payments", id="a service level manager"),
        pytest.param("U0NOBODY", "open", "open", id="anyone where no members are listed"),
    ],
)
def test_who_may_change_it(managed: Store, person: str, channel: str, team: str) -> None:
    assert "Next: Wed 25 Nov `06:30`" in asked(managed, "at 6:30", person=person, channel=channel)
    assert schedule_of(managed, team) == DigestSchedule(time(6, 30))
    assert "On again" in asked(managed, "off", person=person, channel=channel)
    assert schedule_of(managed, team) == DigestSchedule(time(6, 30), off=True)
    assert "Next: Wed" in asked(managed, "ON", person=person, channel=channel)
    with managed.read() as tx:
        changed = next(one for one in tx.teams.all() if one.name == team)
    assert [(change.field, change.by) for change in changed.slack_changes] == [("digest", person)]


def test_while_a_user_group_was_not_looked_up_only_the_manager_may(managed: Store) -> None:
    with managed.transaction() as tx:
        tx.teams.save([Team("open", channel="#open", usergroup="S0OPEN", manager="U0PAT")])
    with pytest.raises(Refusal, match="Only the manager of the open team and the service level\nmanagers"):
        asked(managed, "off", person="U0NOBODY", channel="open")
    assert "On again" in asked(managed, "off", person="U0PAT", channel="open")


def test_of_a_team_whose_user_group_was_looked_up_its_people_may(managed: Store) -> None:
    with managed.transaction() as tx:
        tx.teams.save([Team("open", channel="#open", usergroup="S0OPEN", manager="U0PAT")])
        tx.usergroups.save([Usergroup("S0OPEN", ("U0MIA",), NOON)])
    with pytest.raises(Refusal, match="Only the open team and the service level\nmanagers"):
        asked(managed, "off", person="U0NOBODY", channel="open")
    assert "On again" in asked(managed, "off", person="U0MIA", channel="open")


@pytest.mark.parametrize("name", ["", "privategroup"])
def test_a_channel_that_may_be_anybodys_does_not_subscribe(name: str, managed: Store) -> None:
    nameless = replace(ask("digest here", person="U0ANA"), channel_name=name)
    with pytest.raises(Refusal, match="cannot find out which channel this is"):
        digest(nameless, managed)
    assert subscriptions(managed) == []


def test_nobody_else_may(managed: Store) -> None:
    with pytest.raises(Refusal, match="Only the payments team and the service level\nmanagers"):
        asked(managed, "off", person="U0BEN")
    assert schedule_of(managed, "payments") == DigestSchedule()


def test_todays_was_posted_already(managed: Store) -> None:
    with managed.transaction() as tx:
        tx.digests.decide("payments", date(2026, 11, 24), at=NOON)
    assert "Next: Wed 25 Nov `14:00`" in asked(managed, "at 14:00")


@pytest.mark.parametrize("clock", ["", "25:00", "12:60", "noon", "8"])
def test_a_time_that_is_none(managed: Store, clock: str) -> None:
    with pytest.raises(Refusal, match="`/slm digest at 08:30`"):
        asked(managed, f"at {clock}")


@pytest.mark.parametrize("word", ["of", "tomorrow", "off now", "`<!here>`"])
def test_a_word_that_is_none(managed: Store, word: str) -> None:
    with pytest.raises(Refusal, match="is nothing a digest can do"):
        asked(managed, word)


def test_a_channel_subscribes_and_changes_its_mind(managed: Store) -> None:
    told = asked(managed, "here for team:pay, checkout", channel="general")
    assert told.split("\n")[:2] == ["*Roll-up for this channel*", "About team:payments, service:checkout"]
    assert subscriptions(managed) == [
        Subscription("C0GENERAL", "U0ANA", NOON, ("team:payments", "service:checkout"))
    ]
    asked(managed, "at 16:45", channel="general")
    asked(managed, "off", channel="general")
    assert subscriptions(managed)[0].digest == DigestSchedule(time(16, 45), off=True)
    assert "About" not in asked(managed, "here", channel="general")
    assert subscriptions(managed)[0].digest == DigestSchedule(time(16, 45))


def test_a_person_subscribes_in_a_direct_message(managed: Store) -> None:
    direct = replace(ask("digest here", person="U0PAT"), channel_id="D0PAT", channel_name="directmessage")
    assert shown(digest(direct, managed)).startswith("*Roll-up for you*")
    assert [one.channel for one in subscriptions(managed)] == ["U0PAT"]


@pytest.mark.parametrize(
    ("text", "person", "channel", "refusal"),
    [
        pytest.param(
            "here for chekout", "U0ANA", "general", "No objective, service or team", id="a wrong name"
        ),
        pytest.param("here for", "U0ANA", "general", "For what?", id="no name"),
        pytest.param("here " + "checkout " * 21, "U0ANA", "general", "20 names at most", id="many names"),
        pytest.param("here", "U0ANA", "retail-levels", "People outside read here", id="a customer's channel"),
        pytest.param("here", "U0KIM", "general", "not for\ncustomers", id="a customer"),
        pytest.param("here", "U0EVA", "service-levels", "comes here already", id="the managers' channel"),
    ],
)
def test_who_cannot_subscribe(managed: Store, text: str, person: str, channel: str, refusal: str) -> None:
    with managed.transaction() as tx:
        tx.teams.save([Team("retail", TeamKind.CUSTOMER, channel="retail-levels", members=("U0KIM",))])
    with pytest.raises(Refusal, match=refusal):
        asked(managed, text, person=person, channel=channel)
    assert subscriptions(managed) == []


def test_now_decides_nothing(managed: Store) -> None:
    told = asked(managed, "now")
    assert told.startswith("*payments team · Tue 24 Nov*\n")
    assert "in the thread" not in told
    with managed.read() as tx:
        assert tx.digests.decided(date(2026, 11, 24)) == set()
        assert tx.outbox.all() == []


def test_now_tells_what_changed_since_the_last_one(managed: Store) -> None:
    with managed.transaction() as tx:
        before = {"state": "met", "left": "1", "since": None, "terms": 1, "period": None}
        told = {"card-auth-availability": before, "checkout-availability": before, "checkout-latency": before}
        tx.digests.decide("payments", date(2026, 11, 20), at=NOON - timedelta(days=4), told=told)
    assert "Since Fri: 2 worse, none better" in asked(managed, "now")


@pytest.mark.parametrize(
    ("person", "channel", "begins"),
    [
        pytest.param("U0EVA", "service-levels", "*Service levels · Tue 24 Nov*", id="the managers' channel"),
        pytest.param("U0BEN", "general", "✅ *discovery team · Tue 24 Nov*", id="the asker's team"),
        pytest.param("U0ANA", "retail-levels", "*Your service levels · retail", id="a customer's channel"),
    ],
)
def test_whose_digest_now_is(managed: Store, person: str, channel: str, begins: str) -> None:
    with managed.transaction() as tx:
        tx.agreements.save([Agreement("checkout-sla", AgreementKind.SLA, "payments", "retail")])
    assert asked(managed, "now", person=person, channel=channel).startswith(begins)


def test_now_in_a_channel_that_subscribed(managed: Store) -> None:
    asked(managed, "here for search", channel="general")
    told = asked(managed, "now", channel="general")
    assert "discovery" not in told  # all met: the quiet version names no team
    assert told.endswith("Only service:search")


def test_nothing_internal_is_shown_in_a_customers_channel(managed: Store) -> None:
    """Also where somebody subscribed it, before it became a customer's."""
    with managed.transaction() as tx:
        tx.subscriptions.save([Subscription("C0RETAIL-LEVELS", "U0ANA", NOON)])
    assert asked(managed, "now", channel="retail-levels").startswith("*Your service levels")


def test_the_example_in_the_documents_is_what_is_answered(sqlite_store: Store) -> None:
    assert f"```\n{shown(for_asker(digest_settings(EXAMPLE)))}\n```" in DOCUMENT


def test_a_refusal_offers_the_name_that_was_meant(managed: Store) -> None:
    said: Callable[[str], Message] = lambda text: answer(ask(text), managed)  # noqa: E731
    offered = said("digest here for chekout").blocks[-1]["elements"]
    assert offered[0]["value"] == "digest here for checkout"
