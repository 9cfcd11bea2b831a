"""What is left after pruning is true: the same figures, or a clear no."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, insert, select

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.measurement import EMPTY_HOUR, MeasuredHour, Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, HOUR, instant_of, minute_of
from domain.notice import Content, Notice, NoticeState
from domain.objective import Indicator, Objective, Terms
from domain.retention import Keeping, MinutesGone
from domain.standing import Standing
from domain.window import RollingWindow
from storage.retention import FORECAST, HEARD, HOURS, NOTICE, PROCESS
from storage.store import Store
from storage.transaction import Transaction

START = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = 60
NOW = START + timedelta(days=DAYS)
HORIZON = NOW - timedelta(days=36)
"""Minutes of a window of a day are kept for 36 days at least."""
KEEPING = Keeping(minutes=1)
TARGET = Fraction(99, 100)
NAMES = count()

methods = st.one_of(
    st.just(Occurrences()),
    st.builds(
        Timeslices, st.just(Fraction(9, 10)), st.sampled_from([1, 15, 60]), st.sampled_from(list(Missing))
    ),
    st.builds(RatioTimeslices, st.sampled_from([1, 30]), st.sampled_from(list(Missing))),
)
counts = st.integers(0, 70_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
measured = st.dictionaries(st.integers(0, DAYS * DAY - 1), counts, min_size=1, max_size=40)
runs = st.tuples(st.integers(0, DAYS * DAY - 200), st.integers(1, 200), counts).map(
    lambda run: dict.fromkeys(range(run[0], run[0] + run[1]), run[2])
)
minutes = st.one_of(measured, st.tuples(measured, runs).map(lambda both: both[0] | both[1]))
after_horizon = st.integers(24 * DAY, DAYS * DAY - 1)
asked = st.lists(st.integers(27 * DAY + HOUR, DAYS * DAY), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, minutes, asked, st.sets(st.integers(0, DAYS * 24), min_size=2, max_size=40))
def test_figures_that_need_whole_hours_only_stay_the_same(
    engine: Engine, method: Method, ledger: dict[int, tuple[int, int]], asked: list[int], edges: set[int]
) -> None:
    one = made(engine, method, ledger)
    wanted = [START + timedelta(minutes=minute) for minute in asked]
    before = [one.standing(at) for at in wanted], one.history(sorted(edges)), one.rows()
    one.prune()
    assert ([one.standing(at) for at in wanted], one.history(sorted(edges))) == before[:2]
    old = sum(START + timedelta(minutes=minute) < HORIZON for minute in {m // HOUR * HOUR for m in ledger})
    assert one.rows() == max(before[2] - old, 1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    methods,
    minutes,
    st.dictionaries(after_horizon, counts, max_size=10),
    st.tuples(after_horizon, st.integers(1, 3000)),
    asked,
    st.sets(st.integers(0, DAYS * 24), min_size=2, max_size=40),
)
def test_what_comes_later_is_counted_as_if_nothing_had_gone(
    sqlite_engine: Engine,
    method: Method,
    ledger: dict[int, tuple[int, int]],
    late: dict[int, tuple[int, int]],
    work: tuple[int, int],
    asked: list[int],
    edges: set[int],
) -> None:
    pruned, whole = made(sqlite_engine, method, ledger), made(sqlite_engine, method, ledger)
    pruned.prune()
    for one in (pruned, whole):
        one.record(late)
        one.exclude(*work)
    for minute in asked:
        at = START + timedelta(minutes=minute)
        assert pruned.standing(at) == whole.standing(at)
    assert pruned.history(sorted(edges)) == whole.history(sorted(edges))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(methods, minutes, st.tuples(st.integers(0, 24 * DAY), st.integers(1, 30 * DAY)))
def test_planned_work_of_long_ago_never_makes_up_or_loses_what_was_measured(
    sqlite_engine: Engine, method: Method, ledger: dict[int, tuple[int, int]], work: tuple[int, int]
) -> None:
    ledger |= {DAYS * DAY - 1: (1, 1)}  # the newest hour stays, and can be counted anew
    pruned, whole = made(sqlite_engine, method, ledger), made(sqlite_engine, method, ledger)
    days = range(0, DAYS * 24 + 1, 48)
    pruned.prune()
    before = pruned.history(days)
    for one in (pruned, whole):
        one.exclude(*work)
    horizon = minute_of(HORIZON)
    for old, new, right in zip(before, pruned.history(days), whole.history(days), strict=True):
        good, total = method.judged(new.figures.counts)
        assert 0 <= good <= total
        if new.period.start_minute >= horizon:
            assert new == right
        elif new.period.end_minute <= horizon:
            assert new.figures.counts.measured == old.figures.counts.measured
            assert new.figures.counts.total == old.figures.counts.total


@dataclass
class Place:
    """A workspace with one objective."""

    store: Store
    workspace: str

    def record(self, ledger: dict[int, tuple[int, int]]) -> None:
        hours: dict[int, MeasuredHour] = {}
        for minute, (good, total) in ledger.items():
            one = Measurement(minute_of(START) + minute, good, total)
            hours[one.minute // HOUR] = hours.get(one.minute // HOUR, EMPTY_HOUR).with_minutes([one])
        with self.store.transaction(self.workspace) as tx:
            tx.measurements.record_hours({"o": hours} if hours else {}, at=NOW + timedelta(hours=2))

    def exclude(self, minute: int, length: int) -> None:
        begin = START + timedelta(minutes=minute)
        work = Exclusion("work", (begin,), timedelta(minutes=length), "work", START, ("o",))
        with self.store.transaction(self.workspace) as tx, tx.measurements.recounted():
            tx.exclusions.save([work])

    def change(self, **changes: object) -> None:
        """New terms, from now on."""
        with self.store.transaction(self.workspace) as tx, tx.measurements.recounted():
            (old,) = tx.objectives.all()
            terms = replace(old.versions[-1], version=2, since=NOW, **changes)  # type: ignore[arg-type]
            tx.objectives.save([replace(old, versions=(*old.versions, terms))])

    def prune(self, most: int = 5_000) -> int:
        batches = 0
        while True:
            with self.store.transaction(self.workspace) as tx:
                if not tx.retention.prune(KEEPING, at=NOW, most=most):
                    return batches
            batches += 1

    def standing(self, at: datetime) -> Standing:
        """How it stands; of the last minute before a long silence only the hour is known for ever."""
        with self.store.read(self.workspace) as tx:
            (standing,) = tx.standings.all(at=at)
        last = standing.figures.last_minute
        hour = None if last is None else last // HOUR * HOUR
        return replace(standing, figures=replace(standing.figures, last_minute=hour))

    def history(self, hours: "list[int] | range") -> list[Standing]:
        edges = [minute_of(START) + hour * HOUR for hour in hours]
        with self.store.read(self.workspace) as tx:
            return tx.histories.of(["o"], edges, at=NOW + timedelta(hours=3))["o"]

    def rows(self) -> int:
        with self.store.read(self.workspace) as tx:
            here = HOURS.c.workspace_id == tx.workspace.id
            return tx.connection.scalar(select(func.count()).select_from(HOURS).where(here)) or 0


def made(engine: Engine, method: Method, ledger: dict[int, tuple[int, int]]) -> Place:
    store, workspace = Store(engine), f"w{next(NAMES)}"
    store.ensure_workspace(workspace)
    terms = Terms(TARGET, RollingWindow(days=1), method, Indicator("sli"), agreement="a")
    with store.transaction(workspace) as tx:
        tx.agreements.save([Agreement("a", AgreementKind.SLA, "payments", "retail")])
        tx.objectives.save([Objective("o", "shop", (terms,))])
    place = Place(store, workspace)
    place.record(ledger)
    return place


EVERY_HOUR = dict.fromkeys(range(0, DAYS * DAY, 30), (98, 100))
MISSED = Timeslices(Fraction(9, 10), 30, Missing.BAD)


@pytest.fixture
def place(engine: Engine) -> Place:
    """An objective with two minutes an hour, pruned."""
    one = made(engine, MISSED, EVERY_HOUR)
    one.prune()
    return one


def test_it_goes_in_batches_and_each_leaves_the_truth(engine: Engine) -> None:
    one = made(engine, MISSED, EVERY_HOUR)
    before = one.history(range(0, 1440, 48))
    with one.store.transaction(one.workspace) as tx:
        batch = tx.retention.prune(KEEPING, at=NOW, most=100)
    assert batch.hours == 100
    assert one.history(range(0, 1440, 48)) == before
    assert one.prune(most=100) == 5
    assert one.rows() == 36 * 24


def test_how_much_is_due_is_what_goes(engine: Engine) -> None:
    one = made(engine, MISSED, EVERY_HOUR)
    with one.store.read(one.workspace) as tx:
        due = tx.retention.due(KEEPING, at=NOW)
        assert tx.retention.anything(KEEPING, at=NOW)
        assert not tx.retention.anything(Keeping(minutes=0), at=NOW)
    with one.store.transaction(one.workspace) as tx:
        assert tx.retention.prune(KEEPING, at=NOW) == due
    assert (due.hours, due.size > 1000) == (24 * 24, True)


def test_late_minutes_of_a_pruned_hour_are_refused(place: Place) -> None:
    late = Measurement(minute_of(START), 0, 5)
    said = "`o` before 2026-03-25T00:00Z are no longer kept"
    with pytest.raises(MinutesGone, match=said), place.store.transaction(place.workspace) as tx:
        tx.measurements.record([("o", late)], at=NOW)
    with pytest.raises(MinutesGone), place.store.transaction(place.workspace) as tx:
        tx.measurements.record_hours({"o": {late.minute // HOUR: EMPTY_HOUR.with_minutes([late])}}, at=NOW)
    with place.store.transaction(place.workspace) as tx:
        tx.measurements.record([("o", Measurement(minute_of(HORIZON), 0, 5))], at=NOW)


def test_a_figure_of_pruned_minutes_is_refused_and_whole_hours_are_told(place: Place) -> None:
    with pytest.raises(MinutesGone, match="Ask for a later instant"):
        place.standing(HORIZON - timedelta(days=3))
    assert place.history([0, 24])[0].figures.counts.measured == 48
    with pytest.raises(MinutesGone), place.store.read(place.workspace) as tx:
        tx.histories.of(["o"], [minute_of(START) + 30, minute_of(NOW)], at=NOW)


def test_a_longer_window_begins_with_a_full_hour_and_says_so(place: Place) -> None:
    place.change(window=RollingWindow(days=50))
    standing = place.standing(NOW + timedelta(minutes=17))
    assert standing.period.start == NOW - timedelta(days=50)
    assert standing.figures.counts.measured == 50 * 48


def test_a_new_way_of_counting_begins_where_minutes_do(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    place.change(window=RollingWindow(days=50), method=RatioTimeslices(30, Missing.BAD))
    assert "by its new terms it is counted from then on" in caplog.text
    standing = place.standing(NOW)
    assert standing.figures.first_minute == minute_of(HORIZON)
    assert standing.coverage == Fraction(1, 30)
    assert standing.terms.method.judged(standing.figures.counts)[1] // 10**11 == 36 * 48


def test_spells_of_pruned_hours_are_whole_hours(engine: Engine) -> None:
    outage = {10 * DAY + minute: (0, 100) for minute in range(20)}
    one = made(engine, Occurrences(), dict.fromkeys(range(0, DAYS * DAY, 10), (100, 100)) | outage)
    one.prune()
    one.change(window=RollingWindow(days=55))
    with one.store.read(one.workspace) as tx:
        (spell,) = tx.spells.of(tx.standings.all(at=NOW)[0])
    assert (instant_of(spell.start), spell.end - spell.start) == (START + timedelta(days=10), HOUR)
    assert spell.lost == 2_000


def test_what_was_planned_too_late_is_said(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    before = place.history([0, 24])
    with caplog.at_level(logging.WARNING):
        place.exclude(0, DAY)
    assert (
        "o: minutes are kept since 2026-03-25T00:00Z only; what was counted before stays as it was"
        in caplog.text
    )
    assert place.history([0, 24])[0].figures == before[0].figures


def test_the_newest_hour_stays_however_old(engine: Engine) -> None:
    one = made(engine, MISSED, {5 * DAY: (1, 1), 6 * DAY + 7: (1, 1)})
    one.prune()
    assert one.rows() == 1
    assert one.standing(NOW).figures.last_minute == minute_of(START) + 6 * DAY
    with one.store.read(one.workspace) as tx:
        assert tx.measurements.newest_minute(at=NOW) == minute_of(START) + 6 * DAY + 7


def test_of_a_long_silence_the_hour_before_it_is_known(engine: Engine) -> None:
    one = made(engine, MISSED, {DAY + 7: (1, 1), DAYS * DAY - 1: (1, 1)})
    one.prune()
    standing = one.standing(START + timedelta(days=28))
    assert standing.silent
    assert standing.figures.last_minute == minute_of(START) + DAY


def test_old_notices_lose_their_layout_and_nothing_else(engine: Engine) -> None:
    one = made(engine, MISSED, {0: (1, 1)})
    content = Content("Two objectives at risk.", [{"type": "divider"}])
    old = [
        Notice("sent", "C1", content, START, state=NoticeState.SENT, ts="1.2"),
        Notice("edited", "C1", content, START, state=NoticeState.SENT, ts="1.3"),
        Notice("waiting", "C1", content, START),
        Notice("new", "C1", content, START + timedelta(days=2), state=NoticeState.SENT),
    ]
    with one.store.transaction(one.workspace) as tx:
        for notice in old:
            tx.outbox.add(notice)
        tx.connection.execute(NOTICE.update().values(posted_version=1, version=1))
        tx.connection.execute(NOTICE.update().where(NOTICE.c.key == "edited").values(version=2))
    later = START + timedelta(days=401)
    with one.store.transaction(one.workspace) as tx:
        assert tx.retention.prune(Keeping(minutes=0), at=later).notices == 1
        assert not tx.retention.prune(Keeping(minutes=0), at=later)
        assert not tx.outbox.add(old[0])
        kept = {notice.key: notice for notice in tx.outbox.all()}
    assert (kept["sent"].content, kept["sent"].ts) == (Content(content.text, []), "1.2")
    assert [kept[key].content for key in ("edited", "waiting", "new")] == [content] * 3


def test_what_was_heard_and_processes_go(engine: Engine) -> None:
    one = made(engine, MISSED, {0: (1, 1)})
    with one.store.transaction(one.workspace) as tx:
        here = {"workspace_id": tx.workspace.id}
        for days in (0, 2, 31):
            at = NOW - timedelta(days=days)
            tx.connection.execute(insert(HEARD).values(**here, delivery=f"Ev{days}", at=at))
            seen = {"started_at": at, "seen_at": at, "late_seconds": 0.5}
            tx.connection.execute(insert(PROCESS).values(**here, name=f"worker {days}", **seen))
        pruned = tx.retention.prune(Keeping(minutes=0), at=NOW)
        assert (pruned.heard, pruned.processes) == (2, 1)
        assert tx.connection.scalars(select(PROCESS.c.name).order_by(PROCESS.c.name)).all() == [
            "worker 0",
            "worker 2",
        ]


@pytest.mark.parametrize(
    ("minutes", "left"),
    [
        pytest.param(1, ["390", "400", "new", "unsettled"], id="400 days at least"),
        pytest.param(410, ["390", "400", "405", "new", "unsettled"], id="longer where minutes are"),
        pytest.param(0, ["390", "400", "405", "new", "old", "unsettled"], id="for ever"),
    ],
)
def test_forecasts_go_and_what_came_of_them_stays(engine: Engine, minutes: int, left: list[str]) -> None:
    one, other = made(engine, MISSED, {0: (1, 1)}), made(engine, MISSED, {0: (1, 1)})
    for place in (one, other):
        with place.store.transaction(place.workspace) as tx:
            tx.breaches.begin(["o"], at=NOW - timedelta(days=500))
            tx.breaches.end(["o"], at=NOW - timedelta(days=499))
            tx.connection.execute(insert(FORECAST), [_forecast(tx, *row) for row in FORECASTS])
    keeping = Keeping(minutes=minutes)
    with one.store.transaction(one.workspace) as tx:
        due = tx.retention.due(keeping, at=NOW).forecasts
        assert due == len(FORECASTS) - len(left)
        assert tx.retention.anything(keeping, at=NOW) is bool(due)
        gone = [tx.retention.prune(keeping, at=NOW, most=1).forecasts for _ in range(due + 1)]
        assert gone == [1] * due + [0]
        assert _methods(tx) == left
        assert tx.breaches.began_between(NOW - timedelta(days=600), NOW) == [("o", NOW - timedelta(days=500))]
    with other.store.read(other.workspace) as tx:
        assert len(_methods(tx)) == len(FORECASTS)


FORECASTS = [
    ("old", 700, 500, True),
    ("405", 435, 405, False),
    ("400", 430, 400, False),
    ("390", 755, 390, True),
    ("unsettled", 410, 380, None),
    ("new", 1, -6, None),
]
"""By the method's name: how many days ago it was made, how many its window was over, and what came of it."""


def _forecast(
    tx: Transaction, name: str, made_ago: int, over_ago: int, breached: bool | None
) -> dict[str, Any]:
    return {
        "workspace_id": tx.workspace.id,
        "objective_id": tx.objectives.ids()["o"],
        "at": NOW - timedelta(days=made_ago),
        "window_end": NOW - timedelta(days=over_ago),
        "probability": 0.5,
        "method": name,
        "linear_pace": 0,
        "is_thin": False,
        "by_method": {},
        "replayed": True,
        "breached": breached,
    }


def _methods(tx: Transaction) -> list[str]:
    mine = FORECAST.c.workspace_id == tx.workspace.id
    return sorted(tx.connection.scalars(select(FORECAST.c.method).where(mine)))
