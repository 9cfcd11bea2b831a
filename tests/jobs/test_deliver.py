"""Delivery: everything is said, at Slack's pace, and nothing twice."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace

import pytest

from connectors.slack import SlackPoster
from domain.delivery import Outcome, Outgoing, Posted
from domain.notice import LEASE, Content, Notice, NoticeState
from jobs import deliver
from jobs.job import Context, Poster
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, organise
from tests.fakes.slack_server import HANG, RESET, Answer, PlayedSlack, closed_port, faulty_slack
from tests.jobs.conftest import NOON

MakeContext = Callable[..., Context]


def say(store: Store, *said: tuple[str, str], blocks: Sequence[dict[str, object]] = ()) -> None:
    """Put messages into the outbox: (channel, text); the text is the key too."""
    with store.transaction() as tx:
        for channel, text in said:
            assert tx.outbox.add(Notice(text, channel, Content(text, list(blocks)), NOON, "payments"))


def states(store: Store) -> dict[str, NoticeState]:
    with store.read() as tx:
        return {notice.key: notice.state for notice in tx.outbox.all()}


def reason(store: Store, key: str) -> str | None:
    with store.read() as tx:
        notice = tx.outbox.by_key(key)
    assert notice
    return notice.reason


def test_a_notice_is_posted_and_remembered(store: Store, slack: PlayedSlack, context: MakeContext) -> None:
    say(store, ("#payments", "all 7 met"))
    deliver.run(context())
    deliver.run(context())
    [message] = slack.messages("payments")
    with store.read() as tx:
        [notice] = tx.outbox.all()
    assert (notice.state, notice.ts, notice.posted_in) == (NoticeState.SENT, message["ts"], "C0000001")


def test_a_second_for_each_message_of_a_channel(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"), ("#payments", "two"), ("#payments", "three"), ("#shop", "four"))
    deliver.run(context())
    assert (slack.said("payments"), slack.said("shop")) == (["one"], ["four"])
    clock.advance(seconds=1)
    deliver.run(context())
    assert slack.said("payments") == ["one", "two"]


def test_draining_waits_for_the_pace(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"), ("#payments", "two"), ("#payments", "three"))
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one", "two", "three"]
    assert clock.slept == [1, 1]


def test_draining_does_not_wait_for_long(store: Store, clock: MovableClock, context: MakeContext) -> None:
    later = Notice(
        "later", "#payments", Content("later"), NOON, not_before=clock.now() + 2 * deliver.PATIENCE
    )
    with store.transaction() as tx:
        tx.outbox.add(later)
    deliver.run(context(drain=True))
    assert (states(store), clock.slept) == ({"later": NoticeState.PENDING}, [])


def test_without_slack_notices_wait(store: Store, context: MakeContext) -> None:
    say(store, ("#payments", "one"))
    deliver.run(replace(context(drain=True), poster=None))
    assert states(store) == {"one": NoticeState.PENDING}


def test_what_slack_refuses_is_told_to_the_managers(
    store: Store, slack: PlayedSlack, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    slack.kick("payments")
    say(store, ("#payments", "R&amp;D team: all 7 met"), ("#shop", "all 5 met"))
    deliver.run(context(drain=True))
    assert states(store)["R&amp;D team: all 7 met"] is NoticeState.FAILED
    assert reason(store, "R&amp;D team: all 7 met") == "not_in_channel"
    assert slack.said("shop") == ["all 5 met"]
    [told] = slack.messages("slm")
    assert told["text"].startswith("Not delivered: “R&amp;D team: all 7 met” for payments")
    assert "/invite @Steward" in str(told["blocks"])


def test_a_loss_that_cannot_be_told_ends_there(
    store: Store, slack: PlayedSlack, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    slack.kick("payments")
    slack.kick("slm")
    say(store, ("#payments", "one"))
    deliver.run(context(drain=True))
    assert set(states(store).values()) == {NoticeState.FAILED}
    assert len(states(store)) == 2


def test_a_poisoned_notice_holds_nobody_up(store: Store, slack: PlayedSlack, context: MakeContext) -> None:
    say(store, ("#payments", "poisoned"), blocks=[{"type": "nonsense"}])
    say(store, ("#payments", "two"), ("#shop", "three"))
    deliver.run(context(drain=True))
    assert (slack.said("payments"), slack.said("shop")) == (["two"], ["three"])
    assert states(store)["poisoned"] is NoticeState.FAILED
    assert str(reason(store, "poisoned")).startswith("invalid_blocks")


@pytest.mark.parametrize("fault", [RESET, Answer(503, "<html>")], ids=["reset", "503"])
def test_what_may_have_been_posted_is_never_posted_again(
    store: Store, clock: MovableClock, fault: Answer
) -> None:
    organise(store, [MANAGERS])
    say(store, ("#payments", "one"))
    faulty = faulty_slack(fault, only="chat.postMessage")
    with faulty as server, closing(SlackPoster("xoxb-x", server.base_url)) as poster:
        for _ in range(3):
            deliver.run(Context(store, "default", clock, clock.now(), poster, drain=True))
            clock.advance(hours=1)
        posts = [received["channel"] for received in server.received]
    assert posts == ["#payments", "#slm"]
    assert set(states(store).values()) == {NoticeState.AMBIGUOUS}


def test_slack_that_asks_to_wait_is_waited_for(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"))
    limited = Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "120"})
    with faulty_slack(limited) as server, closing(SlackPoster("xoxb-x", server.base_url)) as poster:
        deliver.run(Context(store, "default", clock, clock.now(), poster, drain=True))
        assert len(server.received) == 1
    clock.advance(seconds=119)
    deliver.run(context())
    assert slack.said("payments") == []
    clock.advance(seconds=1)
    deliver.run(context())
    assert slack.said("payments") == ["one"]


def test_slack_away_is_tried_ever_more_rarely(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"), ("#payments", "two"))
    with closing(SlackPoster("xoxb-x", closed_port())) as poster:
        deliver.run(Context(store, "default", clock, clock.now(), poster, drain=True))
    assert clock.slept == [5, 10, 20, 40]
    clock.advance(minutes=5)
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one", "two"]


def test_a_worker_that_died_while_sending_posts_nothing_twice(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    say(store, ("#payments", "one"), ("#payments", "two"))
    with store.transaction() as tx:
        [_] = tx.outbox.claim(by="a worker that dies", at=clock.now(), most=9)
    deliver.run(context())
    assert slack.said("payments") == []
    clock.at += LEASE
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["two"]
    assert states(store)["one"] is NoticeState.AMBIGUOUS
    assert reason(store, "one") == deliver.LEASE_OVER
    assert slack.said("slm")[0].startswith("Not delivered: “one” for payments. Slack did not say whether")


def test_an_outcome_that_comes_too_late_changes_nothing(
    store: Store, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    class SlowPoster:
        def post(self, messages: Sequence[Outgoing]) -> Iterator[tuple[Outgoing, Outcome]]:
            for message in messages:
                clock.at += LEASE
                with store.transaction() as tx:
                    [claim] = tx.outbox.expired(at=clock.now())
                    tx.outbox.ambiguous(claim, "given up by another worker", at=clock.now())
                yield message, Posted("1.1", "C1")

    poster: Poster = SlowPoster()
    say(store, ("#payments", "one"))
    deliver.run(Context(store, "default", clock, clock.now(), poster))
    assert states(store) == {"one": NoticeState.AMBIGUOUS}
    assert "no longer ours" in caplog.text


def test_a_hanging_slack_holds_up_no_longer_than_its_timeout(store: Store, clock: MovableClock) -> None:
    say(store, *((f"#{number}", f"{number}") for number in range(20)))
    faulty = faulty_slack(HANG, only="chat.postMessage")
    with faulty as server, closing(SlackPoster("x", server.base_url, timeout=0.2)) as poster:
        deliver.run(Context(store, "default", clock, clock.now(), poster))
    assert set(states(store).values()) == {NoticeState.AMBIGUOUS}


def test_what_another_worker_is_claiming_is_left_to_it(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    if store.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one worker claim at a time")
    say(store, ("#payments", "one"))
    with store.transaction() as theirs:
        [_] = theirs.outbox.claim(by="another worker", at=clock.now(), most=9)
        deliver.run(context(drain=True))
    assert slack.said("payments") == []
