"""Deliveries: claimed by one worker, at Slack's pace, recorded by who holds them, looked for together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine

from domain.delivery import Posted
from domain.fate import Fate
from domain.notice import LEASE, Claim, Content, Notice, NoticeState
from domain.pacing import EDITS, LOOKS, WORKSPACE
from storage.deliveries import TOO_LATE, Deliveries
from storage.landings import Landed
from storage.outbox import WITHOUT_PARENT
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
KEY = "digest:payments:2026-11-24"
SENT = Fate(NoticeState.SENT, standing=Posted("1.1", "C1"), version=1)
FAILED = Fate(NoticeState.FAILED, "not_in_channel", lost="not_in_channel")
LOST_SIGHT = Fate(NoticeState.AMBIGUOUS, "no answer", NOON + MINUTE)
STALE = Fate(NoticeState.STALE, "no answer")
GIVEN_UP = Fate(NoticeState.AMBIGUOUS, "its channel cannot be read", lost="ambiguous")

Add = Callable[..., None]


def notice(key: str = KEY, channel: str = "#payments", **more: datetime) -> Notice:
    return Notice(key, channel, Content(f"about {key}", [{"type": "divider"}]), NOON, "payments", **more)  # type: ignore[arg-type]


def reply(key: str, to: str = KEY) -> Notice:
    return replace(notice(key), thread=to)


@pytest.fixture
def add(store: Store) -> Add:
    def add(*notices: Notice) -> None:
        with store.transaction() as tx:
            assert all(tx.outbox.add(one) for one in notices)

    return add


@contextmanager
def deliveries(store: Store) -> Iterator[Deliveries]:
    with store.transaction() as tx:
        yield tx.deliveries


def claim(store: Store, at: datetime = NOON, *, by: str = "one", most: int = 50) -> list[Claim]:
    with deliveries(store) as found:
        return found.claim(by=by, at=at, most=most)


def record(store: Store, held: Claim, fate: Fate, at: datetime = NOON) -> bool:
    """Whether it was still held."""
    with deliveries(store) as found:
        return bool(found.record([Landed(held, fate)], at=at))


def sought(store: Store, at: datetime, *, by: str = "one", most: int = 10) -> list[list[str]]:
    with deliveries(store) as found:
        return [keys(group) for group in found.sought(by=by, at=at, most=most)]


def keys(claims: list[Claim]) -> list[str]:
    return [one.notice.key for one in claims]


def next_due(store: Store, at: datetime) -> datetime | None:
    with store.read() as tx:
        return tx.deliveries.next_due(at=at)


def states(store: Store) -> dict[str, NoticeState]:
    with store.read() as tx:
        return {one.key: one.state for one in tx.outbox.all()}


def test_workspaces_do_not_see_each_other(store: Store) -> None:
    store.ensure_workspace("other")
    with store.transaction("other") as tx:
        tx.outbox.add(notice())
    assert claim(store) == []
    assert next_due(store, NOON) is None
    with store.transaction() as tx:
        assert tx.outbox.add(notice())
    assert len(claim(store)) == 1
    with store.transaction("other") as tx:
        assert len(tx.deliveries.claim(by="one", at=NOON, most=9)) == 1


def test_a_claim_takes_the_oldest_of_each_channel(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"), notice("b2", "#b"))
    [first, second] = claim(store)
    assert keys([first, second]) == ["a1", "b1"]
    assert (first.by, first.notice.state, first.notice.attempts) == ("one", NoticeState.SENDING, 1)
    assert first.notice.first_try_at == NOON
    assert claim(store) == []


def test_a_claim_takes_no_more_than_asked(store: Store, add: Add) -> None:
    add(*(notice(f"{number}", f"#{number}") for number in range(5)))
    assert len(claim(store, most=3)) == 3
    assert len(claim(store, most=3)) == 2


def test_a_channel_takes_one_message_a_second(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("a3", "#a"))
    [first] = claim(store)
    assert record(store, first, SENT, NOON + 0.3 * SECOND)
    assert next_due(store, NOON + 0.3 * SECOND) == NOON + 1.3 * SECOND
    assert claim(store, NOON + 1.2 * SECOND) == []
    [second] = claim(store, NOON + 1.3 * SECOND)
    assert second.notice.key == "a2"


def test_a_channel_waits_for_the_one_being_sent(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"))
    claim(store)
    assert claim(store, NOON + LEASE - SECOND, by="two") == []
    assert next_due(store, NOON + LEASE - SECOND) == NOON + LEASE


def test_nothing_before_its_time_and_nothing_held_up_by_it(store: Store, add: Add) -> None:
    add(notice("held", "#a", not_before=NOON + HOUR), notice("free", "#a"))
    assert next_due(store, NOON) == NOON
    assert keys(claim(store)) == ["free"]
    assert keys(claim(store, NOON + HOUR)) == ["held"]


def test_next_due_waits_for_the_earliest(store: Store, add: Add) -> None:
    assert next_due(store, NOON) is None
    add(notice("later", "#a", not_before=NOON + HOUR), notice("sooner", "#b", not_before=NOON + MINUTE))
    assert next_due(store, NOON) == NOON + MINUTE
    assert next_due(store, NOON + 2 * MINUTE) == NOON + 2 * MINUTE


@pytest.mark.parametrize("fate", [SENT, FAILED, LOST_SIGHT, Fate(NoticeState.PENDING, "away", NOON + MINUTE)])
def test_only_who_holds_it_says_what_became_of_it(store: Store, add: Add, fate: Fate) -> None:
    add(notice())
    [held] = claim(store)
    assert not record(store, Claim(held.id, "two", held.notice), fate)
    assert record(store, held, fate)
    assert not record(store, held, fate)
    assert states(store) == {KEY: fate.state}


def test_of_many_outcomes_those_of_lost_claims_change_nothing(store: Store, add: Add) -> None:
    add(notice("a", "#a"), notice("b", "#b"), notice("c", "#c"))
    [a, b, c] = claim(store)
    with deliveries(store) as found:
        landed = [Landed(a, SENT), Landed(Claim(b.id, "two", b.notice), SENT), Landed(c, FAILED)]
        assert [one.claim for one in found.record(landed, at=NOON)] == [a, c]
    assert states(store) == {"a": NoticeState.SENT, "b": NoticeState.SENDING, "c": NoticeState.FAILED}


def test_what_was_sent_is_remembered(store: Store, add: Add) -> None:
    add(notice())
    [held] = claim(store)
    record(store, held, replace(SENT, standing=Posted("1732.000100", "C0000001")))
    with store.read() as tx:
        [sent] = tx.outbox.all()
    assert (sent.ts, sent.posted_in, sent.reason) == ("1732.000100", "C0000001", None)
    assert next_due(store, NOON + HOUR) is None
    assert claim(store, NOON + HOUR) == []


def test_a_retried_notice_comes_before_later_ones(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"))
    [held, _] = claim(store)
    asked = Fate(NoticeState.PENDING, "Slack asked to wait", NOON + 30 * SECOND, rests_channel=True)
    assert record(store, held, asked)
    assert claim(store, NOON + 29 * SECOND) == []
    [again] = claim(store, NOON + 30 * SECOND)
    assert (again.notice.key, again.notice.attempts) == ("a1", 2)
    assert (again.notice.reason, again.notice.first_try_at) == ("Slack asked to wait", NOON)


def test_one_that_only_fails_holds_up_nobody(store: Store, add: Add) -> None:
    add(notice("poisoned", "#a"), notice("a2", "#a"))
    [held] = claim(store)
    assert record(store, held, Fate(NoticeState.PENDING, "away", NOON + MINUTE))
    assert keys(claim(store, NOON + SECOND)) == ["a2"]


def test_what_became_too_late_while_it_waited_is_not_claimed(store: Store, add: Add) -> None:
    add(notice(not_after=NOON + HOUR))
    assert claim(store, NOON + HOUR) == []
    assert next_due(store, NOON + HOUR) is None


def test_a_reply_makes_nothing_due_before_its_message_stands(store: Store, add: Add) -> None:
    add(notice(), reply("figures"))
    [first] = claim(store)
    record(store, first, LOST_SIGHT)
    assert next_due(store, NOON + 2 * SECOND) == NOON + MINUTE


def test_a_retry_from_before_the_clock_was_set_back_is_due(store: Store, add: Add) -> None:
    add(notice())
    [held] = claim(store)
    record(store, held, Fate(NoticeState.PENDING, "away", NOON + MINUTE))
    assert next_due(store, NOON - 5 * HOUR) == NOON - 5 * HOUR
    assert keys(claim(store, NOON - 5 * HOUR)) == [KEY]


def test_a_lease_ends(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"))
    [held] = claim(store)
    with deliveries(store) as found:
        assert found.expired(at=NOON + LEASE - SECOND) == []
        [expired] = found.expired(at=NOON + LEASE)
    assert next_due(store, NOON + LEASE - SECOND) == NOON + LEASE
    assert (expired.id, expired.by) == (held.id, held.by)
    assert record(store, expired, LOST_SIGHT, NOON + LEASE)
    assert not record(store, held, SENT, NOON + LEASE)
    assert keys(claim(store, NOON + LEASE + SECOND)) == ["a2"]


def test_a_clock_set_back_silences_nothing(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"), notice("c1", "#c"), notice("d1", "#d"))
    [first, _, third, fourth] = claim(store)
    record(store, first, SENT)
    record(store, third, Fate(NoticeState.PENDING, "away", NOON + MINUTE))
    record(store, fourth, LOST_SIGHT)
    with deliveries(store) as found:
        found.paces.rest([WORKSPACE], NOON + MINUTE)
    yesterday = NOON - 24 * HOUR
    assert next_due(store, yesterday) == yesterday
    assert keys(claim(store, yesterday)) == ["a2", "c1"]
    assert sought(store, yesterday) == [["d1"]]
    with deliveries(store) as found:
        assert keys(found.expired(at=yesterday)) == ["b1"]


def test_two_workers_never_claim_the_same(engine: Engine, store: Store, add: Add) -> None:
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


def test_a_channel_that_another_worker_is_claiming_is_passed_over(store: Store, add: Add) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one worker claim at a time")
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"))
    with deliveries(store) as mine, deliveries(store) as theirs:
        assert keys(mine.claim(by="one", at=NOON, most=1)) == ["a1"]
        assert keys(theirs.claim(by="two", at=NOON, most=9)) == ["b1"]


def test_a_reply_waits_until_its_message_stands(store: Store, add: Add) -> None:
    add(reply("figures"), notice())
    [first] = claim(store)
    assert keys([first]) == [KEY]
    assert claim(store, NOON + SECOND) == []
    record(store, first, replace(SENT, standing=Posted("7.000001", "C7")), NOON + SECOND)
    [second] = claim(store, NOON + 2 * SECOND)
    assert (keys([second]), second.thread_ts) == (["figures"], "7.000001")


def test_a_reply_waits_while_its_message_is_looked_for(store: Store, add: Add) -> None:
    add(notice(), reply("figures"))
    [first] = claim(store)
    record(store, first, LOST_SIGHT)
    assert claim(store, NOON + SECOND) == []
    assert states(store)["figures"] is NoticeState.PENDING


@pytest.mark.parametrize("fate", [FAILED, GIVEN_UP, STALE])
def test_without_its_message_a_reply_is_given_up(store: Store, add: Add, fate: Fate) -> None:
    add(notice(), reply("figures"), notice("other"), reply("more", to="other"))
    [first] = claim(store)
    assert record(store, first, fate)
    with store.read() as tx:
        figures, more = tx.outbox.by_key("figures"), tx.outbox.by_key("more")
    assert figures is not None
    assert (figures.state, figures.reason) == (NoticeState.FAILED, WITHOUT_PARENT)
    assert more is not None
    assert more.state is NoticeState.PENDING


def test_what_is_too_late_is_not_said(store: Store, add: Add) -> None:
    add(notice(not_after=NOON + HOUR), reply("figures"), notice("fresh", not_after=NOON + 2 * HOUR))
    with deliveries(store) as found:
        assert not found.has_stale(at=NOON + HOUR - SECOND)
        assert found.has_stale(at=NOON + HOUR)
        assert found.drop_stale(at=NOON + HOUR) == [KEY]
    assert states(store) == {
        KEY: NoticeState.STALE,
        "figures": NoticeState.FAILED,
        "fresh": NoticeState.PENDING,
    }
    with store.read() as tx:
        dropped = tx.outbox.by_key(KEY)
    assert dropped is not None
    assert dropped.reason == TOO_LATE


def test_what_stands_there_is_edited_however_late(store: Store, add: Add) -> None:
    add(notice(not_after=NOON + HOUR))
    [first] = claim(store)
    record(store, first, SENT)
    with store.transaction() as tx:
        tx.outbox.edit(KEY, Content("over"))
        assert not tx.deliveries.has_stale(at=NOON + 2 * HOUR)


def test_when_the_workspace_rests_nothing_is_claimed(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("b1", "#b"))
    [_, second] = claim(store)
    record(store, second, LOST_SIGHT)
    add(notice("c1", "#c"))
    with deliveries(store) as found:
        found.paces.rest([WORKSPACE], NOON + 5 * MINUTE)
    assert (claim(store, NOON + 2 * MINUTE), sought(store, NOON + 2 * MINUTE)) == ([], [])
    assert next_due(store, NOON + 2 * MINUTE) == NOON + 5 * MINUTE
    assert keys(claim(store, NOON + 5 * MINUTE)) == ["c1"]


def test_edits_go_at_the_pace_of_their_method(store: Store, add: Add) -> None:
    number = EDITS.burst + 5
    add(*(notice(f"{one:02}", f"#{one:02}") for one in range(number)))
    for held in claim(store):
        record(store, held, SENT)
    with store.transaction() as tx:
        for one in range(number):
            tx.outbox.edit(f"{one:02}", Content("better"))
        tx.outbox.add(notice("a post", "#other"))
    first = claim(store, NOON + MINUTE)
    assert len(first) == EDITS.burst + 1
    assert "a post" in keys(first)
    assert claim(store, NOON + MINUTE) == []
    assert len(claim(store, NOON + MINUTE + 2 * EDITS.interval)) == 2


def test_edits_that_wait_for_their_pace_hold_up_no_post(store: Store, add: Add) -> None:
    add(*(notice(f"{one:02}", f"#{one:02}") for one in range(60)))
    for at in (NOON, NOON + SECOND):
        for held in claim(store, at):
            record(store, held, SENT, at)
    with store.transaction() as tx:
        for one in range(60):
            tx.outbox.edit(f"{one:02}", Content("better"))
    claim(store, NOON + MINUTE)
    add(notice("a post", "#zz"))
    assert "a post" in keys(claim(store, NOON + MINUTE, most=5))


def test_a_short_rest_does_not_end_a_long_one(store: Store, add: Add) -> None:
    add(notice())
    with deliveries(store) as found:
        found.paces.rest_workspace(NOON + 5 * MINUTE, at=NOON)
        found.paces.rest_workspace(NOON + SECOND, at=NOON)
    assert next_due(store, NOON) == NOON + 5 * MINUTE


def test_what_may_stand_in_one_channel_is_looked_for_together(store: Store, add: Add) -> None:
    add(notice("a1", "#a"), notice("a2", "#a"), notice("b1", "#b"), notice("later", "#b"))
    for second in range(2):
        for held in claim(store, NOON + second * SECOND):
            lost = LOST_SIGHT if held.notice.key != "later" else replace(LOST_SIGHT, not_before=NOON + HOUR)
            record(store, held, lost)
    assert sought(store, NOON + MINUTE - SECOND) == []
    assert next_due(store, NOON + 2 * SECOND) == NOON + MINUTE
    assert sought(store, NOON + MINUTE, most=1) == [["a1", "a2"]]
    assert sought(store, NOON + MINUTE, by="two") == [["b1"]]
    assert sought(store, NOON + MINUTE) == []


def test_a_look_whose_worker_died_is_taken_over(store: Store, add: Add) -> None:
    add(notice())
    [held] = claim(store)
    record(store, held, LOST_SIGHT)
    assert sought(store, NOON + MINUTE) == [[KEY]]
    with deliveries(store) as found:
        [[taken]] = found.sought(by="two", at=NOON + MINUTE + LEASE, most=1)
    assert not record(store, replace(taken, by="one"), SENT, NOON + MINUTE + LEASE)
    assert record(store, taken, SENT, NOON + MINUTE + LEASE)


def test_looks_go_at_the_pace_of_their_method(store: Store, add: Add) -> None:
    number = LOOKS.burst + 5
    add(*(notice(f"{one:02}", f"#{one:02}") for one in range(number)))
    for held in claim(store):
        record(store, held, LOST_SIGHT)
    assert len(sought(store, NOON + MINUTE, most=100)) == LOOKS.burst
    assert sought(store, NOON + MINUTE, most=100) == []
    assert len(sought(store, NOON + MINUTE + LOOKS.interval, most=100)) == 1


def test_a_reply_is_looked_for_in_its_thread(store: Store, add: Add) -> None:
    add(notice(), reply("figures"))
    [first] = claim(store)
    record(store, first, replace(SENT, standing=Posted("7.000001", "C7")))
    [second] = claim(store, NOON + SECOND)
    record(store, second, LOST_SIGHT)
    with deliveries(store) as found:
        [[held]] = found.sought(by="one", at=NOON + MINUTE, most=1)
    assert (held.notice.key, held.thread_ts) == ("figures", "7.000001")
