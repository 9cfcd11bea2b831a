"""Transactions: all or nothing, a consistent view, clear words where the database fails."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.measurement import Measurement
from domain.method import Occurrences
from domain.minutes import minute_of
from domain.objective import Indicator, Objective, Terms
from domain.refusal import Refusal, Unreachable
from domain.window import RollingWindow
from storage.engine import open_engine
from storage.measurements import MINUTES
from storage.store import Store

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TERMS = Terms(Fraction(99, 100), RollingWindow(days=30), Occurrences(), Indicator("sli"))


def test_a_view_does_not_change_while_hours_are_sealed(store: Store) -> None:
    with store.transaction() as tx:
        tx.objectives.save([Objective("checkout", "shop", (TERMS,))])
        minutes = [("checkout", Measurement(minute_of(NOON) + i, 1, 1)) for i in range(5)]
        assert tx.measurements.record(minutes, at=NOON + timedelta(minutes=5)) == 5
    with store.read() as view:
        before = view.connection.execute(select(MINUTES)).all()
        with store.transaction() as tx:
            tx.measurements.seal(at=NOON + timedelta(hours=2))
        assert len(before) == 5
        assert view.connection.execute(select(MINUTES)).all() == before
    with store.read() as later:
        assert later.connection.execute(select(MINUTES)).all() == []


def test_an_unknown_workspace_is_refused_with_a_suggestion(store: Store) -> None:
    with pytest.raises(Refusal, match="Did you mean `default`"), store.read("defalt"):
        pass


def test_the_first_slack_team_stays(store: Store) -> None:
    store.attach_slack_team("default", "T1")
    store.attach_slack_team("default", "T2")
    assert store.slack_team_of("default") == "T1"


def test_a_missing_folder_is_said_plainly(tmp_path: Path) -> None:
    store = Store(open_engine(f"sqlite:///{tmp_path}/no/where.db"))
    with pytest.raises(Unreachable, match="DATABASE_URL"):
        store.workspaces()


def test_a_database_that_does_not_answer_is_said_without_its_password() -> None:
    store = Store(open_engine("postgresql://steward:hunter2@127.0.0.1:1/none"))
    with pytest.raises(Unreachable) as caught:
        store.workspaces()
    assert "hunter2" not in str(caught.value)
    assert "DATABASE_URL" in str(caught.value)


def test_other_databases_are_refused() -> None:
    with pytest.raises(Refusal, match="SQLite and PostgreSQL"):
        open_engine("mysql://localhost/steward")


def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all, but long enough to be read as one by its header" * 10)
    store = Store(open_engine(f"sqlite:///{path}"))
    with pytest.raises(Unreachable, match="no SQLite database"):
        store.workspaces()
