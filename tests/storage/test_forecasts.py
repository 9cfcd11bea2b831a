"""Forecasts are kept with what came of them."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.forecast import Forecast, MethodName
from domain.kept_forecast import KeptForecast, windows_of
from storage.store import Store
from tests.fakes.organisation import objective, organise, team

MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)
END = datetime(2026, 12, 1, tzinfo=UTC)
NAMES = ("checkout-availability", "wallet-availability")


def made(days: int = 0, *, probability: float = 0.72) -> Forecast:
    return Forecast(
        at=MIDNIGHT + days * DAY,
        window_end=END,
        probability=probability,
        method=MethodName.OWN_PAST,
        by_method={MethodName.OWN_PAST: probability, MethodName.LINEAR_PACE: 1.0},
        linear_pace=1,
        is_thin=True,
    )


@pytest.fixture
def provider(store: Store) -> Store:
    organise(store, [team("payments")], [objective(name, "payments") for name in NAMES])
    return store


def save(store: Store, *kept: KeptForecast) -> None:
    with store.transaction() as tx:
        tx.forecasts.save(kept)


def test_they_come_back_as_they_were(provider: Store) -> None:
    kept = [KeptForecast(NAMES[0], made()), KeptForecast(NAMES[1], made(), breached=True, replayed=True)]
    save(provider, *kept)
    with provider.read() as tx:
        assert tx.forecasts.all(NAMES) == kept
        assert tx.forecasts.known() == set(NAMES)
        assert tx.forecasts.made_at(MIDNIGHT) == {NAMES[0]}
        assert tx.forecasts.made_at(END) == set()


def test_the_first_of_a_day_stays(provider: Store) -> None:
    save(provider, KeptForecast(NAMES[0], made()))
    save(provider, KeptForecast(NAMES[0], made(probability=0.1)))
    with provider.read() as tx:
        assert tx.forecasts.newest(NAMES, at=END) == {NAMES[0]: made()}


def test_the_newest_is_one_that_was_told(provider: Store) -> None:
    save(provider, KeptForecast(NAMES[0], made()), KeptForecast(NAMES[0], made(2)))
    save(provider, KeptForecast(NAMES[0], made(3), replayed=True))
    with provider.read() as tx:
        assert tx.forecasts.newest(NAMES, at=END) == {NAMES[0]: made(2)}


def test_a_window_that_is_over_is_settled_for_all_its_forecasts(provider: Store) -> None:
    save(provider, *(KeptForecast(name, made(day)) for name in NAMES for day in range(3)))
    with provider.read() as tx:
        assert tx.forecasts.unsettled(NAMES, at=END - DAY) == []
        assert len(tx.forecasts.unsettled(NAMES, at=END)) == 6
    with provider.transaction() as tx:
        tx.forecasts.settle(NAMES[0], END, breached=True)
    with provider.read() as tx:
        assert {one.objective for one in tx.forecasts.unsettled(NAMES, at=END)} == {NAMES[1]}
        scored = tx.forecasts.scored(END, END + DAY)
        assert [(one.objective, one.breached) for one in scored] == [(NAMES[0], True)] * 3
        assert tx.forecasts.scored(END, END + DAY, [NAMES[1]]) == []
        assert tx.forecasts.scored(END - DAY, END) == []
        [window] = windows_of(scored)
        assert (len(window.forecasts), window.breached) == (3, True)


def test_the_record_is_of_windows_that_are_over(provider: Store) -> None:
    save(provider, KeptForecast(NAMES[0], made()))
    with provider.read() as tx:
        unknown = tx.forecasts.record(NAMES[0])
    save(provider, KeptForecast(NAMES[1], made(), breached=False, replayed=True))
    with provider.read() as tx:
        assert tx.forecasts.record(NAMES[0]) == unknown
        assert windows_of(tx.forecasts.all([NAMES[1]]))[0].breached is False


def test_a_replayed_one_gives_way_to_one_that_is_told(provider: Store) -> None:
    save(provider, KeptForecast(NAMES[0], made(probability=0.1), replayed=True))
    with provider.read() as tx:
        assert tx.forecasts.made_at(MIDNIGHT) == set()
    save(provider, KeptForecast(NAMES[0], made()))
    with provider.read() as tx:
        assert tx.forecasts.newest(NAMES, at=END) == {NAMES[0]: made()}


def test_one_of_a_day_to_come_is_not_the_newest(provider: Store) -> None:
    save(provider, KeptForecast(NAMES[0], made()), KeptForecast(NAMES[0], made(5)))
    with provider.read() as tx:
        assert tx.forecasts.newest(NAMES, at=MIDNIGHT + DAY) == {NAMES[0]: made()}
