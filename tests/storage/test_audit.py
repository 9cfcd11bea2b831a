"""The audit trail in a real database: added to by one at a time, whole afterwards, and without names of people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.audit import FILES, Act, Broken, Fault, Head, Verified, verify
from domain.audit_action import Action
from storage.audit import TABLE
from storage.store import Store

AT = datetime(2026, 11, 20, 9, 0, 0, 123456, tzinfo=UTC)
CHANGEABLE = ("number", "at", "by", "action", "subject", "facts", "previous", "chained")
ANA, BEN = "U0ANA", "UWXYZABCDEF"
FACTS = {
    "version": 4,
    "words": "with <@U0ANA|ana> and Ben@Example.com",
    "parts": [["owner", "", BEN]],
    "yes": True,
}


def noted(store: Store, *subjects: str) -> None:
    """An act about each, a second apart."""
    with store.transaction() as tx:
        for place, subject in enumerate(subjects):
            at = AT + timedelta(seconds=place)
            tx.audit.note(Action.ACKNOWLEDGED, subject, by=ANA, at=at, version=place)


def verified(store: Store, kept: Head | None = None) -> Verified:
    with store.read() as tx:
        return verify(tx.audit.entries(), tx.audit.start, kept)


def test_what_was_noted_is_told_newest_first(store: Store) -> None:
    noted(store, "x", "y", "x")
    with store.transaction() as tx:
        tx.audit.note(Action.CHANGED, "x", by=FILES, at=AT, **FACTS)
        tx.audit.note(Action.CLOSED, "x", by=None, at=AT)
    with store.read() as tx:
        told = tx.audit.about(["x"])
        assert [one.number for one in told] == [5, 4, 3, 1]
        assert tx.audit.about(["x", "y"], most=4)[-1].act == Act(
            Action.ACKNOWLEDGED, "y", ANA, AT + timedelta(seconds=1), {"version": 1}
        )
        assert (told[0].act.by, told[1].act.by) == (None, FILES)
        assert told[1].act.facts == FACTS | {"words": "with <@U0ANA> and ben@example.com"}
        assert (tx.audit.count(["x"]), tx.audit.size(), [one.number for one in tx.audit.all()]) == (
            4,
            5,
            [5, 4, 3, 2, 1],
        )
    assert verified(store).broken is None


def test_nothing_in_it_names_a_person_and_erasing_one_breaks_no_link(store: Store) -> None:
    with store.transaction() as tx:
        tx.audit.note(Action.CHANGED, f"digest:{ANA}", by=ANA, at=AT, **FACTS)
        tx.audit.note(Action.ACKNOWLEDGED, "x", by=BEN, at=AT, words="as ANA U0ANAX says")
    with store.read() as tx:
        kept = repr(tx.connection.execute(select(TABLE)).all())
    assert not any(name in kept for name in (ANA, BEN, "ana>", "xample.com"))
    before = verified(store)
    with store.transaction() as tx:
        erased = tx.erasing.erase(ANA, at=AT)
        assert not erased.left
        assert not tx.erasing.erase("ben@example.com", at=AT).left
    assert verified(store) == before
    with store.read() as tx:
        [other, act] = (one.act for one in tx.audit.all())
        assert act.by == f"erased-{erased.reference}"
        assert act.subject == f"digest:erased-{erased.reference}"
        assert act.facts["words"].startswith("with a former member and erased-P")
        assert other.facts["words"] == "as ANA U0ANAX says"


def test_nobody_can_type_a_reference(store: Store) -> None:
    with store.transaction() as tx:
        tx.audit.note(Action.ACKNOWLEDGED, "x", by=ANA, at=AT, words="\x1fP1\x1f\0\ud800")
    with store.read() as tx:
        assert tx.audit.about(["x"])[0].act.facts["words"] == "P1?"
    assert verified(store).broken is None


def test_what_is_rolled_back_was_not_done(store: Store) -> None:
    noted(store, "x")
    with pytest.raises(TypeError):
        noted(store, "y", object())  # type: ignore[arg-type]
    noted(store, "z")
    assert verified(store).head.number == 2
    assert verified(store).broken is None


@pytest.mark.parametrize("column", CHANGEABLE)
def test_a_changed_row_is_found(column: str, store: Store) -> None:
    noted(store, "x", "y", "z")
    new = {"number": 7, "at": AT}.get(column, "changed")
    with store.transaction() as tx:
        tx.connection.execute(update(TABLE).where(TABLE.c.number == 2).values({column: new}))
    found = verified(store)
    assert found.head.number == 1
    assert found.broken is not None
    assert found.broken.number == 2


def test_a_row_that_was_taken_out_is_found(store: Store) -> None:
    noted(store, "x", "y", "z")
    whole = verified(store).head
    with store.transaction() as tx:
        tx.connection.execute(delete(TABLE).where(TABLE.c.number == 2))
    assert verified(store).broken == Broken(2, Fault.MISSING)
    with store.transaction() as tx:
        tx.connection.execute(delete(TABLE).where(TABLE.c.number == 3))
    assert verified(store).broken is None
    assert verified(store, whole).broken == Broken(2, Fault.SHORTER)


def test_the_database_takes_no_number_twice(store: Store) -> None:
    noted(store, "x")
    with store.transaction() as tx:
        row = {**tx.connection.execute(select(TABLE)).mappings().one(), "id": 7}
        with pytest.raises(IntegrityError):
            tx.connection.execute(insert(TABLE).values(row))
        tx.connection.rollback()


def test_each_workspace_has_its_own(store: Store) -> None:
    store.ensure_workspace("other")
    noted(store, "x")
    with store.transaction("other") as tx:
        tx.audit.note(Action.ACKNOWLEDGED, "x", by=ANA, at=AT)
        assert tx.audit.head().number == 1
        assert tx.audit.start != tx.audit.head()
        assert verify(tx.audit.entries(), tx.audit.start).broken is None
    assert verified(store).head.number == 1


def test_writers_at_the_same_moment_never_get_the_same_number(store: Store) -> None:
    together = Barrier(4)

    def write(writer: int) -> None:
        other = Store(store.engine)
        together.wait(10)
        for turn in range(10):
            with other.transaction() as tx:
                tx.audit.note(Action.ACKNOWLEDGED, f"o{writer}", by=f"U0W{writer}", at=AT, turn=turn)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    found = verified(store)
    assert (found.head.number, found.broken) == (40, None)


def test_one_who_read_before_waiting_chains_to_what_was_added_meanwhile(postgresql_engine: Engine) -> None:
    """Where nothing was locked yet the head that was read is not the head any more."""
    store = Store(postgresql_engine)
    store.ensure_workspace()
    with ThreadPoolExecutor(1) as pool:
        with store.transaction() as tx:
            tx.audit.note(Action.ACKNOWLEDGED, "x", by=ANA, at=AT)
            second = pool.submit(noted, store, "y")
            assert not second.done()
        second.result(10)
    assert (verified(store).head.number, verified(store).broken) == (2, None)
