"""Delivery: everything is said, at Slack's pace, and nothing twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.slack import SlackPoster
from domain.delivery import Ambiguous, Outcome, Outgoing, Posted, Search, Sought
from domain.fate import LOOK_AFTER, LOOKS, MOST_LOOKS, after_post
from domain.notice import LEASE, Content, Notice, NoticeState
from jobs import deliver
from jobs.job import Context, Poster
from storage.landings import Landed
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, organise
from tests.fakes.scripted_slack import Answers, scripted_slack
from tests.fakes.slack_server import HANG, RESET, Answer, PlayedSlack, closed_port, faulty_slack
from tests.jobs.conftest import NOON

MakeContext = Callable[..., Context]


def say(store: Store, *said: tuple[str, str], blocks: Sequence[dict[str, object]] = ()) -> None:
    """Put messages into the outbox: (channel, text); the text is the key too."""
    with store.transaction() as tx:
        for channel, text in said:
            assert tx.outbox.add(Notice(text, channel, Content(text, list(blocks)), NOON, "payments"))


class SayingPoster:
    """Posts everything at once, and looks for nothing."""

    stopping = False

    def post(self, message: Outgoing) -> Future[Outcome]:
        landed: Future[Outcome] = Future()
        landed.set_result(Posted("1.1", "C1"))
        return landed

    def seek(self, search: Search) -> Future[Sought]:
        raise AssertionError(search)


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


def test_the_losses_of_a_day_are_one_message(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    slack.kick("payments")
    slack.kick("shop")
    say(store, ("#payments", "one"), ("#shop", "two"))
    deliver.run(context(drain=True))
    clock.advance(hours=1)
    say(store, ("#payments", "three"))
    deliver.run(context(drain=True))
    [told] = slack.messages("slm")
    assert told["text"].startswith("Not delivered today: 3 messages")
    assert "edited" in told
    clock.advance(days=1)
    with store.transaction() as tx:
        tx.outbox.add(Notice("four", "#payments", Content("four"), clock.now(), "payments"))
    deliver.run(context(drain=True))
    assert slack.said("slm")[1:] == ["Not delivered: “four” for payments. Steward is not in #payments."]


def test_a_loss_over_midnight_is_told(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    slack.kick("payments")
    clock.advance(hours=11, minutes=59)
    with store.transaction() as tx:
        tx.outbox.add(Notice("one", "#payments", Content("one"), clock.now(), "payments"))
    clock.advance(minutes=2)
    deliver.run(context(drain=True))
    assert slack.said("slm") == ["Not delivered: “one” for payments. Steward is not in #payments."]


def test_what_became_of_a_message_is_recorded_when_the_database_is_back(
    sqlite_store: Store, clock: MovableClock
) -> None:
    store = sqlite_store
    say(store, ("#payments", "one"))

    class Breaking(SayingPoster):
        def post(self, message: Outgoing) -> Future[Outcome]:
            with store.transaction() as tx:
                tx.connection.exec_driver_sql("ALTER TABLE channel_pace RENAME TO away")
            return super().post(message)

    class Mending(MovableClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            self.at += LEASE
            with store.transaction() as tx:
                tx.connection.exec_driver_sql("ALTER TABLE away RENAME TO channel_pace")

    deliver.run(Context(store, "default", Mending(clock.now()), clock.now(), Breaking()))
    assert states(store) == {"one": NoticeState.SENT}


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


def test_what_a_mended_channel_missed_arrives_after_all(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    slack.kick("payments")
    with store.transaction() as tx:
        late = clock.now() + timedelta(hours=4)
        tx.outbox.add(Notice("one", "#payments", Content("one"), NOON, "payments", not_after=late))
    deliver.run(context(drain=True))
    slack.invite("payments")
    clock.advance(hours=1)
    with store.transaction() as tx:
        tx.outbox.revive(["#payments"], {"not_in_channel"}, at=clock.now())
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one"]
    assert slack.said("slm") == ["What was not delivered today has arrived after all."]


def test_a_poisoned_notice_holds_nobody_up(store: Store, slack: PlayedSlack, context: MakeContext) -> None:
    say(store, ("#payments", "poisoned"), blocks=[{"type": "nonsense"}])
    say(store, ("#payments", "two"), ("#shop", "three"))
    deliver.run(context(drain=True))
    assert (slack.said("payments"), slack.said("shop")) == (["two"], ["three"])
    assert states(store)["poisoned"] is NoticeState.FAILED
    assert str(reason(store, "poisoned")).startswith("invalid_blocks")


def perhaps_posted(store: Store, clock: MovableClock, fault: Answer) -> None:
    """One run against a Slack with that fault: it got the message, and nobody knows what it did."""
    faulty = faulty_slack(fault, only="chat.postMessage")
    with faulty as server, closing(SlackPoster("xoxb-x", server.base_url)) as poster:
        deliver.run(Context(store, "default", clock, clock.now(), poster))
        assert len(server.received) == 1


@pytest.mark.parametrize("fault", [RESET, Answer(503, "<html>")], ids=["reset", "503"])
def test_what_may_have_been_posted_and_was_not_is_posted_again(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext, fault: Answer
) -> None:
    say(store, ("#payments", "one"), ("#payments", "two"))
    perhaps_posted(store, clock, fault)
    assert states(store)["one"] is NoticeState.AMBIGUOUS
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["two", "one"]
    assert clock.now() - NOON >= 2 * LOOK_AFTER
    assert set(states(store).values()) == {NoticeState.SENT}


def test_what_may_have_been_posted_and_was_is_found(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext, poster: SlackPoster
) -> None:
    say(store, ("#payments", "one"))
    perhaps_posted(store, clock, RESET)
    with store.read() as tx:
        [lost] = tx.outbox.all()
    posted = poster.post(Outgoing(1, lost.key, "#payments", "one", [])).result()
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one"]
    with store.read() as tx:
        [found] = tx.outbox.all()
    assert isinstance(posted, Posted)
    assert (found.state, found.ts, found.posted_in) == (NoticeState.SENT, posted.ts, posted.channel)


def test_what_was_found_in_an_older_state_is_edited(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext, poster: SlackPoster
) -> None:
    say(store, ("#payments", "one"))
    perhaps_posted(store, clock, RESET)
    poster.post(Outgoing(1, "one", "#payments", "one", [])).result()
    with store.transaction() as tx:
        tx.outbox.edit("one", Content("one, and better"))
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one, and better"]


def test_where_history_cannot_be_read_nothing_is_posted_again(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    organise(store, [MANAGERS])
    say(store, ("#payments", "one"))
    perhaps_posted(store, clock, RESET)
    slack.kick("payments")
    deliver.run(context(drain=True))
    slack.invite("payments")
    clock.advance(days=1)
    deliver.run(context(drain=True))
    assert slack.said("payments") == []
    assert states(store)["one"] is NoticeState.AMBIGUOUS
    assert slack.said("slm") == [
        "Not delivered: “one” for payments. Slack did not say whether it was posted."
    ]


def test_a_message_that_slack_never_answers_is_given_up(store: Store, clock: MovableClock) -> None:
    say(store, ("#payments", "poison"))
    script: Answers = {
        "auth.test": [{"bot_id": "B1"}],
        "conversations.list": [{"channels": [{"id": "C1", "name": "payments"}]}],
        "conversations.history": [{"messages": []}],
        "chat.postMessage": [{"error": "fatal_error", "status": 500}],
    }
    with scripted_slack(script) as server, closing(SlackPoster("x", server.base_url)) as poster:
        for _ in range(4):
            deliver.run(Context(store, "default", clock, clock.now(), poster, drain=True))
    assert server.calls["chat.postMessage"] == MOST_LOOKS // LOOKS
    assert states(store) == {"poison": NoticeState.FAILED}
    assert str(reason(store, "poison")).startswith("never_shown")


def test_an_edit_in_place(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"))
    deliver.run(context())
    with store.transaction() as tx:
        tx.outbox.edit("one", Content("two"))
        tx.outbox.edit("one", Content("three", [{"type": "divider"}]))
    deliver.run(context(drain=True))
    [message] = slack.messages("payments")
    assert (message["text"], message["blocks"][0]["type"]) == ("three", "divider")


def test_an_edit_whose_answer_was_lost_is_made_again(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"))
    deliver.run(context())
    with store.transaction() as tx:
        tx.outbox.edit("one", Content("two"))
    clock.advance(seconds=1)
    faulty = faulty_slack(RESET, only="chat.update")
    with faulty as server, closing(SlackPoster("xoxb-x", server.base_url)) as poster:
        deliver.run(Context(store, "default", clock, clock.now(), poster))
        assert len(server.received) == 1
    with store.transaction() as tx:
        tx.outbox.edit("one", Content("three"))
    deliver.run(context())
    assert slack.said("payments") == ["one"]
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["three"]


def test_a_message_that_somebody_deleted_is_not_edited_and_not_posted_again(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    say(store, ("#payments", "one"))
    deliver.run(context())
    [message] = slack.slack.history("C0000001")
    slack.slack.delete(message)
    with store.transaction() as tx:
        tx.outbox.edit("one", Content("two"))
    deliver.run(context(drain=True))
    assert slack.said("payments") == []
    assert (states(store), reason(store, "one")) == ({"one": NoticeState.SENT}, "message_not_found")


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "missing_scope"])
def test_without_a_valid_token_everything_waits(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext, error: str
) -> None:
    say(store, *((f"#{number}", f"{number}") for number in range(5)), ("#payments", "one"))
    script = {"conversations.list": [{"error": error}], "chat.postMessage": [{"error": error}]}
    with scripted_slack(script) as server, closing(SlackPoster("x", server.base_url)) as barred:
        for _ in range(3):
            deliver.run(Context(store, "default", clock, clock.now(), barred))
        calls = server.calls.total()
    assert set(states(store).values()) == {NoticeState.PENDING}
    assert calls <= 12
    clock.advance(minutes=1)
    deliver.run(context())
    assert slack.said("payments") == ["one"]


def test_a_day_without_slack_makes_no_flood(
    store: Store, slack: PlayedSlack, clock: MovableClock, context: MakeContext
) -> None:
    yesterday = clock.now()
    with closing(SlackPoster("xoxb-x", closed_port())) as away:
        for hour in range(24):
            with store.transaction() as tx:
                late = clock.now() + timedelta(hours=4)
                tx.outbox.add(
                    Notice(f"hourly {hour}", "#payments", Content(f"{hour}"), yesterday, not_after=late)
                )
            deliver.run(Context(store, "default", clock, clock.now(), away))
            clock.advance(hours=1)
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["21", "22", "23"]
    assert list(states(store).values()).count(NoticeState.STALE) == 21


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
    assert clock.slept[:1] == [1]
    assert sum(clock.slept) > 60
    assert len(clock.slept) < 20
    clock.advance(minutes=5)
    deliver.run(context(drain=True))
    assert slack.said("payments") == ["one", "two"]


@pytest.mark.parametrize("was_posted", [True, False])
def test_what_a_worker_that_died_was_sending_stands_there_once(
    store: Store,
    slack: PlayedSlack,
    clock: MovableClock,
    context: MakeContext,
    poster: SlackPoster,
    was_posted: bool,
) -> None:
    say(store, ("#payments", "one"), ("#payments", "two"))
    with store.transaction() as tx:
        [_] = tx.deliveries.claim(by="a worker that dies", at=clock.now(), most=9)
    if was_posted:
        poster.post(Outgoing(1, "one", "#payments", "one", [])).result()
    clock.advance(seconds=1)
    deliver.run(context())
    assert states(store)["two"] is NoticeState.PENDING
    clock.at += LEASE
    deliver.run(context(drain=True))
    assert sorted(slack.said("payments")) == ["one", "two"]
    assert set(states(store).values()) == {NoticeState.SENT}


def test_an_outcome_that_comes_too_late_changes_nothing(
    store: Store, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    class SlowPoster(SayingPoster):
        def post(self, message: Outgoing) -> Future[Outcome]:
            clock.at += LEASE
            with store.transaction() as tx:
                [claim] = tx.deliveries.expired(at=clock.now())
                lost = after_post(claim.notice, Ambiguous("given up by another worker"), at=clock.now())
                tx.deliveries.record([Landed(claim, lost)], at=clock.now())
            return super().post(message)

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
        [_] = theirs.deliveries.claim(by="another worker", at=clock.now(), most=9)
        deliver.run(context(drain=True))
    assert slack.said("payments") == []
