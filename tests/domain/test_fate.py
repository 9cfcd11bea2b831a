"""What becomes of a notice after a try: a table of every outcome."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.delivery import (
    Ambiguous,
    Barred,
    NotSent,
    Outcome,
    Posted,
    RateLimited,
    Refused,
    Sighting,
    Sightings,
    Sought,
    Unreadable,
)
from domain.fate import LOOKS, MOST_EDITS, MOST_LOOKS, Fate, after_post, after_search
from domain.notice import Content, Notice, NoticeState

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POSTED = Posted("1.1", "C1")
NEW = Notice("key", "#payments", Content("all 7 met"), NOON, attempts=1, first_try_at=NOON, version=3)
STANDING = replace(NEW, ts="1.1", posted_in="C1", posted_version=2)
SOUGHT = replace(NEW, state=NoticeState.AMBIGUOUS, reason="no answer", not_before=NOON)
NOTHING = Sightings("C1", {})


@pytest.mark.parametrize("notice", [NEW, STANDING], ids=["new", "an edit"])
@pytest.mark.parametrize(
    ("outcome", "fate"),
    [
        (POSTED, Fate(NoticeState.SENT, standing=POSTED, version=3)),
        (
            RateLimited(7),
            Fate(
                NoticeState.PENDING,
                "Slack asked to wait 7 s",
                NOON + timedelta(seconds=7),
                rests_channel=True,
            ),
        ),
        (NotSent("stopped", given_back=True), Fate(NoticeState.PENDING, "stopped", NOON)),
        (NotSent("away"), Fate(NoticeState.PENDING, "away", NOON + timedelta(seconds=5))),
        (
            Barred("token_revoked"),
            Fate(NoticeState.PENDING, "Slack lets Steward say nothing (token_revoked)", NOON + MINUTE),
        ),
    ],
)
def test_after_a_post_or_an_edit(notice: Notice, outcome: Outcome, fate: Fate) -> None:
    assert after_post(notice, outcome, at=NOON) == fate


@pytest.mark.parametrize(
    ("notice", "outcome", "fate"),
    [
        pytest.param(
            NEW,
            Refused("invalid_blocks", "block 3"),
            Fate(NoticeState.FAILED, "invalid_blocks: block 3", lost="invalid_blocks"),
            id="refused for good: told",
        ),
        pytest.param(
            STANDING,
            Refused("message_not_found"),
            Fate(NoticeState.SENT, "message_not_found"),
            id="an edit refused: it stays as it stood",
        ),
        pytest.param(
            NEW,
            Ambiguous("reset"),
            Fate(NoticeState.AMBIGUOUS, "reset", NOON + MINUTE),
            id="perhaps posted: looked for after a minute",
        ),
        pytest.param(
            STANDING,
            Ambiguous("reset"),
            Fate(NoticeState.PENDING, "reset", NOON + MINUTE, looks=1),
            id="perhaps edited: edited again, which doubles nothing",
        ),
        pytest.param(
            replace(STANDING, looks=MOST_EDITS - 1),
            Ambiguous("reset"),
            Fate(NoticeState.SENT, "reset"),
            id="an edit that never comes through is left",
        ),
    ],
)
def test_a_post_and_an_edit_differ(notice: Notice, outcome: Outcome, fate: Fate) -> None:
    assert after_post(notice, outcome, at=NOON) == fate


@pytest.mark.parametrize(
    ("notice", "sought", "fate"),
    [
        pytest.param(
            SOUGHT,
            Sightings("C1", {"key": Sighting("9.9", 2), "other": Sighting("8.8", 1)}),
            Fate(NoticeState.SENT, standing=Posted("9.9", "C1"), version=2),
            id="found",
        ),
        pytest.param(
            SOUGHT,
            NOTHING,
            Fate(NoticeState.AMBIGUOUS, "no answer", NOON + MINUTE, looks=1),
            id="not found once: once more",
        ),
        pytest.param(
            replace(SOUGHT, looks=LOOKS - 1),
            NOTHING,
            Fate(NoticeState.PENDING, "posted again: it was not found", looks=LOOKS),
            id="not found twice: posted again",
        ),
        pytest.param(
            replace(SOUGHT, looks=LOOKS - 1, not_after=NOON),
            NOTHING,
            Fate(NoticeState.STALE, "no answer"),
            id="not found twice, and too late by now",
        ),
        pytest.param(
            replace(SOUGHT, looks=MOST_LOOKS - 1),
            NOTHING,
            Fate(NoticeState.FAILED, "never_shown: no answer", lost="never_shown"),
            id="posted often and never shown: given up, and told",
        ),
        pytest.param(
            SOUGHT,
            Sightings("C1", {"key": Sighting("9.9", 3)}, whole=False),
            Fate(NoticeState.SENT, standing=Posted("9.9", "C1"), version=3),
            id="found in what could be read",
        ),
        pytest.param(
            SOUGHT,
            Sightings("C1", {}, whole=False),
            Fate(
                NoticeState.AMBIGUOUS,
                "no answer; its channel cannot be read (too much was said since)",
                lost="ambiguous",
            ),
            id="not in what could be read: nobody can tell",
        ),
        pytest.param(
            SOUGHT,
            Unreadable("missing_scope"),
            Fate(
                NoticeState.AMBIGUOUS,
                "no answer; its channel cannot be read (missing_scope)",
                lost="ambiguous",
            ),
            id="not readable: left as it is, and told",
        ),
        pytest.param(
            replace(SOUGHT, looks=1),
            NotSent("away"),
            Fate(NoticeState.AMBIGUOUS, "no answer", NOON + timedelta(seconds=5), looks=1),
            id="Slack away: the look does not count",
        ),
        pytest.param(
            replace(SOUGHT, looks=1),
            RateLimited(30),
            Fate(NoticeState.AMBIGUOUS, "no answer", NOON + timedelta(seconds=30), looks=1),
            id="asked to wait: the look does not count",
        ),
    ],
)
def test_after_a_search(notice: Notice, sought: Sought, fate: Fate) -> None:
    assert after_search(notice, sought, at=NOON) == fate


@pytest.mark.parametrize(
    ("fate", "is_over"),
    [
        (Fate(NoticeState.FAILED), True),
        (Fate(NoticeState.STALE), True),
        (Fate(NoticeState.AMBIGUOUS), True),
        (Fate(NoticeState.AMBIGUOUS, not_before=NOON), False),
        (Fate(NoticeState.PENDING), False),
        (Fate(NoticeState.SENT), False),
    ],
)
def test_what_takes_its_thread_with_it(fate: Fate, is_over: bool) -> None:
    assert fate.is_over is is_over


@pytest.mark.parametrize(
    "outcome", [RateLimited(7), NotSent("away"), Barred("token_revoked"), Ambiguous("reset")]
)
def test_looks_are_counted_through_all_that_comes_between(outcome: Outcome) -> None:
    assert after_post(replace(NEW, looks=LOOKS), outcome, at=NOON).looks == LOOKS
