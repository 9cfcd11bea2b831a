"""Warnings from the first bad minute to the last word: one message a warning, edited in place, with a thread."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from commands.ack import ack
from commands.ask import Ask
from connectors.slack import SlackPoster
from domain.breach_warning import BreachWarning
from domain.measurement import FULL_HOUR, MeasuredHour, Measurement
from domain.method import Occurrences
from domain.minutes import HOUR, minute_of
from domain.team import QuietHours, Team
from jobs import forecast, seal, watch
from jobs.deliver import JOB as DELIVER
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import BERLIN, MANAGERS, measure, objective, organise
from tests.fakes.slack_server import PlayedSlack, played_slack

JOBS = (seal.JOB, watch.JOB, forecast.JOB, DELIVER)
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 12:00 in Berlin
MIDNIGHT = datetime(2026, 11, 24, 23, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CHECKOUT = "checkout-availability"
PAYMENTS = Team("payments", channel="#payments", members=("U0ANA",), manager="U0PAT", timezone=BERLIN)
SLM = replace(MANAGERS, members=("U0EVA",))


@dataclass
class Story:
    """An organisation, minute by minute, with the Slack that it hears Steward in."""

    store: Store
    clock: MovableClock
    slack: PlayedSlack
    names: tuple[str, ...]

    def passes(
        self, minutes: int, fails: Callable[[int], bool] = lambda _: False, *, bad: int = 1000
    ) -> None:
        """So many minutes pass, in each of which a thousand events an objective are measured."""
        for number in range(minutes):
            good = 1000 - bad if fails(number) else 1000
            minute = minute_of(self.clock.now())
            at = self.clock.advance(minutes=1)
            with self.store.transaction() as tx:
                tx.measurements.record(
                    [(name, Measurement(minute, good, 1000)) for name in self.names], at=at
                )
            self.tick()

    def tick(self) -> None:
        """What Steward does once a minute, by a process that was started just now."""
        with closing(SlackPoster(self.slack.token, self.slack.base_url)) as poster:
            at = self.clock.now()
            context = Context(Store(self.store.engine), "default", self.clock, at, poster, drain=True)
            assert run_due(context, JOBS) == []

    def channel(self) -> list[dict[str, Any]]:
        return self.slack.messages("payments")

    def thread(self) -> list[str]:
        """What stands below the first message of the channel."""
        first = self.channel()[0]
        return [one.body["text"] for one in self.slack.slack.thread("C0000001", first["ts"])][1:]

    def warning(self) -> BreachWarning:
        with self.store.read() as tx:
            [found] = tx.breach_warnings.since(NOON - timedelta(days=30))
        return found

    def acks(self) -> None:
        ack(Ask("default", "ack W-1", "U0ANA", "C0000001", "payments", self.clock.now()), self.store)


@contextmanager
def story(store: Store, *names: str, team: Team = PAYMENTS, at: datetime = NOON) -> Iterator[Story]:
    """Thirty days were measured without a failure."""
    names = names or (CHECKOUT,)
    clock = MovableClock(at)
    organise(store, [team, SLM], [objective(name, "payments") for name in names])
    for name in names:
        measure(store, name, since=at - timedelta(days=12), until=at)
    with played_slack(clock, ["payments", "slm"]) as slack:
        told = Story(store, clock, slack, names)
        told.tick()
        yield told


def text_of(message: dict[str, Any]) -> str:
    return str(message["blocks"])


def always(_: int) -> bool:
    return True


def test_warned_acknowledged_over(store: Store) -> None:
    with story(store) as told:
        told.passes(2, always)
        [message] = told.channel()
        assert message["text"].startswith("checkout-availability at risk")
        assert "Nobody has it yet" in text_of(message)
        told.acks()
        told.passes(3, always)
        [message] = told.channel()
        assert "Acknowledged by <@U0ANA>" in text_of(message)
        told.passes(25)
        [message] = told.channel()
        assert "over" in text_of(message)
        assert told.warning().resolved_at is not None
        lines = told.thread()
        assert lines[0] == "<@U0ANA> has it: nobody else is asked."
        assert lines[-1].startswith("Over.")
        assert len(lines) == 2


def test_nobody_answers_so_the_manager_is_asked_once(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.passes(13, always)  # with one more it would be breached
        told.passes(10, lambda number: number == 9)
        told.passes(22, lambda number: number == 8)
        asked = [line for line in told.thread() if "<@U0PAT>" in line]
        assert len(asked) == 1
        assert "U0PAT" not in str([message["text"] for message in told.channel()])


def test_at_night_a_page_comes_at_once_and_what_can_wait_in_the_morning(sqlite_store: Store) -> None:
    quiet = replace(PAYMENTS, quiet_hours=QuietHours(time(20), time(8)))
    with story(sqlite_store, team=quiet, at=MIDNIGHT) as told:
        told.clock.advance(minutes=125)  # nothing is received
        told.tick()
        assert told.warning().is_open
        assert told.channel() == []
        told.clock.at = datetime(2026, 11, 25, 6, 59, tzinfo=UTC)
        told.tick()
        assert told.channel() == []
        told.clock.advance(minutes=1)
        told.tick()
        assert len(told.channel()) == 1
    assert told.warning().said_at == datetime(2026, 11, 25, 7, tzinfo=UTC)


def test_a_page_at_night(sqlite_store: Store) -> None:
    quiet = replace(PAYMENTS, quiet_hours=QuietHours(time(20), time(8)))
    with story(sqlite_store, team=quiet, at=MIDNIGHT) as told:
        told.passes(2, always)
        assert len(told.channel()) == 1


def test_what_could_wait_gets_urgent_in_its_thread(sqlite_store: Store) -> None:
    """0.5 % of the events failing are a burn rate of 5, which after a day is 10 % of a month's budget."""
    slow = objective(CHECKOUT, "payments")
    events = replace(slow, versions=(replace(slow.versions[0], method=Occurrences()),))
    organise(sqlite_store, [PAYMENTS, SLM], [events])
    clock = MovableClock(NOON)
    with played_slack(clock, ["payments", "slm"]) as slack:
        told = Story(sqlite_store, clock, slack, (CHECKOUT,))
        hours = {
            minute_of(NOON) // HOUR - back: MeasuredHour(
                FULL_HOUR, ((5 if back < 24 else 0),) * HOUR, (1000,) * HOUR
            )
            for back in range(1, 24 * 20)
        }
        with sqlite_store.transaction() as tx:
            tx.measurements.record_hours({CHECKOUT: hours}, at=NOON)
        told.passes(1, always, bad=5)
        assert not told.warning().is_urgent
        assert "can wait" in text_of(told.channel()[0])
        told.passes(5, always)
        assert told.warning().is_urgent
        [message] = [one for one in told.channel() if "thread_ts" not in one][:1]
        assert "urgent" in text_of(message)
        assert [line for line in told.thread() if "urgent now" in line.lower() and "<@U0ANA>" in line]


def test_seven_objectives_of_a_service_are_one_message(sqlite_store: Store) -> None:
    with story(sqlite_store, *(f"checkout-{number}" for number in range(7))) as told:
        told.passes(2, always)
        [message] = told.channel()
        assert "7 objectives of checkout" in text_of(message)
        told.passes(20)
        assert len(told.channel()) == 1


def test_a_minute_on_and_a_minute_off_is_one_message(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.passes(180, lambda number: number % 2 == 0, bad=100)
        told.passes(40)
        assert len([one for one in told.channel() if "W-1" in text_of(one)]) == len(told.channel())
        assert told.warning().episodes[0].reopened == 0


def test_a_breach_edits_the_message_and_says_one_new_line(sqlite_store: Store) -> None:
    with story(sqlite_store) as told:
        told.passes(60, always)
        first, line = told.channel()
        assert "breached" in text_of(first)
        assert line["text"].startswith("checkout-availability breached")
        assert "thread_ts" not in line
