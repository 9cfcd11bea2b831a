"""The outbox: said once, claimed once, at Slack's pace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from domain.notice import LEASE, Claim, Content, Notice, NoticeState
from storage.outbox import WITHOUT_PARENT, Outbox
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def notice(key: str = "digest:payments:2026-11-24", channel: str = "#payments", **more: datetime) -> Notice:
    return Notice(key, channel, Content(f"about {key}", [{"type": "divider"}]), NOON, "payments", **more)  # type: ignore[arg-type]


@pytest.fixture
def add(store: Store) -> Callable[..., None]:
    def add(*notices: Notice) -> None:
        with store.transaction() as tx:
            assert all(tx.outbox.add(one) for one in notices)

    return add


@contextmanager
def outbox(store: Store) -> Iterator[Outbox]:
    with store.transaction() as tx:
        yield tx.outbox


def claim(store: Store, at: datetime = NOON, *, by: str = "one", most: int = 50) -> list[Claim]:
    with outbox(store) as box:
        return box.claim(by=by, at=at, most=most)


def keys(claims: list[Claim]) -> list[str]:
    return [one.notice.key for one in claims]


def next_due(store: Store, at: datetime) -> datetime | None:
    with store.read() as tx:
        return tx.outbox.next_due(at=at)


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
        thread="digest:payments:2026-11-24",
        internal=False,
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


def test_workspaces_do_not_see_each_other(store: Store) -> None:
    store.ensure_workspace("other")
    with store.transaction("other") as tx:
        tx.outbox.add(notice())
    assert claim(store) == []
    assert next_due(store, NOON) is None
    with outbox(store) as box:
        assert box.add(notice())
    assert len(claim(store)) == 1
    with store.transaction("other") as tx:
        assert len(tx.outbox.claim(by="one", at=NOON, most=9)) == 1


def test_a_claim_takes_the_oldest_of_each_channel(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"), notice("b2", "#b"))
    [first, second] = claim(store)
    assert keys([first, second]) == ["a1", "b1"]
    assert (first.by, first.notice.state, first.notice.attempts) == ("one", NoticeState.SENDING, 1)
    assert claim(store) == []


def test_a_claim_takes_no_more_than_asked(store: Store, add: Callable[..., None]) -> None:
    add(*(notice(f"{number}", f"#{number}") for number in range(5)))
    assert len(claim(store, most=3)) == 3
    assert len(claim(store, most=3)) == 2


def test_a_channel_takes_one_message_a_second(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("a3", "#a"))
    [first] = claim(store)
    with outbox(store) as box:
        assert box.sent(first, "1.1", "C1", at=NOON + 0.3 * SECOND)
    assert next_due(store, NOON + 0.3 * SECOND) == NOON + 1.3 * SECOND
    assert claim(store, NOON + 1.2 * SECOND) == []
    [second] = claim(store, NOON + 1.3 * SECOND)
    assert second.notice.key == "a2"


def test_a_channel_waits_for_the_one_being_sent(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"))
    claim(store)
    assert claim(store, NOON + MINUTE, by="two") == []
    assert next_due(store, NOON + MINUTE) == NOON + LEASE


def test_nothing_before_its_time_and_nothing_held_up_by_it(store: Store, add: Callable[..., None]) -> None:
    add(notice("held", "#a", not_before=NOON + HOUR), notice("free", "#a"))
    assert next_due(store, NOON) == NOON
    assert keys(claim(store)) == ["free"]
    assert keys(claim(store, NOON + HOUR)) == ["held"]


def test_next_due_waits_for_the_earliest(store: Store, add: Callable[..., None]) -> None:
    assert next_due(store, NOON) is None
    add(notice("later", "#a", not_before=NOON + HOUR), notice("sooner", "#b", not_before=NOON + MINUTE))
    assert next_due(store, NOON) == NOON + MINUTE
    assert next_due(store, NOON + 2 * MINUTE) == NOON + 2 * MINUTE


@pytest.mark.parametrize(
    ("finish", "state"),
    [
        (lambda box, one: box.sent(one, "1.1", "C1", at=NOON), NoticeState.SENT),
        (lambda box, one: box.failed(one, "not_in_channel", at=NOON), NoticeState.FAILED),
        (lambda box, one: box.ambiguous(one, "no answer", at=NOON), NoticeState.AMBIGUOUS),
        (lambda box, one: box.retry_at(one, NOON + MINUTE, "away"), NoticeState.PENDING),
    ],
    ids=["sent", "failed", "ambiguous", "retry"],
)
def test_only_who_holds_it_says_what_became_of_it(
    store: Store,
    add: Callable[..., None],
    finish: Callable[[Outbox, Claim], bool],
    state: NoticeState,
) -> None:
    add(notice())
    [held] = claim(store)
    with outbox(store) as box:
        assert not finish(box, Claim(held.id, "two", held.notice))
        assert finish(box, held)
        assert not finish(box, held)
        assert [one.state for one in box.all()] == [state]


def test_what_was_sent_is_remembered(store: Store, add: Callable[..., None]) -> None:
    add(notice())
    [held] = claim(store)
    with outbox(store) as box:
        box.sent(held, "1732.000100", "C0000001", at=NOON)
        [sent] = box.all()
    assert (sent.ts, sent.posted_in, sent.reason) == ("1732.000100", "C0000001", None)
    assert next_due(store, NOON + HOUR) is None
    assert claim(store, NOON + HOUR) == []


def test_a_retried_notice_comes_before_later_ones(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"))
    [held, _] = claim(store)
    with outbox(store) as box:
        assert box.retry_at(held, NOON + 30 * SECOND, "Slack asked to wait")
    assert claim(store, NOON + 29 * SECOND) == []
    [again] = claim(store, NOON + 30 * SECOND)
    assert (again.notice.key, again.notice.attempts) == ("a1", 2)
    assert again.notice.reason == "Slack asked to wait"


def test_a_lease_ends(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"))
    [held] = claim(store)
    with outbox(store) as box:
        assert box.expired(at=NOON + LEASE - SECOND) == []
        assert next_due(store, NOON + LEASE - SECOND) == NOON + LEASE
        [expired] = box.expired(at=NOON + LEASE)
        assert (expired.id, expired.by) == (held.id, held.by)
        assert box.ambiguous(expired, "its worker stopped", at=NOON + LEASE)
        assert not box.sent(held, "1.1", "C1", at=NOON + LEASE)
    assert keys(claim(store, NOON + LEASE + SECOND)) == ["a2"]


def test_a_clock_set_back_silences_nothing(store: Store, add: Callable[..., None]) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"))
    [first, _] = claim(store)
    with outbox(store) as box:
        box.sent(first, "1.1", "C1", at=NOON)
    yesterday = NOON - 24 * HOUR
    assert next_due(store, yesterday) == yesterday
    assert keys(claim(store, yesterday)) == ["a2"]
    with outbox(store) as box:
        assert keys(box.expired(at=yesterday)) == ["b1"]


def test_two_workers_never_claim_the_same(engine: Engine, store: Store, add: Callable[..., None]) -> None:
    add(*(notice(f"{channel}-{number}", f"#{channel}") for channel in range(20) for number in range(3)))
    claimed: list[Claim] = []
    both = Barrier(2)

    def work(by: str) -> None:
        both.wait()
        for _ in range(10):
            claimed.extend(claim(store, by=by, most=3))

    workers = [Thread(target=work, args=[by]) for by in ("one", "two")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(keys(claimed)) == sorted(f"{channel}-0" for channel in range(20))


def test_a_channel_that_another_worker_is_claiming_is_passed_over(
    store: Store, add: Callable[..., None]
) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one worker claim at a time")
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"))
    with outbox(store) as mine, outbox(store) as theirs:
        assert keys(mine.claim(by="one", at=NOON, most=1)) == ["a1"]
        assert keys(theirs.claim(by="two", at=NOON, most=9)) == ["b1"]


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


def reply(key: str, to: str = "digest:payments:2026-11-24") -> Notice:
    return replace(notice(key), thread=to)


def test_a_reply_waits_until_its_message_stands(store: Store, add: Callable[..., None]) -> None:
    add(reply("figures"), notice())
    (first,) = claim(store)
    assert keys([first]) == ["digest:payments:2026-11-24"]
    assert claim(store, NOON + SECOND) == []
    with outbox(store) as box:
        box.sent(first, "7.000001", "C7", at=NOON + SECOND)
    (second,) = claim(store, NOON + 2 * SECOND)
    assert (keys([second]), second.thread_ts) == (["figures"], "7.000001")


@pytest.mark.parametrize("lost", [Outbox.failed, Outbox.ambiguous])
def test_without_its_message_a_reply_is_given_up(
    store: Store, add: Callable[..., None], lost: Callable[..., bool]
) -> None:
    add(notice(), reply("figures"), notice("other"), reply("more", to="other"))
    (first,) = claim(store)
    with outbox(store) as box:
        assert lost(box, first, "is_archived", at=NOON)
        figures, more = box.by_key("figures"), box.by_key("more")
    assert figures is not None
    assert (figures.state, figures.reason) == (NoticeState.FAILED, WITHOUT_PARENT)
    assert more is not None
    assert more.state is NoticeState.PENDING


def test_what_was_not_delivered_is_listed_without_its_replies(store: Store, add: Callable[..., None]) -> None:
    add(notice(), reply("figures"), notice("undelivered:slm:x", "#slm"), notice("fine", "#fine"))
    for one in claim(store):
        with outbox(store) as box:
            if one.notice.key == "fine":
                box.sent(one, "1.0", "C1", at=NOON)
            else:
                box.failed(one, "is_archived", at=NOON)
    with store.read() as tx:
        lost = tx.outbox.undelivered(since=NOON)
        assert [one.key for one in lost] == ["digest:payments:2026-11-24"]
        assert tx.outbox.undelivered(since=NOON + SECOND) == []
