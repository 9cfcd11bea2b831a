"""`/slm history NAME [by day|week|month]` on a real database."""

import pytest

from commands.history import history
from commands.registry import answer
from domain.team import Team
from storage.store import Store
from tests.commands.conftest import ask


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "history card-auth-a",
            "card-auth-availability, one day: 1 missed.",
            id="an objective by day",
        ),
        pytest.param(
            "history card-auth-a BY weeks",
            "card-auth-availability, one week: 1 missed.",
            id="by week",
        ),
        pytest.param(
            "history card-auth-a by month",
            "card-auth-availability, one month: 1 missed.",
            id="by month",
        ),
        pytest.param(
            "history checkout",
            "checkout service, one month: 1 met, 1 nearly missed.",
            id="a service by month",
        ),
        pytest.param(
            "history payments by day",
            "payments team, one day: 1 met, 1 nearly missed, 1 missed.",
            id="a team by day",
        ),
        pytest.param(
            "history invoice-a by week",
            "invoice-availability: Nothing was measured in the last 12 weeks.",
            id="an objective without data",
        ),
        pytest.param("history invoice", "invoice service: nothing measured yet.", id="nothing measured"),
        pytest.param(
            "history card-auth-a by hour",
            'There is no history by "hour". Say `by day`, `by week` or `by month`.',
            id="by what is not there",
        ),
        pytest.param(
            "history nothing by day",
            'No objective, service or team begins with "nothing".',
            id="a name that is not there",
        ),
    ],
)
def test_a_name_and_a_unit(text: str, told: str, organisation: Store) -> None:
    assert answer(ask(text), organisation).text == told


@pytest.mark.parametrize("text", ["history", "history by month"])
def test_without_a_name_this_channels_team_is_meant(text: str, organisation: Store) -> None:
    told = history(ask(text, channel="team-payments"), organisation)
    assert told.text == "payments team, one month: 1 met, 1 nearly missed, 1 missed."


def test_days_are_those_of_the_channels_team(organisation: Store) -> None:
    """At noon in London it is the next day in Apia."""
    with organisation.transaction() as tx:
        tx.teams.save([Team("payments", channel="#team-payments", timezone="Pacific/Apia")])
    told = history(ask("history card-auth-a", channel="team-payments"), organisation)
    assert "Wed 25 Nov  95.00%  ❌ missed" in told.blocks[1]["text"]["text"]
    assert told.hint == "days of Apia"
