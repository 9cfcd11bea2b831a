"""The heartbeat: a row every ten seconds that says when a process was seen, and how late its ticks came."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.heartbeat import Heartbeat
from bot.wiring import Opened
from domain.ticking import Ticking
from storage.store import DEFAULT_WORKSPACE, Store
from tests.fakes.clock import MovableClock

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Beating:
    """A process whose seconds are moved by hand."""

    def __init__(self, store: Store, name: str = "machine/17") -> None:
        self.clock = MovableClock(NOON)
        self.seconds = 100.0
        self.heart = Heartbeat(
            Opened(store, DEFAULT_WORKSPACE), self.clock, monotonic=lambda: self.seconds, name=name
        )

    def beat(self, *, after: float) -> None:
        self.seconds += after
        self.clock.advance(seconds=after)
        self.heart.beat()


def seen(store: Store) -> list[Ticking]:
    with store.read() as tx:
        return tx.processes.all()


def test_the_first_beat_is_written_at_once(store: Store) -> None:
    Beating(store).beat(after=0)
    assert seen(store) == [Ticking("machine/17", NOON, NOON, 0)]


def test_the_latest_of_ten_seconds_is_told(store: Store) -> None:
    process = Beating(store)
    for after in (0, 1, 4, 1, 1, 1, 1.5):
        process.beat(after=after)
    assert [one.late_seconds for one in seen(store)] == [0]
    process.beat(after=1)
    assert seen(store) == [Ticking("machine/17", NOON, NOON + timedelta(seconds=10.5), 3)]
    for _ in range(10):
        process.beat(after=1)
    assert [one.late_seconds for one in seen(store)] == [0]


def test_a_clock_that_is_set_back_makes_nothing_late(store: Store) -> None:
    process = Beating(store)
    process.beat(after=0)
    process.clock.advance(hours=-30)
    process.beat(after=10)
    [one] = seen(store)
    assert one.late_seconds == 9
    assert one.seen_at == NOON + timedelta(seconds=10) - timedelta(hours=30)


def test_others_are_left_alone_until_they_are_forgotten(store: Store) -> None:
    one, other = Beating(store), Beating(store, "machine/18")
    one.beat(after=0)
    other.beat(after=0)
    one.beat(after=23 * 3600)
    assert [process.name for process in seen(store)] == ["machine/17", "machine/18"]
    one.beat(after=3600)
    one.beat(after=3600)
    assert [process.name for process in seen(store)] == ["machine/17"]


def test_who_was_told_to_stop_is_not_missed(store: Store) -> None:
    process = Beating(store)
    process.beat(after=0)
    process.heart.end()
    assert seen(store) == []


def test_a_database_that_is_away_stops_no_heart(sqlite_store: Store, tmp_path: Path) -> None:
    process = Beating(sqlite_store)
    (tmp_path / "steward.db").rename(tmp_path / "elsewhere.db")
    process.beat(after=0)
    process.heart.end()
    (tmp_path / "elsewhere.db").rename(tmp_path / "steward.db")
    process.beat(after=10)
    assert len(seen(sqlite_store)) == 1
