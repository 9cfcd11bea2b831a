"""Breaches from when to when, as they were seen."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.store import Store
from tests.fakes.organisation import objective, organise

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(store: Store) -> Store:
    """Of three objectives two are breached, one of them until an hour later."""
    organise(store, [], [objective(name, None) for name in ("checkout", "search", "mail")])
    with store.transaction() as tx:
        tx.breaches.begin(["search", "checkout"], at=NOON)
        tx.breaches.end(["checkout", "mail"], at=NOON + 60 * MINUTE)
    return store


def test_which_last(store: Store) -> None:
    with store.read() as tx:
        assert tx.breaches.lasting() == {"search": NOON}
    with store.transaction() as tx:
        tx.breaches.begin(["checkout"], at=NOON + 90 * MINUTE)
        tx.breaches.begin([], at=NOON)
        tx.breaches.end([], at=NOON)
        assert tx.breaches.lasting() == {"search": NOON, "checkout": NOON + 90 * MINUTE}


@pytest.mark.parametrize(
    ("start", "end", "breached"),
    [
        pytest.param(-10, -1, False, id="before it"),
        pytest.param(-10, 0, True, id="it begins at the end"),
        pytest.param(10, 20, True, id="inside"),
        pytest.param(59, 90, True, id="its last minute"),
        pytest.param(60, 90, False, id="after its end"),
    ],
)
def test_whether_one_was_breached_in_a_span(store: Store, start: int, end: int, breached: bool) -> None:
    with store.read() as tx:
        assert tx.breaches.any_within("checkout", NOON + start * MINUTE, NOON + end * MINUTE) is breached
        assert not tx.breaches.any_within("mail", NOON - 90 * MINUTE, NOON + 90 * MINUTE)


def test_one_that_lasts_is_in_every_later_span(store: Store) -> None:
    with store.read() as tx:
        assert tx.breaches.any_within("search", NOON + 90 * MINUTE, NOON + 100 * MINUTE)


def test_which_began_in_a_span(store: Store) -> None:
    with store.read() as tx:
        assert tx.breaches.began_between(NOON, NOON + MINUTE) == [("checkout", NOON), ("search", NOON)]
        assert tx.breaches.began_between(NOON - MINUTE, NOON) == []


def test_workspaces_do_not_see_each_others_breaches(store: Store) -> None:
    store.ensure_workspace("other")
    with store.transaction("other") as tx:
        assert tx.breaches.lasting() == {}
        assert not tx.breaches.any_within("search", NOON, NOON + MINUTE)
        assert tx.breaches.began_between(NOON, NOON + MINUTE) == []
        tx.breaches.end(["search"], at=NOON + MINUTE)
    with store.read() as tx:
        assert tx.breaches.lasting() == {"search": NOON}
