"""The first words in a channel."""

from dataclasses import replace

import pytest

from domain.team import DigestSchedule, Team, TeamKind
from messages.example import PAYMENTS
from messages.gallery.shown import HOSTILE
from messages.gallery.small_answers import RETAIL, longest_greeting
from messages.greeting import EXAMPLE, Greeting, greeting
from tests.messages.conftest import Golden


def test_in_a_teams_channel(golden: Golden) -> None:
    golden("greeting", greeting(EXAMPLE))


def test_in_a_channel_of_no_team(golden: Golden) -> None:
    golden("greeting_no_team", greeting(Greeting("random"), command="/levels"))


def test_where_outsiders_read(golden: Golden) -> None:
    golden("greeting_shared", greeting(Greeting("retail-levels", (RETAIL, PAYMENTS), shared=True)))
    golden("greeting_shared_nobody", greeting(Greeting(shared=True)))


def test_without_definitions(golden: Golden) -> None:
    golden("greeting_undefined", greeting(Greeting("random", defined=False)))


def test_hostile_names(golden: Golden) -> None:
    message = greeting(longest_greeting())
    golden("greeting_longest", message)
    greeting(Greeting("&" * 99, [Team("&" * 99, kind) for kind in TeamKind] * 9, shared=True))
    assert "<!" not in str(message.blocks)
    assert "<!" not in str(greeting(Greeting(HOSTILE)).blocks)


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        (DigestSchedule(), "payments team's digest comes here at `09:00` (Berlin) on working days."),
        (DigestSchedule(days=frozenset({0, 2})), "on Mon, Wed."),
        (DigestSchedule(days=frozenset(range(7))), "every day."),
        (DigestSchedule(days=frozenset()), "It gets no digest."),
        (DigestSchedule(off=True), "It gets no digest."),
    ],
)
def test_when_the_digest_comes(schedule: DigestSchedule, told: str) -> None:
    message = greeting(Greeting("x", (replace(PAYMENTS, digest=schedule),)))
    assert message.text.endswith(told)
