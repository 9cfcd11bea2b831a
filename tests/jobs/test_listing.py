"""The list of jobs, and how one that fails leaves the others alone."""

from datetime import UTC, datetime, timedelta

import pytest

from jobs.items import each
from jobs.job import Context, Job
from jobs.listing import JOBS, run_due
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import measure, objective, organise, team

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_deciding_comes_before_saying() -> None:
    assert [job.name for job in JOBS] == [
        "seal",
        "watch",
        "acknowledge",
        "handover",
        "dispute",
        "digest",
        "forecast",
        "planned",
        "prune",
        "usergroups",
        "deliver",
    ]


def test_a_job_that_fails_is_named_and_the_others_run(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    ran: list[datetime] = []

    def fail(context: Context) -> None:
        raise RuntimeError("broken on purpose")

    jobs = [Job("first", fail), Job("second", lambda context: ran.append(context.at))]
    failed = run_due(Context(sqlite_store, "default", MovableClock(NOON), NOON), jobs)
    assert (failed, ran) == (["first"], [NOON])
    assert "job first failed" in caplog.text
    assert "broken on purpose" in caplog.text


def test_all_jobs_run_as_of_the_instant(store: Store) -> None:
    organise(store, [team("payments")], [objective("checkout-availability", "payments")])
    nine = NOON - timedelta(hours=4)
    measure(store, "checkout-availability", since=nine - timedelta(hours=8), until=nine)
    context = Context(store, "default", MovableClock(NOON + timedelta(days=90)), nine)
    assert run_due(context) == []
    assert run_due(context) == []
    with store.read() as tx:
        assert [notice.key for notice in tx.outbox.waiting()] == ["digest:payments:2026-11-24"]
        assert tx.workspace.sealed_until > 0


def test_each_goes_on_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    done: list[float] = []
    each([1, 0, 2], lambda item: done.append(1 / item), doing=lambda item: f"dividing by {item}")
    assert done == [1, 0.5]
    assert "failed: dividing by 0" in caplog.text
