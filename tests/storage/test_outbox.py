"""The outbox: said once, edited in place, sent again where that helps."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from domain.delivery import Posted
from domain.fate import Fate
from domain.notice import Content, Notice, NoticeState
from storage.landings import Landed
from storage.outbox import REVIVED, Outbox
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
KEY = "digest:payments:2026-11-24"


def notice(key: str = KEY, channel: str = "#payments") -> Notice:
    return Notice(key, channel, Content(f"about {key}", [{"type": "divider"}]), NOON, "payments")


@contextmanager
def outbox(store: Store) -> Iterator[Outbox]:
    with store.transaction() as tx:
        yield tx.outbox


def land(store: Store, fate: Fate, at: datetime = NOON) -> None:
    """Claim what is due, and let that become of each."""
    with store.transaction() as tx:
        claims = tx.deliveries.claim(by="one", at=at, most=50)
        assert claims
        landed = [Landed(claim, replace(fate, version=claim.notice.version)) for claim in claims]
        assert len(tx.deliveries.record(landed, at=at)) == len(landed)


def state_of(store: Store, key: str = KEY) -> tuple[NoticeState, int, int]:
    """Its state, its version, and the version that stands in Slack."""
    with store.read() as tx:
        found = tx.outbox.by_key(key)
    assert found is not None
    return found.state, found.version, found.posted_version


SENT = Fate(NoticeState.SENT, standing=Posted("1.1", "C1"))


def failed(reason: str) -> Fate:
    return Fate(NoticeState.FAILED, reason, lost=reason)


def test_what_is_saved_is_what_was_said(store: Store) -> None:
    said = Notice(
        key="warning:7:opened",
        channel="C123",
        content=Content("püsh 🎉", [{"type": "divider", "block_id": "x"}]),
        created_at=NOON,
        team="payments",
        state=NoticeState.AMBIGUOUS,
        not_before=NOON + HOUR,
        attempts=3,
        reason="no answer",
        ts="1.000002",
        posted_in="C9",
        thread=KEY,
        internal=False,
        version=4,
        posted_version=3,
        not_after=NOON + 2 * HOUR,
        first_try_at=NOON - HOUR,
        looks=1,
    )
    with outbox(store) as box:
        assert box.add(said)
        assert box.by_key("warning:7:opened") == said
        assert box.all() == [said]
        assert box.waiting() == []
        assert box.by_key("warning:8:opened") is None


def test_a_key_is_saved_once(store: Store) -> None:
    first = notice()
    with outbox(store) as box:
        assert box.add(first)
        assert not box.add(notice(channel="#elsewhere"))
    with outbox(store) as box:
        assert not box.add(first)
        assert box.all() == [first]


def test_a_key_that_another_worker_is_saving_is_waited_for(store: Store) -> None:
    added: list[bool] = []

    def add_too() -> None:
        with outbox(store) as box:
            added.append(box.add(notice()))

    other = Thread(target=add_too)
    with outbox(store) as box:
        assert box.add(notice())
        other.start()
        other.join(timeout=0.2)
        assert added == []
    other.join()
    assert added == [False]


def test_an_edit_of_what_stands_there_waits_to_be_sent(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
    land(store, SENT)
    with outbox(store) as box:
        assert box.edit(KEY, Content("better"))
    assert state_of(store) == (NoticeState.PENDING, 2, 1)
    with store.transaction() as tx:
        [claim] = tx.deliveries.claim(by="one", at=NOON + SECOND, most=1)
    assert (claim.notice.content.text, claim.notice.ts, claim.notice.posted_in) == ("better", "1.1", "C1")


def test_what_changes_nothing_is_no_edit(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
        assert not box.edit(KEY, notice().content)
        assert not box.edit("never said", Content("better"))
    assert state_of(store) == (NoticeState.PENDING, 1, 0)


def test_an_edit_of_what_was_not_sent_yet_is_what_is_sent(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
        box.edit(KEY, Content("better"))
    land(store, SENT)
    assert state_of(store) == (NoticeState.SENT, 2, 2)


def test_an_edit_while_it_is_being_sent_follows_it(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
    with store.transaction() as tx:
        [claim] = tx.deliveries.claim(by="one", at=NOON, most=1)
    with outbox(store) as box:
        box.edit(KEY, Content("better"))
        box.edit(KEY, Content("best"))
    assert state_of(store) == (NoticeState.SENDING, 3, 0)
    with store.transaction() as tx:
        tx.deliveries.record([Landed(claim, replace(SENT, version=1))], at=NOON)
    assert state_of(store) == (NoticeState.PENDING, 3, 1)
    land(store, SENT, NOON + SECOND)
    assert state_of(store) == (NoticeState.SENT, 3, 3)


@pytest.mark.parametrize("state", [NoticeState.FAILED, NoticeState.AMBIGUOUS, NoticeState.STALE])
def test_an_edit_does_not_bring_back_what_was_given_up(store: Store, state: NoticeState) -> None:
    with outbox(store) as box:
        box.add(notice())
    land(store, Fate(state, "lost"))
    with outbox(store) as box:
        box.edit(KEY, Content("better"))
    assert state_of(store) == (state, 2, 0)


def test_what_a_mended_channel_missed_is_sent_again_unless_it_is_too_late(store: Store) -> None:
    fresh = replace(notice("fresh"), not_after=NOON + HOUR)
    old = replace(notice("old", "#shop"), not_after=NOON + SECOND)
    with outbox(store) as box:
        for one in (fresh, old, notice("timeless", "#other"), replace(notice("figures"), thread="fresh")):
            box.add(one)
    land(store, failed("not_in_channel: more about it"))
    with outbox(store) as box:
        assert box.revive(["#shop"], {"not_in_channel"}, at=NOON + 2 * SECOND) == []
        assert box.revive(["other"], {"not_in_channel"}, at=NOON) == []
        assert box.revive(["payments"], {"is_archived"}, at=NOON) == []
        revived = box.revive(["C0PAY", "Payments"], {"not_in_channel"}, at=NOON + 30 * SECOND)
    assert [one.key for one in revived] == ["fresh"]
    assert state_of(store, "fresh")[0] is NoticeState.PENDING
    assert state_of(store, "figures")[0] is NoticeState.PENDING
    with store.transaction() as tx:
        [claim] = tx.deliveries.claim(by="one", at=NOON + HOUR / 2, most=9)
    assert (claim.notice.key, claim.notice.reason) == ("fresh", REVIVED)


def test_what_was_not_delivered_is_listed_without_its_replies(store: Store) -> None:
    figures = replace(notice("figures"), thread=KEY)
    with outbox(store) as box:
        for one in (notice(), figures, notice("undelivered:slm:x", "#slm")):
            box.add(one)
    land(store, failed("is_archived"))
    with store.read() as tx:
        assert [one.key for one in tx.outbox.undelivered(since=NOON)] == [KEY]
        assert tx.outbox.undelivered(since=NOON + SECOND) == []
        assert tx.outbox.unsaid([KEY, "figures", "other"]) == {KEY, "figures"}


def test_what_is_still_looked_for_is_not_lost_yet(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
    land(store, Fate(NoticeState.AMBIGUOUS, "no answer", NOON + HOUR))
    with store.read() as tx:
        assert tx.outbox.undelivered(since=NOON) == []
        assert tx.outbox.unsaid([KEY]) == set()


def test_a_refused_edit_does_not_swallow_a_newer_one(store: Store) -> None:
    with outbox(store) as box:
        box.add(notice())
    land(store, SENT)
    with outbox(store) as box:
        box.edit(KEY, Content("better"))
    with store.transaction() as tx:
        [claim] = tx.deliveries.claim(by="one", at=NOON + SECOND, most=1)
        tx.outbox.edit(KEY, Content("best"))
        tx.deliveries.record([Landed(claim, Fate(NoticeState.SENT, "invalid_blocks"))], at=NOON + SECOND)
    assert state_of(store) == (NoticeState.PENDING, 3, 1)
