"""`/slm mine`, and `/slm` alone, on a real database."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from commands.registry import answer
from domain.exclusion import Exclusion
from domain.team import Team
from storage.store import Store
from tests.commands.conftest import NOON, ask

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
