"""The morning after an outage: Ana opens the menu of the row in the digest, reads on, and shows it to her team."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connectors.slack import SlackPoster
from jobs.job import Context
from jobs.listing import run_due
from sandbox.workspace import Channel
from storage.store import Store
from tests.fakes.clock import RunningClock
from tests.fakes.organisation import measure, objective, organise, team
from tests.fakes.steward_server import ANA, HERE, PAYMENTS, SEED, played_steward

NINE_IN_BERLIN = datetime(2026, 11, 24, 8, tzinfo=UTC)
TEAM = Channel(PAYMENTS, "team-payments", members=frozenset({ANA, "UBOT"}))
WORLD = replace(SEED, channels=(TEAM,))
CHECKOUT = "checkout-availability"


def test_a_digest_row_explained(sqlite_store: Store) -> None:
    payments = replace(team("payments"), channel="#team-payments", members=(ANA,))
    organise(sqlite_store, [payments], [objective(CHECKOUT, "payments")])
    measure(sqlite_store, CHECKOUT, since=NINE_IN_BERLIN - timedelta(hours=9), until=NINE_IN_BERLIN, bad=120)
    clock = RunningClock(NINE_IN_BERLIN)
    with played_steward(sqlite_store, clock, seed=WORLD) as steward:
        with closing(SlackPoster(SEED.bot_token, f"{steward.address}/sandbox/api/")) as poster:
            assert run_due(Context(sqlite_store, "default", clock, NINE_IN_BERLIN, poster, drain=True)) == []
        [digest] = steward.slack.history(PAYMENTS)
        assert digest.body["text"].startswith("payments team: 0 of 1 met, 1 breached")

        [explained] = steward.press("Explain")
        assert explained.startswith(f"{CHECKOUT}: breached.")
        [answer] = steward.slack.ephemeral(PAYMENTS, ANA)
        assert answer.thread_ts is None, "the digest has a thread, but its row stands in the channel"

        assert steward.press("Share here") == [explained]
        newest, *_ = steward.slack.history(PAYMENTS)
        assert f"Shared by <@{ANA}>" in str(newest.body["blocks"])

        before = len(steward.seen())
        steward.type_in("@steward stat checkout", replace(HERE, thread_ts=digest.ts))
        assert steward.seen_soon(before + 2)[-1] == "checkout service: 0 of 1 met, 1 breached."
        assert steward.slack.ephemeral(PAYMENTS, ANA)[-1].thread_ts == digest.ts
