"""A team's mornings: the digest is there at nine, once, whatever happens to Steward meanwhile."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from connectors.slack import SlackPoster
from domain.watching import Watching
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team
from tests.fakes.slack_server import PlayedSlack, played_slack

TUESDAY_MIDNIGHT = datetime(2026, 11, 23, 23, tzinfo=UTC)  # in Berlin
CHECKOUT = "checkout-availability"
UNWATCHED = Watching(conditions=(), silent=False, warn_at=Fraction(99, 100))


def test_morning_digest(store: Store) -> None:
    clock = MovableClock(TUESDAY_MIDNIGHT)
    organise(
        store, [team("payments"), MANAGERS], [replace(objective(CHECKOUT, "payments"), watching=UNWATCHED)]
    )
    with played_slack(clock, ["payments", "slm"]) as slack:
        a_quiet_night(store)
        tick_every_quarter(store, slack, clock, hours=10)
        assert slack.said("payments") == ["payments team: 1 of 1 met, nothing waits."]
        assert posted_at(slack) == [TUESDAY_MIDNIGHT + timedelta(hours=9)]

        an_outage(store, clock)
        slack.kick("payments")
        tick_every_quarter(store, slack, clock, hours=24)
        assert len(slack.said("payments")) == 1
        [of_breach, told] = slack.said("slm")
        assert of_breach.startswith("Not delivered: “checkout-availability breached")
        assert told.startswith("Not delivered: “payments team: 0 of 1 met")

        slack.invite("payments")
        clock.advance(hours=28)  # Steward is away on Thursday morning
        tick_every_quarter(store, slack, clock, hours=24)
        assert posted_at(slack)[1:] == [TUESDAY_MIDNIGHT + timedelta(days=3, hours=9)]
        assert "Thu 26 Nov" in str(slack.messages("payments")[-1]["blocks"])
        assert len(slack.said("slm")) == 2


def a_quiet_night(store: Store) -> None:
    measure(store, CHECKOUT, since=TUESDAY_MIDNIGHT, until=TUESDAY_MIDNIGHT + timedelta(hours=9))


def an_outage(store: Store, clock: MovableClock) -> None:
    measure(store, CHECKOUT, since=clock.now(), until=clock.now() + timedelta(hours=4), bad=120)


def tick_every_quarter(store: Store, slack: PlayedSlack, clock: MovableClock, *, hours: int) -> None:
    """Each tick with a poster of its own, as if Steward were restarted all the time."""
    end = clock.now() + timedelta(hours=hours)
    while clock.now() < end:
        with closing(SlackPoster(slack.token, slack.base_url)) as poster:
            assert run_due(Context(store, "default", clock, clock.now(), poster, drain=True)) == []
        clock.advance(minutes=15)


def posted_at(slack: PlayedSlack) -> list[datetime]:
    """When the team's messages came, to the second."""
    return [
        datetime.fromtimestamp(float(message["ts"]), UTC).replace(microsecond=0)
        for message in slack.messages("payments")
    ]
