"""History over the night of 25 hours and a month's end: each minute belongs to the day of the team's own clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from commands.registry import answer
from storage.store import Store
from tests.commands.conftest import ask
from tests.fakes.organisation import measure, objective, organise, team

MIDNIGHT = datetime(2026, 10, 24, 22, tzinfo=UTC)
"""In Berlin, of the Sunday that has 25 hours."""

NOVEMBER = datetime(2026, 10, 31, 23, tzinfo=UTC)
"""Its first midnight in Berlin."""

CHECKOUT = "checkout-availability"


def test_history_over_odd_nights(store: Store) -> None:
    organise(store, [team("payments")], [objective(CHECKOUT, "payments")])
    measure(store, CHECKOUT, since=MIDNIGHT - timedelta(hours=24), until=MIDNIGHT)
    measure(store, CHECKOUT, since=MIDNIGHT, until=MIDNIGHT + timedelta(hours=25), bad=3)
    measure(store, CHECKOUT, since=MIDNIGHT + timedelta(hours=25), until=NOVEMBER - timedelta(minutes=10))
    measure(store, CHECKOUT, since=NOVEMBER - timedelta(minutes=10), until=NOVEMBER, bad=10)
    measure(store, CHECKOUT, since=NOVEMBER, until=NOVEMBER + timedelta(days=1), bad=5)

    days = told(store, "day", at=NOVEMBER + timedelta(days=1))
    assert "Sat 24 Oct  100.00%  ✅ met" in days
    # 3 of 1,500 minutes; of 1,440 it would be 99.79%.
    assert "Sun 25 Oct   99.80%  ❌ missed" in days
    assert "Mon 26 Oct  100.00%  ✅ met" in days
    assert "Sat 31 Oct   99.30%  ❌ missed" in days
    assert days[-1] == "Sun 1 Nov    99.65%  ❌ missed"

    months = told(store, "month", at=NOVEMBER + timedelta(hours=1))
    # From 24 October on 11,580 minutes were measured, of which 13 were bad.
    assert "Oct  99.88%  ❌ missed" in months
    assert months[-2:] == ["Nov  91.66%  ❌ missed", "     so far"]


def told(store: Store, unit: str, *, at: datetime) -> list[str]:
    asked = replace(ask(f"history {CHECKOUT} by {unit}", channel="payments"), at=at)
    text: str = answer(asked, store).blocks[1]["text"]["text"]
    return text.split("\n")[1:-1]
