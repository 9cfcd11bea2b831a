"""What requests to acknowledge tell, gathered from a real database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import Engine, event

from domain.acknowledgement import Acknowledgement, Because, Ground, Stage
from domain.agreement import Agreement, AgreementKind
from domain.measurement import Measurement
from domain.method import Occurrences, Timeslices
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Service, Terms
from domain.request import PastDays
from domain.team import Team
from domain.window import CalendarUnit, CalendarWindow, RollingWindow
from storage.store import Store

AT = datetime(2026, 11, 24, 8, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
MONTH = CalendarWindow(CalendarUnit.MONTH)
PAYMENTS = Team("payments", channel="#team-payments", members=("U0ANA",), manager="U0PAT")
MANAGERS = Team("slm", channel="#slm", arbitrates=True)
OLA = Agreement("wallet-ola", AgreementKind.OLA, "payments", "shop")
FIRST = Terms(
    Fraction(995, 1000),
    MONTH,
    Occurrences(),
    Indicator("sli"),
    owner="payments",
    agreement=OLA.name,
    unit="payouts",
)
SECOND = replace(FIRST, target=Fraction(999, 1000), version=2, since=DECEMBER)


def objective(name: str, *versions: Terms, supports: tuple[str, ...] = ()) -> Objective:
    return Objective(name, "wallet", versions or (FIRST,), supports=supports)


def row(
    name: str, version: int = 1, because: Because = Because.NEW, *, team: str = "payments"
) -> Acknowledgement:
    due = AT + timedelta(days=7)
    return Acknowledgement(name, team, version, "", because, AT, due, missing_from=AT)


def organise(store: Store, *objectives: Objective) -> None:
    with store.transaction() as tx:
        tx.teams.save([PAYMENTS, MANAGERS])
        tx.services.save([Service("wallet")])
        tx.agreements.save([OLA])
        tx.objectives.save(objectives)


def ask(store: Store, *rows: Acknowledgement, batch: int = 0) -> list[Acknowledgement]:
    with store.transaction() as tx:
        tx.objectives.lock()
        return tx.acknowledgements.add(rows, batch=batch)


def change(store: Store, *rows: Acknowledgement) -> None:
    with store.transaction() as tx:
        tx.acknowledgements.save(rows)


def measure(store: Store, name: str, days: Sequence[tuple[int, int]]) -> None:
    """On each day so many days ago a minute of 1,000 events, of which so many failed."""
    found = [(name, Measurement(minute_of(AT - timedelta(days=ago)), 1000 - bad, 1000)) for ago, bad in days]
    with store.transaction() as tx:
        tx.measurements.record(found, at=AT)
        tx.measurements.seal(at=AT)


def test_one_is_told_with_all_that_is_known_of_it(store: Store) -> None:
    under = objective("payments-db", replace(FIRST, target=Fraction(999, 1000)), supports=("wallet",))
    organise(store, objective("wallet", FIRST, SECOND), under)
    measure(store, "wallet", [(60, 0), (30, 2), (3, 1)])
    [asked] = ask(store, row("wallet", 2, Because.TERMS))
    with store.read() as tx:
        request = tx.requests.of(asked.batch, at=AT)
    [one] = request.asked
    assert (request.batch, request.key, request.team, request.arbiters) == (1, asked.key, PAYMENTS, MANAGERS)
    assert (one.acknowledgement, one.terms, one.before, one.earlier) == (asked, SECOND, FIRST, None)
    assert request.agreement(one.terms) == OLA
    assert one.guarantee is not None
    assert (one.guarantee.target, one.guarantee.alone_leaves_nothing) == (SECOND.target, True)
    assert [(month.attainment, month.met, month.running) for month in one.months] == [
        (1, True, False),
        (Fraction(998, 1000), False, False),
        (Fraction(999, 1000), True, True),
    ], "judged by what is asked about, though it is not in force"
    assert one.days is None
    assert one.events_a_day == Fraction(2000, 30)


def test_it_is_compared_with_what_was_acknowledged_last(store: Store) -> None:
    third = replace(SECOND, target=Fraction(9995, 10_000), version=3, since=DECEMBER + timedelta(days=1))
    organise(store, objective("wallet", FIRST, SECOND, third))
    [held] = ask(store, row("wallet"))
    change(store, replace(held, stage=Stage.ACKNOWLEDGED, answered_by="U0ANA", answered_at=AT, expires_at=AT))
    [refused] = ask(store, row("wallet", 2, Because.TERMS))
    refused = refused.decline(Ground.UNREALISTIC, by="U0ANA", at=AT).supersede(at=AT, by="U0EVA")
    change(store, refused)
    [asked] = ask(store, row("wallet", 3, Because.TERMS))
    with store.read() as tx:
        [one] = tx.requests.of(asked.batch, at=AT).asked
        [before] = tx.requests.about(refused, at=AT).asked
        [not_saved] = tx.requests.about(row("wallet", 3, Because.HANDOVER, team="shop"), at=AT).asked
    assert (not_saved.before, not_saved.earlier, not_saved.later) == (FIRST, asked, None)
    assert (one.terms, one.before, one.earlier, one.later) == (third, FIRST, refused, None)
    assert (before.terms, before.earlier, before.later) == (
        SECOND,
        replace(held, stage=Stage.ACKNOWLEDGED, answered_by="U0ANA", answered_at=AT, expires_at=AT),
        asked,
    )


def test_the_same_terms_again_are_compared_with_nothing(store: Store) -> None:
    organise(store, objective("wallet", FIRST, SECOND))
    [held] = ask(store, row("wallet", 2))
    held = replace(held, stage=Stage.ACKNOWLEDGED, answered_by="U0ANA", answered_at=AT, expires_at=AT)
    change(store, held.withdraw(by="U0ANA", at=AT))
    [again] = ask(store, row("wallet", 2, Because.WITHDRAWN), batch=held.batch)
    with store.read() as tx:
        request = tx.requests.of(held.batch, at=AT)
    [one] = request.asked
    assert (one.acknowledgement, one.before, one.earlier) == (again, None, held.withdraw(by="U0ANA", at=AT))
    assert request.batch == held.batch


def test_a_rolling_window_is_told_by_days(store: Store) -> None:
    rolling = replace(FIRST, window=RollingWindow(days=2))
    organise(store, objective("wallet", rolling))
    measure(store, "wallet", [(90, 0), (50, 100), (20, 0)])
    [asked] = ask(store, row("wallet"))
    with store.read() as tx:
        [one] = tx.requests.of(asked.batch, at=AT).asked
    assert (one.days, one.months) == (PastDays(4, 6), ())


def test_days_are_counted_as_the_newest_terms_count(store: Store) -> None:
    rolling = replace(FIRST, window=RollingWindow(days=2))
    slices = replace(rolling, method=Timeslices(Fraction(1, 2)), version=2, since=DECEMBER)
    organise(store, objective("wallet", rolling, slices))
    measure(store, "wallet", [(90, 0), (50, 100), (20, 0)])
    [asked] = ask(store, row("wallet", 2, Because.TERMS))
    with store.read() as tx:
        [one] = tx.requests.of(asked.batch, at=AT).asked
    assert (one.days, one.events_a_day) == (PastDays(6, 6), None)


def test_months_are_told_though_their_minutes_are_no_longer_kept(store: Store) -> None:
    kolkata = replace(FIRST, window=CalendarWindow(CalendarUnit.MONTH, "Asia/Kolkata"))
    organise(store, objective("wallet", kolkata))
    measure(store, "wallet", [(80, 0), (40, 5), (3, 0)])
    with store.transaction() as tx:
        tx.objectives.set_pruned({tx.objectives.ids()["wallet"]: minute_of(AT - timedelta(days=20))})
    [asked] = ask(store, row("wallet"))
    with store.read() as tx:
        [one] = tx.requests.of(asked.batch, at=AT).asked
    assert [month.met for month in one.months] == [True, True, True]


def test_nothing_measured_has_no_past(store: Store) -> None:
    organise(store, objective("month"), objective("rolling", replace(FIRST, window=RollingWindow(days=30))))
    asked = ask(store, row("month"), row("rolling"))
    with store.read() as tx:
        found = tx.requests.of(asked[0].batch, at=AT).asked
        found = [*found, *tx.requests.about(asked[0], at=AT).asked]
    assert [(list(one.months), one.days, one.events_a_day, one.guarantee) for one in found] == [
        ([], None, None, None)
    ] * 3


def test_of_several_each_objective_counts_once_by_its_newest_row(store: Store) -> None:
    organise(store, objective("a"), objective("b"), objective("c"))
    first, second, third = ask(store, row("a"), row("b"), row("c"))
    held = replace(first, stage=Stage.ACKNOWLEDGED, answered_by="U0ANA", answered_at=AT, expires_at=AT)
    change(store, held.withdraw(by="U0ANA", at=AT), second.supersede(at=AT))
    [again] = ask(store, row("a", because=Because.WITHDRAWN), batch=first.batch)
    [elsewhere] = ask(store, row("b", because=Because.ASSIGNED, team="shop"))
    with store.read() as tx:
        request = tx.requests.of(first.batch, at=AT)
        mine = tx.requests.open_of("payments", at=AT)
        nobodys = tx.requests.open_of("nobody", at=AT)
    assert [one.acknowledgement for one in request.asked] == [again, second.supersede(at=AT), third]
    assert [one.earlier.stage if one.earlier else None for one in request.asked] == [
        Stage.WITHDRAWN,
        None,
        None,
    ]
    assert request.asked[1].later == elsewhere
    assert [one.name for one in request.open] == ["a", "c"]
    assert [one.name for one in mine.asked] == ["a", "c"]
    assert (mine.team, nobodys.team, nobodys.asked) == (PAYMENTS, Team("nobody"), [])


def test_all_that_is_open_is_of_whatever_message(store: Store) -> None:
    organise(store, objective("a"), objective("b"), objective("c"))
    ask(store, row("c"))
    ask(store, row("a"), row("b", team="shop"))
    [refused] = ask(store, row("a"))
    change(store, refused.decline(Ground.UNCLEAR, by="U0ANA", at=AT))
    with store.read() as tx:
        request = tx.requests.open_of("payments", at=AT)
        assert [one.name for one in request.left()] == ["a", "c"]
        assert [one.name for one in request.left("a")] == ["c"]
        assert [one.name for one in request.left("b")] == ["c", "a"], "those that stayed open come again"
        assert request.digest == tx.requests.open_of("payments", at=AT).digest
        assert request.digest != request.of_names(["a"]).digest


def test_a_yes_to_all_names_the_versions(store: Store) -> None:
    organise(store, objective("a", FIRST, SECOND), objective("b"))
    [first, _] = ask(store, row("a"), row("b"))
    with store.read() as tx:
        before = tx.requests.open_of("payments", at=AT).digest
    change(store, first.supersede(at=AT))
    ask(store, row("a", 2))
    with store.read() as tx:
        assert tx.requests.open_of("payments", at=AT).digest != before


@pytest.mark.parametrize("most", [3, 60])
def test_so_many_queries_tell_of_however_many(store: Store, most: int) -> None:
    organise(store, *(objective(f"wallet-{n}") for n in range(most)))
    measure(store, "wallet-0", [(40, 0), (3, 1)])
    [first, *_] = ask(store, *(row(f"wallet-{n}") for n in range(most)))
    with store.read() as tx, counted(store.engine) as queries:
        request = tx.requests.of(first.batch, at=AT)
    assert len(request.asked) == most
    assert len(queries) < 25


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    queries: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        queries.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield queries
    event.remove(engine, "before_cursor_execute", note)
