"""Minutes that come after their hour was pruned: the intake API says no, and stores nothing of the request."""

from datetime import UTC, datetime, timedelta

from domain.retention import Keeping
from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.intake import body, send
from tests.fakes.organisation import measure, objective, organise
from tests.fakes.steward_server import played_steward

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OLD = NOON - timedelta(days=100)


def row(at: datetime) -> dict[str, object]:
    return {"objective": "checkout-availability", "start": at.isoformat(), "good": 5, "total": 6}


def test_late_minutes_are_refused_with_all_of_their_request(sqlite_store: Store) -> None:
    organise(sqlite_store, [], [objective("checkout-availability", None)])
    for hour in (OLD, NOON - timedelta(hours=3)):
        measure(sqlite_store, "checkout-availability", since=hour, until=hour + timedelta(minutes=5))
    with sqlite_store.transaction() as tx:
        tx.measurements.seal(at=NOON)
        assert tx.retention.prune(Keeping(minutes=1), at=NOON).hours == 1
    with played_steward(sqlite_store, MovableClock(NOON)) as steward:
        fresh = row(NOON - timedelta(hours=1))
        answer = send(steward.address, body(row(OLD + timedelta(minutes=7)), fresh))
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert "are no longer kept" in error["message"]
        assert error["message"].endswith("Nothing was stored.")
        assert send(steward.address, body(fresh)).json() == {"accepted": 1}
