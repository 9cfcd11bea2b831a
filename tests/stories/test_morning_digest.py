"""A team's mornings: the digest is there at nine, once, whatever happens to Steward meanwhile."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from connectors.slack import SlackPoster
from jobs.job import Context
from jobs.listing import run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import MANAGERS, measure, objective, organise, team
from tests.fakes.slack_server import PlayedSlack, played_slack

TUESDAY_MIDNIGHT = datetime(2026, 11, 23, 23, tzinfo=UTC)  # in Berlin
CHECKOUT = "checkout-availability"


def test_morning_digest(store: Store) -> None:
    clock = MovableClock(TUESDAY_MIDNIGHT)
    organise(store, [team("payments"), MANAGERS], [objective(CHECKOUT, "payments")])
    with played_slack(clock, ["payments", "slm"]) as slack:
        a_quiet_night(store)
        tick_every_quarter(store, slack, clock, hours=10)
        assert slack.said("payments") == ["payments team: 1 of 1 met, nothing waits."]
        assert tuesday_at(9, clock, slack)

        an_outage(store, clock)
        slack.kick("payments")
        tick_every_quarter(store, slack, clock, hours=24)
        assert len(slack.said("payments")) == 1
        [told] = slack.said("slm")
        assert told.startswith("Not delivered: “payments team: 0 of 1 met")

        clock.advance(hours=24)  # Steward is away on Thursday morning
        slack.slack.join(slack.messages("payments")[0].get("channel", "C0000001"), "UBOT")
        tick_every_quarter(store, slack, clock, hours=24)
        assert len(slack.said("payments")) == 2
        assert "Thu 26 Nov" in str(slack.messages("payments")[-1]["blocks"])


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


def tuesday_at(hour: int, clock: MovableClock, slack: PlayedSlack) -> bool:
    """Whether the only message came on the hour, Berlin's time."""
    [message] = slack.messages("payments")
    posted = datetime.fromtimestamp(float(message["ts"]), UTC)
    return posted.replace(microsecond=0) == TUESDAY_MIDNIGHT + timedelta(hours=hour)
