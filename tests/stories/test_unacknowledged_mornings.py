"""Mornings while a team was asked about its objectives: its digest and the roll-up say so until somebody answers."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from commands.ask import Ask
from commands.registry import answer
from connectors.slack import SlackPoster
from domain.team import Team
from domain.watching import Watching
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.slack_server import PlayedSlack, played_slack

MONDAY = datetime(2026, 11, 23, 13, 1, tzinfo=UTC)  # too late for its digest
UNWATCHED = Watching(conditions=(), silent=False, warn_at=Fraction(99, 100))
PAYMENTS = replace(team("payments"), members=("U0ANA",), manager="U0PAT")
SLM = Team("slm", channel="#slm", members=("U0EVA",), arbitrates=True, timezone="Europe/Berlin")
NAMES = ("checkout-availability", "search-latency")


def test_unacknowledged_mornings(sqlite_store: Store) -> None:
    clock = MovableClock(MONDAY)
    found = [replace(objective(name, "payments"), watching=UNWATCHED) for name in NAMES]
    organise(sqlite_store, [PAYMENTS, SLM], found, acknowledged=False)
    with played_slack(clock, ["payments", "slm"]) as slack:
        tick(sqlite_store, slack, clock)
        [request] = slack.said("payments")
        assert request == "payments team: please acknowledge 2 objectives by Mon 30 Nov"

        next_morning(sqlite_store, slack, clock)
        assert slack.said("payments")[-1] == "payments team: 2 of 2 met."
        assert waiting(slack) == [
            "✍️ checkout-availability: unacknowledged,",
            "    answer by Mon 30 Nov",
            "✍️ search-latency: unacknowledged,",
            "    answer by Mon 30 Nov",
        ]
        assert "• 2 objectives: payments, by Mon 30 Nov" in told(slack, "slm")
        assert said(sqlite_store, clock, "mine").startswith("2 things wait for you.")

        said(sqlite_store, clock, "ack checkout-availability")
        said(sqlite_store, clock, "decline search-latency not-ours")
        next_morning(sqlite_store, slack, clock)
        assert "*Waiting for others*\n✋ search-latency: declined Tue" in told(slack, "payments")
        assert "*Waiting for this team*" not in told(slack, "payments")
        rollup = slack.said("slm")[-1]
        assert rollup == "Service levels: 2 of 2 met. 1 decision waits."
        assert "• Unowned since Tue 24 Nov: search-latency," in told(slack, "slm")
        assert "declined by payments: not ours" in told(slack, "slm")
        assert "Assign search-latency…" in str(slack.messages("slm")[-1]["blocks"])

        said(sqlite_store, clock, "ack search-latency")
        next_morning(sqlite_store, slack, clock)
        assert slack.said("payments")[-1] == "payments team: all 2 met, nothing waits."
        assert slack.said("slm")[-1] == "Service levels: all 2 met, nothing waits."


def next_morning(store: Store, slack: PlayedSlack, clock: MovableClock) -> None:
    """To just after nine in Berlin, with figures until then."""
    since = clock.now()
    clock.advance(hours=(8 - since.hour) % 24 or 24)
    for name in NAMES:
        measure(store, name, since=since, until=clock.now())
    tick(store, slack, clock)


def tick(store: Store, slack: PlayedSlack, clock: MovableClock) -> None:
    with closing(SlackPoster(slack.token, slack.base_url)) as poster:
        assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []


def said(store: Store, clock: MovableClock, text: str) -> str:
    """What @ana is answered in the team's channel."""
    at = clock.now() + timedelta(minutes=5)
    return answer(Ask("default", text, "U0ANA", "C0PAYMENTS", "payments", at), store).text


def told(slack: PlayedSlack, channel: str) -> str:
    """The sections of the newest message."""
    blocks = slack.messages(channel)[-1]["blocks"]
    return "\n\n".join(block["text"]["text"] for block in blocks if block["type"] == "section")


def waiting(slack: PlayedSlack) -> list[str]:
    [section] = [
        part for part in told(slack, "payments").split("\n\n") if part.startswith("*Waiting for this")
    ]
    return section.split("\n")[1:]
