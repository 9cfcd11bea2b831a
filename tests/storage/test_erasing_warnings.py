"""Who took a warning is forgotten like everybody: in its row, in its message and in its thread."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from domain.notice import Content, Notice, NoticeState
from domain.team import Rung
from domain.warned import Happening, Turn
from storage.breach_warnings import WARNING
from storage.schema import Row
from storage.store import Store
from tests.fakes.organisation import objective, organise

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANA, BEN = "U0ANA", "U0BEN"
TAKEN = BreachWarning(
    1,
    WarningKind.BURN,
    "payments",
    "#payments",
    "shop",
    AT,
    (Episode("checkout", WarningKind.BURN, Severity.PAGE, AT, AT),),
    said_at=AT,
    acknowledged_by=ANA,
    acknowledged_at=AT,
    snoozed_by=BEN,
    snoozed_until=AT + timedelta(hours=1),
)
SNOOZED = replace(
    TAKEN, number=2, acknowledged_by=None, acknowledged_at=None, snoozed_by=ANA, episodes=TAKEN.episodes
)
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Acknowledged by <@U0ANA> at 09:00"}}]


@pytest.fixture
def warned(store: Store) -> Store:
    """Two warnings with all that was said of them: Ana has one, and snoozed the other."""
    organise(store, [], [objective("checkout", None)])
    said = Notice(TAKEN.key, "#payments", Content("W-1: <@U0ANA> has it", BLOCKS), AT, state=NoticeState.SENT)
    lines = [
        Happening(Turn.ACKNOWLEDGED, AT, by=ANA),
        Happening(Turn.SNOOZED, AT, by=BEN),
        Happening(Turn.ASKED, AT, rung=Rung(ANA, timedelta(minutes=30))),
    ]
    with store.transaction() as tx:
        tx.breach_warnings.lock()
        tx.breach_warnings.save(TAKEN)
        tx.breach_warnings.save(SNOOZED)
        tx.outbox.add(said)
        for line in lines:
            content = Content(f"<@{line.by or ANA}>: it is yours", BLOCKS)
            tx.outbox.add(replace(said, key=line.key(TAKEN), content=content, thread=TAKEN.key))
    return store


def test_rows_name_people_by_reference(warned: Store) -> None:
    with warned.read() as tx:
        rows = tx.connection.execute(select(WARNING.c.acknowledged_by, WARNING.c.snoozed_by)).all()
        assert {ANA, BEN}.isdisjoint(str(rows).split("'"))
        assert tx.breach_warnings.open() == [TAKEN, SNOOZED]


def test_who_had_it_is_forgotten_and_that_somebody_has_it_stays(warned: Store, engine: Engine) -> None:
    with warned.transaction() as tx:
        erased = tx.erasing.erase(ANA, at=AT)
    assert erased.left == []
    former = f"erased-{erased.reference}"
    with warned.read() as tx:
        assert tx.breach_warnings.open() == [
            replace(TAKEN, acknowledged_by=former),
            replace(SNOOZED, snoozed_by=former),
        ]
        said, *lines = tx.outbox.all()
    assert said.content.text == "W-1: a former member has it"
    assert not any(former in line.key or ANA in line.key for line in lines)
    assert [line.content.text.partition(":")[0] for line in lines] == [
        "a former member",
        "<@U0BEN>",
        "a former member",
    ]
    with engine.connect() as connection:
        for table in Row.metadata.sorted_tables:
            assert ANA not in str(connection.execute(text(f'SELECT * FROM "{table.name}"')).all())  # noqa: S608


def test_a_warning_of_somebody_erased_can_be_saved_again(warned: Store) -> None:
    with warned.transaction() as tx:
        tx.erasing.erase(ANA, at=AT)
    with warned.transaction() as tx:
        tx.breach_warnings.lock()
        for one in tx.breach_warnings.open():
            tx.breach_warnings.save(replace(one, drawn_at=AT))
    with warned.read() as tx:
        found = tx.breach_warnings.open()
        assert {found[0].acknowledged_by, found[1].snoozed_by} == {found[0].acknowledged_by}
        assert found[0].snoozed_by == BEN


def test_who_only_ever_took_a_warning_is_known(warned: Store) -> None:
    with warned.transaction() as tx:
        assert tx.erasing.erase(BEN, at=AT).changed == 1
