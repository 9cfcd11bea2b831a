"""`steward export`: what is stored, as files; applied to an empty database they say the same, byte by byte."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bot.cli import main
from bot.definitions import carry_out, checked, stored
from connectors.definitions.export import exported
from connectors.definitions.export_yaml import yaml_of
from domain.exclusion import Exclusion
from domain.slack_change import SlackChange
from storage.engine import open_engine
from storage.store import Store
from tests.connectors.definitions.exporting import FILES, Doc, text_of
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.fakes.surroundings import Surroundings

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SAMPLE = Path(__file__).parents[2] / "sandbox" / "sample" / "definitions"
NAMES = count()


def applied(store: Store, *paths: Path, at: datetime = AT, workspace: str = "default") -> None:
    with store.transaction(workspace) as tx:
        found = checked(tx, paths, at=at)
        assert found.plan is not None, found.problems
        carry_out(tx, found.plan, at=at)


def export_of(store: Store, workspace: str = "default") -> str:
    with store.read(workspace) as tx:
        found = exported(stored(tx))
    assert found.unsaid == []
    return yaml_of(found.documents)


def through_an_empty_one(store: Store, path: Path, folder: Path) -> tuple[str, str]:
    """The export, and the export after that was applied where nothing was."""
    both = [f"{folder.name}-{next(NAMES)}" for _ in range(2)]
    exports = []
    for workspace in both:
        store.ensure_workspace(workspace)
        applied(store, path, workspace=workspace)
        exports.append(export_of(store, workspace))
        path = folder / "exported.yaml"
        path.write_text(exports[-1], encoding="utf-8")
    return exports[0], exports[1]


def test_the_sample_organisation_comes_back(store: Store, tmp_path: Path) -> None:
    first, second = through_an_empty_one(store, SAMPLE, tmp_path)
    assert first == second
    assert first.count("kind: SLO") > 20


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(documents=FILES)
def test_whatever_was_applied_comes_back(store: Store, tmp_path: Path, documents: list[Doc]) -> None:
    path = tmp_path / "written.yaml"
    path.write_text(text_of(documents), encoding="utf-8")
    with store.read() as tx:
        assume(checked(tx, [path], at=AT).plan)
    first, second = through_an_empty_one(store, path, tmp_path)
    assert first == second


@pytest.fixture
def known(database: Path, surroundings: Surroundings) -> Iterator[Store]:
    """A store with a team, a service and two objectives."""
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.999"), slo("payout", "0.99")))
    assert main(["apply", "all.yaml", "--at", AT.isoformat()]) == 0
    engine = open_engine(f"sqlite:///{database}")
    yield Store(engine)
    engine.dispose()


def told(capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["export"]) == 0
    return capsys.readouterr().out


def test_only_the_newest_terms_of_what_is_not_retired(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.write("all.yaml", file_of(TEAM, SERVICE, slo("checkout", "0.95")))
    assert main(["apply", "all.yaml", "--prune", "--at", LATER.isoformat()]) == 0
    text = told(capsys)
    assert "target: 0.95\n" in text
    assert "0.999" not in text
    assert "payout" not in text


def test_what_was_changed_in_slack_is_exported_as_it_is(
    known: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with known.transaction() as tx:
        (team,) = tx.teams.all()
        mark = SlackChange("digest", "U0A1", AT)
        tx.teams.save([replace(team, digest=replace(team.digest, at=time(7, 30)), slack_changes=(mark,))])
        planned = Exclusion(
            "x-1", (LATER,), timedelta(hours=1), "Repair", AT, services=("checkout",), author="U0A1"
        )
        tx.exclusions.save([planned])
    text = told(capsys)
    assert 'at: "07:30"' in text
    assert "Repair" not in text


def test_files_that_were_exported_differ_in_nothing(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.write("exported.yaml", told(capsys))
    assert main(["apply", "exported.yaml", "--check", "--prune", "--at", LATER.isoformat()]) == 0
    assert capsys.readouterr().out == "Nothing to change.\n"


def test_a_folder_has_a_file_a_kind_and_no_leftovers(
    known: Store, surroundings: Surroundings, capsys: pytest.CaptureFixture[str]
) -> None:
    (surroundings.folder / "slm").mkdir()
    surroundings.write("slm/calendars.yaml", "of an older export")
    stream = told(capsys)
    assert main(["export", "--to", "slm"]) == 0
    texts = {path.name: path.read_text() for path in Path("slm").iterdir()}
    assert texts["calendars.yaml"] == ""
    assert texts["services.yaml"].startswith("apiVersion: openslo/v1\nkind: Service\n")
    assert sorted("".join(texts.values()).replace("---\n", "")) == sorted(stream.replace("---\n", ""))
    assert main(["apply", "slm", "--check", "--prune", "--at", LATER.isoformat()]) == 0


def test_what_no_file_can_say_is_named(known: Store, capsys: pytest.CaptureFixture[str]) -> None:
    with known.transaction() as tx, tx.measurements.recounted():
        one = tx.objectives.all()[0]
        tx.objectives.save([replace(one, name="checkout/fast", slo="checkout")])
    assert main(["export"]) == 1
    out, err = capsys.readouterr()
    assert "name: checkout\n" in out
    assert err == "steward: left out: no file can say the objective `checkout/fast` as it is now.\n"
