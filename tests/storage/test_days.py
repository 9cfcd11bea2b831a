"""Past days from counted hours are what the days' own minutes say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from domain.agreement import Agreement, AgreementKind
from domain.exclusion import Exclusion
from domain.measurement import Measurement
from domain.method import Method, Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, instant_of, minute_of
from domain.objective import Objective, Terms
from domain.outlook import DayLoss
from storage.store import Store
from tests.fakes.organisation import objective, organise, team

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
NAME = "checkout-availability"
DAYS = 25
METHODS = [
    pytest.param(Occurrences(), id="occurrences"),
    pytest.param(Timeslices(Fraction(99, 100)), id="slices"),
    pytest.param(
        Timeslices(Fraction(99, 100), 5, Missing.BAD), id="slices of five minutes, missing ones bad"
    ),
    pytest.param(RatioTimeslices(5, Missing.GOOD), id="ratios, missing ones good"),
]


def with_method(method: Method, agreement: str | None = None) -> Objective:
    plain = objective(NAME, "payments")
    terms: Terms = replace(plain.versions[0], method=method, agreement=agreement)
    return replace(plain, versions=(terms,))


def measured(store: Store, *, seed: int = 1, until: datetime = MIDNIGHT) -> None:
    """25 days with gaps of any length, the last minutes before midnight among the measured ones."""
    chance = Random(seed)  # noqa: S311
    minutes, minute = [], minute_of(MIDNIGHT) - DAYS * DAY + 77
    while minute < minute_of(until):
        length = chance.choice((7, 90, 400, 3000))
        if chance.random() < 0.6:
            minutes += [
                (NAME, Measurement(one, 10 - chance.choice((0, 0, 0, 1, 10)), 10))
                for one in range(minute, min(minute + length, minute_of(until)))
            ]
        minute += length
    minutes.append((NAME, Measurement(minute_of(until) - 1, 3, 10)))
    with store.transaction() as tx:
        tx.measurements.record(minutes, at=until)
        tx.measurements.seal(at=until + timedelta(minutes=5))


def expected(store: Store, at: datetime) -> list[DayLoss]:
    """By the history of each day."""
    today = minute_of(at) // DAY
    edges = [day * DAY for day in range(today - DAYS - 2, today + 1)]
    with store.read() as tx:
        [standings] = tx.histories.of([NAME], edges, at=at).values()
    judged = [
        (edge // DAY, one.terms.method.judged(one.figures.counts))
        for edge, one in zip(edges, standings, strict=False)
    ]
    return [DayLoss(day, total - good, total) for day, (good, total) in judged if total]


def before(store: Store, at: datetime) -> list[DayLoss]:
    with store.read() as tx:
        return tx.days.before([NAME], at=at)[NAME]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_days_are_what_their_minutes_say(sqlite_store: Store, method: Method, seed: int) -> None:
    organise(sqlite_store, [team("payments")], [with_method(method)])
    measured(sqlite_store, seed=seed)
    found = before(sqlite_store, MIDNIGHT)
    assert len(found) > 5
    assert found == expected(sqlite_store, MIDNIGHT)


def test_the_same_on_both_databases(store: Store) -> None:
    organise(store, [team("payments")], [with_method(Timeslices(Fraction(99, 100), 5, Missing.BAD))])
    measured(store)
    assert before(store, MIDNIGHT) == expected(store, MIDNIGHT)


def test_a_day_ends_with_minutes_that_are_not_sealed(sqlite_store: Store) -> None:
    organise(sqlite_store, [team("payments")], [with_method(Occurrences())])
    measured(sqlite_store)
    with sqlite_store.read() as tx:
        assert tx.workspace.sealed_until < minute_of(MIDNIGHT)
    assert before(sqlite_store, MIDNIGHT)[-1].day == minute_of(MIDNIGHT) // DAY - 1


def test_only_what_counts(sqlite_store: Store) -> None:
    """Not planned work; days on which nothing counts are left out."""
    with sqlite_store.transaction() as tx:
        tx.agreements.save([Agreement("sla", AgreementKind.SLA, "payments", "retail")])
    work = Exclusion(
        "upgrade", (MIDNIGHT - timedelta(days=5),), timedelta(days=1), "upgrade", MIDNIGHT, objectives=(NAME,)
    )
    organise(sqlite_store, [team("payments")], [with_method(Timeslices(Fraction(99, 100)), "sla")])
    measured(sqlite_store, seed=2)
    with sqlite_store.transaction() as tx, tx.measurements.recounted():
        tx.exclusions.save([work])
    found = before(sqlite_store, MIDNIGHT)
    assert found == expected(sqlite_store, MIDNIGHT)
    assert minute_of(MIDNIGHT) // DAY - 5 not in [one.day for one in found]


def test_never_measured(sqlite_store: Store) -> None:
    organise(sqlite_store, [team("payments")], [with_method(Occurrences())])
    with sqlite_store.read() as tx:
        assert tx.days.before([NAME], at=MIDNIGHT) == {}


def test_the_outlook_has_the_losses_that_leave_the_window(sqlite_store: Store) -> None:
    """99.9 % of 30 days: ten bad minutes eight, and twenty bad ones 25 days ago."""
    organise(sqlite_store, [team("payments")], [objective(NAME, "payments")])
    first = minute_of(MIDNIGHT) - 30 * DAY
    bad = {first + 5 * DAY + minute for minute in range(20)} | {
        first + 22 * DAY + minute for minute in range(10)
    }
    with sqlite_store.transaction() as tx:
        tx.measurements.record(
            [(NAME, Measurement(one, 0 if one in bad else 10, 10)) for one in range(first, first + 30 * DAY)],
            at=MIDNIGHT,
        )
    with sqlite_store.read() as tx:
        outlook = tx.outlooks.of([NAME], at=MIDNIGHT)[NAME]
    budget = 30 * DAY / 1000
    assert outlook.held == pytest.approx([*[30 / budget] * 6, *[10 / budget] * 2])
    assert outlook.window_end == instant_of(first + 37 * DAY)
    assert [one.bad for one in outlook.days if one.bad] == [20, 10]
