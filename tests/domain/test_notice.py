"""Notices and their delivery: the rules."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.delivery import NotSent, RateLimited, Refused
from domain.fate import wait_before_retry
from domain.notice import Content, Notice
from domain.team import Team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "seconds"),
    [(0, 5), (1, 5), (2, 10), (3, 20), (6, 160), (7, 300), (8, 300), (1_000_000, 300)],
)
def test_waits_longer_the_longer_slack_is_away(attempts: int, seconds: int) -> None:
    assert wait_before_retry(NotSent("away"), attempts=attempts) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        pytest.param(30, timedelta(seconds=30), id="as Slack asks"),
        pytest.param(0, timedelta(seconds=1), id="never at once"),
        pytest.param(86_400, timedelta(minutes=30), id="never so long that it looks like a clock set back"),
    ],
)
def test_waits_as_slack_asks(asked: int, waits: timedelta) -> None:
    assert wait_before_retry(RateLimited(asked), attempts=9) == waits


def test_a_refusal_is_told_with_slacks_detail() -> None:
    assert Refused("invalid_blocks", "block 3").reason == "invalid_blocks: block 3"
    assert Refused("not_in_channel").reason == "not_in_channel"


def test_the_loss_of_a_notice_about_a_loss_makes_no_other() -> None:
    lost = Notice("digest:payments:2026-11-24", "#payments", Content("payments"), NOON, "payments")
    managers = Team("slm", channel="#slm", arbitrates=True)
    told = Notice.undelivered(NOON.date(), team=managers, content=Content("Not delivered"), at=NOON)
    assert (told.key, told.channel, told.team) == ("undelivered:slm:2026-11-24", "#slm", "slm")
    assert told.created_at == NOON
    assert told.tells_of_a_loss
    assert not lost.tells_of_a_loss
