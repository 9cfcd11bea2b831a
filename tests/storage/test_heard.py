"""Deliveries that were heard: noted together with what they change, once, whoever else hears them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from domain.objective import Service
from domain.refusal import Refusal
from storage.heard import AlreadyHeard
from storage.store import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DELIVERY = "trigger:1.2.3"


def named(store: Store) -> list[str]:
    with store.read() as tx:
        return [service.name for service in tx.services.all()]


def save(store: Store, name: str) -> None:
    with store.transaction() as tx:
        tx.services.save([Service(name)])


def save_and_fail(store: Store) -> None:
    with store.transaction() as tx:
        tx.services.save([Service("first")])
        raise Refusal("No.")


def test_what_comes_again_changes_nothing(store: Store) -> None:
    save(store.on_behalf_of(DELIVERY, at=NOON), "first")
    with pytest.raises(AlreadyHeard):
        save(store.on_behalf_of(DELIVERY, at=NOON), "second")
    save(store.on_behalf_of("trigger:4.5.6", at=NOON), "third")
    assert named(store) == ["first", "third"]


def test_one_delivery_may_change_several_things(store: Store) -> None:
    bound = store.on_behalf_of(DELIVERY, at=NOON)
    save(bound, "first")
    save(bound, "second")
    assert named(store) == ["first", "second"]


def test_what_was_rolled_back_was_not_heard(store: Store) -> None:
    bound = store.on_behalf_of(DELIVERY, at=NOON)
    with pytest.raises(Refusal):
        save_and_fail(bound)
    save(bound, "second")
    with pytest.raises(AlreadyHeard):
        save(store.on_behalf_of(DELIVERY, at=NOON), "third")
    assert named(store) == ["second"]


def test_reading_notes_nothing(store: Store) -> None:
    assert named(store.on_behalf_of(DELIVERY, at=NOON)) == []
    save(store.on_behalf_of(DELIVERY, at=NOON), "first")


def test_without_a_name_all_are_new(store: Store) -> None:
    for name in ("first", "second"):
        save(store.on_behalf_of("", at=NOON), name)
    assert named(store) == ["first", "second"]


@pytest.mark.parametrize("fails", [False, True], ids=["and is heard", "and fails"])
def test_who_comes_at_the_same_moment_waits_for_the_first(store: Store, fails: bool) -> None:
    changing, go_on = Event(), Event()

    def first() -> None:
        with store.on_behalf_of(DELIVERY, at=NOON).transaction() as tx:
            tx.services.save([Service("first")])
            changing.set()
            assert go_on.wait(10)
            if fails:
                raise Refusal("No.")

    with ThreadPoolExecutor(2) as pool:
        running = pool.submit(first)
        assert changing.wait(10)
        waiting = pool.submit(save, store.on_behalf_of(DELIVERY, at=NOON), "second")
        assert not waiting.done()
        go_on.set()
        assert isinstance(running.exception(), Refusal if fails else type(None))
        assert isinstance(waiting.exception(), type(None) if fails else AlreadyHeard)
    assert named(store) == (["second"] if fails else ["first"])


def test_what_is_older_than_a_day_is_forgotten(store: Store) -> None:
    for hours, name in enumerate("abc"):
        save(store.on_behalf_of(name, at=NOON + timedelta(hours=hours)), name)
    save(store.on_behalf_of("d", at=NOON + timedelta(hours=25, minutes=30)), "d")
    with pytest.raises(AlreadyHeard):
        save(store.on_behalf_of("c", at=NOON), "c")
    save(store.on_behalf_of("b", at=NOON + timedelta(hours=26)), "b")


def test_no_more_are_forgotten_at_once_than_said(store: Store) -> None:
    with store.transaction() as tx:
        for number in range(5):
            tx.heard.note(str(number), at=NOON)
        later = NOON + timedelta(minutes=1)
        assert [tx.heard.forget(before=later, most=3) for _ in range(3)] == [3, 2, 0]
        assert tx.heard.forget(before=NOON, most=3) == 0
