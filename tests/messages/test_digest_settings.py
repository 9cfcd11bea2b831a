"""What holds for digests, in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.readers import Reader, ReaderKind, subscriber
from domain.subscription import Subscription
from domain.team import DigestSchedule
from messages.digest_settings import EXAMPLE, Setting, digest_settings
from messages.example import NINE, PAYMENTS
from messages.gallery.small_answers import longest_settings
from messages.message import Message
from tests.messages.conftest import Golden

Lines = Callable[[Message], list[str]]


def setting(schedule: DigestSchedule, kind: ReaderKind = ReaderKind.TEAM) -> Setting:
    return replace(EXAMPLE[0], reader=Reader(kind, replace(PAYMENTS, digest=schedule)))


def test_the_example(golden: Golden, lines: Lines) -> None:
    message = digest_settings(EXAMPLE)
    golden("digest_settings", message)
    assert message.text == "Digest of payments team: next Wed 25 Nov 09:00."
    assert lines(message) == [
        "*Digest of payments team*",
        "Every working day at `09:00`, Berlin time",
        "Next: Wed 25 Nov `09:00`",
    ]


@pytest.mark.parametrize(
    ("schedule", "rhythm"),
    [
        (DigestSchedule(time(8, 30), frozenset(range(5))), "Mon to Fri at `08:30`, Berlin time"),
        (DigestSchedule(days=frozenset(range(7))), "Every day at `09:00`, Berlin time"),
        (DigestSchedule(days=frozenset({0})), "On Mon at `09:00`, Berlin time"),
        (DigestSchedule(days=frozenset({2, 0})), "On Mon, Wed at `09:00`, Berlin time"),
        (DigestSchedule(days=frozenset()), "On no day at `09:00`, Berlin time"),
    ],
)
def test_rhythms(schedule: DigestSchedule, rhythm: str, lines: Lines) -> None:
    assert lines(digest_settings([setting(schedule)]))[1] == rhythm


def test_off_says_how_to_get_it_back(lines: Lines) -> None:
    message = digest_settings([setting(DigestSchedule(off=True))], command="/levels")
    assert message.text == "Digest of payments team: off."
    assert lines(message)[1:] == [
        "Off. It came every working day at `09:00`, Berlin time.",
        "On again: `/levels digest on`",
    ]


def test_when_the_next_one_comes(lines: Lines) -> None:
    due, never = (replace(EXAMPLE[0], next_at=at) for at in (NINE, None))
    assert [lines(digest_settings([one]))[-1] for one in (due, never)] == [
        "Next: in a moment",
        "Next: none in the next two months",
    ]


def test_several_digests_of_a_channel_and_what_they_are_about(lines: Lines) -> None:
    names = tuple(f"team:team-{n}" for n in range(20))
    subscribed = replace(EXAMPLE[0], reader=subscriber(Subscription("C1", "U1", NINE, names)))
    told = lines(
        digest_settings([replace(setting(DigestSchedule(), ReaderKind.MANAGERS), changed=True), subscribed])
    )
    assert told[0] == "*Roll-up for payments team*"
    assert told[3:5] == ["*Roll-up for this channel*", "About team:team-0, team:team-1, team:team-2"]
    assert "8 more" in "\n".join(told)


def test_a_changed_team_is_no_longer_as_its_file_says() -> None:
    changed = digest_settings([replace(EXAMPLE[0], changed=True)])
    assert changed.hint == "`steward plan` shows the change"
    mine = Setting(
        subscriber(Subscription("U1", "U1", NINE)), NINE, NINE + timedelta(days=1), True, here=False
    )
    assert digest_settings([mine]).hint == ""
    assert digest_settings([mine]).text.startswith("Roll-up for you: next Wed 25 Nov 08:00")


def test_hostile_names_only_are_long(golden: Golden) -> None:
    message = digest_settings(longest_settings())
    golden("digest_settings_longest", message)
    assert "<" not in message.text + str(message.blocks)
