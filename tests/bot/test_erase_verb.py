"""`steward erase`: the name is gone from the whole file, and what a file of definitions still says is told."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import main
from domain.exclusion import Exclusion
from storage.engine import open_engine
from storage.store import Store
from tests.fakes.definitions import SERVICE, TEAM, file_of
from tests.fakes.surroundings import Surroundings

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _planned(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    store = Store(engine)
    store.ensure_workspace()
    with store.transaction() as tx:
        work = Exclusion("work", (AT,), timedelta(hours=1), "for <@U0ANA>", AT, ("o",), author="U0ANA")
        tx.exclusions.save([work])
    engine.dispose()


def test_the_name_is_gone_from_the_file(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert b"U0ANA" in b"".join(path.read_bytes() for path in database.parent.glob("steward.db*"))
    assert main(["erase", "U0ANA", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"reference": "P1", "changed": 1, "left": []}
    assert b"U0ANA" not in b"".join(path.read_bytes() for path in database.parent.glob("steward.db*"))
    assert main(["erase", "U0ANA"]) == 1
    assert "Nobody is known as `U0ANA` here" in capsys.readouterr().err


def test_a_definition_that_names_them_is_told(
    surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    team = TEAM.replace("spec:\n", "spec:\n  manager: U0ANA\n", 1)
    surroundings.write("all.yaml", file_of(team, SERVICE))
    assert main(["apply", "all.yaml"]) == 0
    capsys.readouterr()
    assert main(["erase", "U0ANA"]) == 0
    said = capsys.readouterr().out
    assert "P1 is a former member now" in said
    assert "  team payments: manager\n" in said
