"""People by reference, and forgetting who they were: nothing of the name is left, and what they did stays."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select, text, update

from domain.exclusion import Exclusion
from domain.notice import Content, Notice, NoticeState
from domain.person import is_erased
from domain.refusal import Refusal
from domain.slack_change import SlackChange
from domain.subscription import Subscription
from domain.team import DigestSchedule, Rung, Team
from domain.usergroup import Usergroup
from storage.erasing import EXCLUSION, NOTICE, SUBSCRIPTION, TEAM, Left
from storage.people import TABLE as PERSON
from storage.schema import Row
from storage.space import give_back
from storage.store import Store

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
ANA, BEN = "U0ANA", "U0ANAX"
WORK = Exclusion("work", (AT,), timedelta(hours=1), "with <@U0ANA>", AT, ("o",), author=ANA)
TEAM_OF = Team("payments", slack_changes=(SlackChange("digest", ANA, AT), SlackChange("owner", BEN, AT)))
ROLL_UP = Subscription("C0ALL", BEN, AT, ("payments",), "UTC", DigestSchedule())
BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "planned by <@U0ANA|ana>, seen by <@U0ANAX>"}},
    {"type": "actions", "elements": [{"type": "button", "value": "withdraw work U0ANA"}]},
    {"type": "rich_text", "elements": [{"type": "user", "user_id": ANA}]},
]
SAID = Notice("planned:work", "C1", Content("<@U0ANA> planned work", BLOCKS), AT, state=NoticeState.SENT)


@pytest.fixture
def peopled(store: Store) -> Store:
    """Everywhere that people are."""
    with store.transaction() as tx:
        tx.exclusions.save([WORK, replace(WORK, name="again"), replace(WORK, name="bens", author=BEN)])
        tx.teams.save([TEAM_OF])
        tx.subscriptions.save([ROLL_UP, replace(ROLL_UP, channel=ANA, by=ANA)])
        tx.outbox.add(SAID)
        tx.outbox.add(
            Notice(f"digest:channel:{ANA}:2026-11-22", ANA, SAID.content, AT, state=NoticeState.SENT)
        )
        tx.outbox.add(Notice(f"digest:channel:{ANA}:2026-11-23", ANA, SAID.content, AT))
        tx.digests.decide(f"channel:{ANA}", AT.date(), at=AT)
        tx.usergroups.save([Usergroup("S0PAY", (BEN, ANA), AT)])
    return store


def test_rows_have_references_and_everybody_else_names(peopled: Store) -> None:
    with peopled.read() as tx:
        authors = tx.connection.execute(select(EXCLUSION.c.author).order_by(EXCLUSION.c.name)).scalars().all()
        known = {row.known_as: row.id for row in tx.connection.execute(select(PERSON))}
        assert authors == [f"P{known[ANA]}", f"P{known[BEN]}", f"P{known[ANA]}"]
        assert tx.exclusions.by_name("work") == next(one for one in tx.exclusions.all() if one.name == "work")
        assert tx.exclusions.by_name("work") == WORK
        assert tx.teams.by_name("payments") == tx.teams.all()[0] == TEAM_OF
        assert {one.by for one in tx.subscriptions.all()} == {ANA, BEN}
        assert ANA not in str(tx.connection.execute(select(TEAM.c.slack_changes)).all())


def test_rows_of_an_older_steward_are_read_and_get_references_when_they_are_saved(peopled: Store) -> None:
    with peopled.transaction() as tx:
        tx.connection.execute(update(EXCLUSION).values(author=ANA))
        tx.connection.execute(update(SUBSCRIPTION).values(by=ANA))
        tx.connection.execute(update(TEAM).values(slack_changes=[["digest", ANA, AT.isoformat()]]))
    with peopled.transaction() as tx:
        assert {one.author for one in tx.exclusions.all()} == {ANA}
        assert tx.teams.all()[0].slack_changes == (SlackChange("digest", ANA, AT),)
        tx.exclusions.save(tx.exclusions.all())
        assert ANA not in tx.connection.execute(select(EXCLUSION.c.author)).scalars().all()
        erased = tx.erasing.erase(ANA, at=AT)
        assert not erased.left
        assert is_erased(tx.subscriptions.all()[0].by)
        assert is_erased(tx.teams.all()[0].slack_changes[0].by)


def test_erased_people_are_nowhere_and_what_they_did_stays(peopled: Store) -> None:
    with peopled.read() as tx:
        assert tx.exclusions.all()  # cached under this version
    with peopled.transaction() as tx:
        erased = tx.erasing.erase(ANA, at=AT)
    assert erased.left == []
    word = f"erased-{erased.reference}"
    with peopled.read() as tx:
        authors = {one.name: one.author for one in tx.exclusions.all()}
        assert authors == {"work": word, "again": word, "bens": BEN}
        assert tx.exclusions.all()[2].reason == "with a former member"
        assert [change.by for change in tx.teams.all()[0].slack_changes] == [word, BEN]
        assert [one.channel for one in tx.subscriptions.all()] == ["C0ALL"]
        assert tx.usergroups.all() == {"S0PAY": (BEN,)}
        said, told = tx.outbox.all()
        assert (said.key, said.content.text) == ("planned:work", "a former member planned work")
        first, second, third = said.content.blocks
        assert first["text"]["text"] == "planned by a former member, seen by <@U0ANAX>"
        assert second["elements"][0]["value"] == f"withdraw work {word}"
        assert third["elements"] == [{"type": "text", "text": "a former member"}]
        assert (told.key, told.channel) == (f"digest:channel:{word}:2026-11-22", word)
        row = tx.connection.execute(select(PERSON).where(PERSON.c.known_as.is_(None))).one()
        assert (f"P{row.id}", row.erased_at) == (erased.reference, AT)


def test_saved_again_they_keep_their_reference(peopled: Store) -> None:
    with peopled.transaction() as tx:
        erased = tx.erasing.erase(ANA, at=AT)
        tx.exclusions.save(tx.exclusions.all())
        stored = tx.connection.scalar(select(EXCLUSION.c.author).where(EXCLUSION.c.name == "work"))
        assert stored == erased.reference
        assert tx.people.reference(ANA) != erased.reference


def test_who_is_named_by_a_definition_is_told(peopled: Store) -> None:
    with peopled.transaction() as tx:
        rungs = (Rung(ANA, timedelta(minutes=30)),)
        tx.teams.save([replace(TEAM_OF, members=(ANA,), manager=ANA, escalation=rungs)])
        left = tx.erasing.erase(ANA, at=AT).left
    assert left == [Left("team", "payments", field) for field in ("members", "manager", "escalation")]


def test_an_address_is_erased_whatever_its_case(store: Store) -> None:
    with store.transaction() as tx:
        tx.outbox.add(replace(SAID, content=Content("ask <mailto:Ana@x.org|Ana@x.org> or ana@x.org", [])))
        tx.erasing.erase("ana@x.org", at=AT)
        (said,) = tx.outbox.all()
    assert said.content.text.startswith("ask a former member or erased-P")


def test_nobody_is_a_refusal(peopled: Store) -> None:
    for nobody in ("U0AN", "U0NOBODY", "%"):
        with pytest.raises(Refusal, match="Nobody is known as"), peopled.transaction() as tx:
            tx.erasing.erase(nobody, at=AT)


def test_nothing_of_the_name_is_left_in_the_whole_database(peopled: Store, engine: Engine) -> None:
    # Rows that were deleted long ago leave pages that are free, and as they were.
    with peopled.transaction() as tx:
        tx.outbox.add(replace(SAID, key="long", content=Content("x <@U0ANA> " * 900, [])))
    with peopled.transaction() as tx:
        if engine.dialect.name == "sqlite":
            tx.connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        tx.connection.execute(delete(NOTICE).where(NOTICE.c.key == "long"))
    with peopled.transaction() as tx:
        tx.erasing.erase(ANA, at=AT)
    give_back(engine)
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database or "")
        for file in path.parent.glob(f"{path.name}*"):
            assert ANA not in file.read_bytes().decode("latin-1").replace(BEN, "")
    with engine.connect() as connection:
        for table in Row.metadata.sorted_tables:
            rows = connection.execute(text(f'SELECT * FROM "{table.name}"')).all()  # noqa: S608
            assert ANA not in str(rows).replace(BEN, "")
