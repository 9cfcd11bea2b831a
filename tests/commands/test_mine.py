"""`/slm mine`, and `/slm` alone, on a real database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from commands.registry import answer
from domain.acknowledgement import Acknowledgement, Because, Ground
from domain.exclusion import Exclusion
from domain.handover import Handover
from domain.team import Team
from messages.message import Message
from storage.store import Store
from tests.commands.conftest import NOON, ask
from tests.commands.open_warnings import open_warnings, warned, warning

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("text", ["", "  ", "mine", "MIN"])
def test_the_slash_command_alone_asks_what_waits(text: str, organisation: Store) -> None:
    told = answer(ask(text, person="U0PAT"), organisation)
    assert told.text == "Nothing waits for you. payments team: 1 of 3 met."
    assert told.blocks[0]["text"]["text"] == "*Nothing waits for you*"
    assert told.blocks[1]["text"]["text"].split("\n") == [
        "*Your teams*",
        "payments team: 1 of 3 met",
        "❌ card-auth-availability · budget left −400%",
        "⚠️ checkout-latency · budget left 0%",
    ]


@pytest.mark.parametrize(
    ("person", "told"),
    [
        pytest.param("U0BEN", "Nothing waits for you. discovery team: 1 of 1 met.", id="all met"),
        pytest.param(
            "U0ANA",
            "Nothing waits for you. discovery team: 1 of 1 met; payments team: 1 of 3 met.",
            id="two teams",
        ),
        pytest.param("U0NOBODY", "Nothing waits for you. You are in no team yet.", id="no team"),
    ],
)
def test_each_of_ones_teams_in_a_line(person: str, told: str, organisation: Store) -> None:
    assert answer(ask("mine", person=person), organisation).text == told


def test_without_definitions_it_says_how_to_load_some(sqlite_store: Store) -> None:
    assert "steward apply FILES" in answer(ask(""), sqlite_store).text


def test_a_person_of_many_teams(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.teams.save([Team(f"team-{n:02}", manager="U0EVA") for n in range(40)])
    assert answer(ask("", person="U0EVA"), organisation).text.endswith(
        "team-09 team: no objectives; 30 more teams."
    )


def test_planned_work_that_lies_ahead_is_told_the_next_first(organisation: Store) -> None:
    begun = _work("begun", [NOON - HOUR])
    weekly = _work("weekly", [NOON - HOUR, NOON + timedelta(days=7), NOON + timedelta(days=14)])
    soon = _work("soon", [NOON + HOUR], objectives=("card-auth-availability",))
    withdrawn = _work("withdrawn", [NOON + HOUR], withdrawn_at=NOON)
    others = _work("others", [NOON + HOUR], objectives=("search-latency",))
    with organisation.transaction() as tx:
        tx.exclusions.save([begun, weekly, soon, withdrawn, others])
    told = answer(ask("", person="U0PAT"), organisation).blocks[2]["text"]["text"]
    assert told.split("\n") == [
        "*Planned work ahead*",
        "• Tue 24 Nov `13:00–14:00`, soon",
        "• Tue 1 Dec `12:00–13:00`, weekly",
    ]


def _work(
    name: str,
    starts: Sequence[datetime],
    *,
    objectives: tuple[str, ...] = ("checkout-latency",),
    withdrawn_at: datetime | None = None,
) -> Exclusion:
    return Exclusion(
        name, tuple(starts), HOUR, name, NOON - HOUR, objectives=objectives, withdrawn_at=withdrawn_at
    )


def test_warnings_of_ones_teams_that_nobody_has_wait(organisation: Store) -> None:
    open_warnings(warned(organisation), warning(44, "search-latency", team="discovery"))
    told = answer(ask("", person="U0PAT"), organisation)
    assert told.text.startswith("2 things wait for you. payments team: ")
    assert waiting(told) == ["ack W-42", "ack W-43"]
    assert waiting(answer(ask("", person="U0BEN"), organisation)) == ["ack W-44"]
    assert waiting(answer(ask("", person="U0ANA"), organisation)) == ["ack W-42", "ack W-44", "ack W-43"]


def test_what_somebody_has_or_snoozed_waits_for_nobody(organisation: Store) -> None:
    warned(organisation)
    answer(ask("ack W-42", person="U0ANA"), organisation)
    answer(ask("snooze W-43 1h", person="U0ANA"), organisation)
    told = answer(ask("", person="U0PAT"), organisation)
    assert told.text.startswith("Nothing waits for you. ")
    assert waiting(told) == []
    assert waiting(answer(ask("", person="U0ANA"), organisation)) == ["ack W-42 back"]
    later = replace(ask("", person="U0PAT"), at=NOON + HOUR)
    assert waiting(answer(later, organisation)) == ["ack W-43"]


def waiting(message: Message) -> list[str]:
    """What the buttons beside warnings ask."""
    return [block["accessory"]["value"] for block in message.blocks if "accessory" in block]


def question(name: str, team: str, **more: object) -> Acknowledgement:
    made = Acknowledgement(name, team, 1, "", Because.NEW, NOON - HOUR, NOON + 24 * HOUR, NOON - HOUR)
    return replace(made, **more)  # type: ignore[arg-type]


def pressed(message: Message) -> list[str]:
    """The buttons beside lines."""
    return [block["accessory"]["value"] for block in message.blocks if "accessory" in block]


def test_what_ones_teams_were_asked_waits(organisation: Store) -> None:
    with organisation.transaction() as tx:
        tx.acknowledgements.add([question("search-latency", "discovery")])
        tx.acknowledgements.add([question("checkout-latency", "payments", asked_at=NOON + HOUR)])
        tx.handovers.add(
            Handover("card-auth-availability", 1, "payments", "discovery", "U0PAT", NOON, "U0PAT", NOON)
        )
    told = answer(ask("", person="U0BEN"), organisation)
    assert told.text == "2 things wait for you. discovery team: 1 of 1 met."
    assert pressed(told) == ["through discovery", "handover card-auth-availability"]
    asked_later = answer(ask("", person="U0PAT"), organisation)
    assert pressed(asked_later) == []
    assert "*You wait for*\\n🤝 card-auth-availability: hand-over to discovery" in str(asked_later.blocks)


def test_only_who_arbitrates_is_told_what_is_to_be_decided(organisation: Store) -> None:
    declined = question("search-latency", "discovery").decline(Ground.NOT_OURS, by="U0BEN", at=NOON)
    with organisation.transaction() as tx:
        tx.teams.save([Team("slm", members=("U0EVA",), arbitrates=True)])
        tx.acknowledgements.add([declined])
    assert pressed(answer(ask("", person="U0EVA"), organisation)) == ["assign search-latency"]
    told = answer(ask("", person="U0BEN"), organisation)
    assert told.text.startswith("Nothing waits for you. ")
    assert "✋ search-latency: the service level managers," in str(told.blocks)
