"""docs/operations.md holds to the code: what it names exists, and its commands do what they say."""

import os
import re
import sqlite3
import subprocess
import sys
from configparser import ConfigParser
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from bot.cli import VERBS
from bot.intake import PATH
from bot.samples import METRICS
from bot.settings import Settings
from storage.failures import PLAINLY
from tests.fakes.definitions import SERVICE, TEAM, file_of, slo
from tests.processes.steward import environment

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "docs" / "systemd").glob("*.service"))
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(language: str = "") -> list[str]:
    return [text for kind, text in FENCED.findall(DOCUMENT) if kind == language]


def test_every_setting_that_is_named_exists() -> None:
    named = set(re.findall(r"\b(?:SLACK|STEWARD|DATABASE|LOG)_[A-Z_]+\b", DOCUMENT))
    assert len(named) >= 8
    assert named <= {name.upper() for name in Settings.model_fields}


def test_every_metric_that_is_named_exists() -> None:
    named = set(re.findall(r"\bsteward_[a-z_]+\b", DOCUMENT))
    assert len(named) >= 8
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in named} <= set(METRICS)


def test_every_alert_asks_for_metrics() -> None:
    [group] = next(
        found["groups"] for text in examples("yaml") if "groups" in (found := yaml.safe_load(text))
    )
    assert len(group["rules"]) >= 8
    assert all("steward" in rule["expr"] for rule in group["rules"])


def test_every_verb_that_an_operator_needs_is_named() -> None:
    wanted = {"run", "web", "worker", "migrate", "plan", "manifest", "copy", "prune", "erase", "doctor"}
    verbs = {name for name, _, _ in VERBS}
    named = set(re.findall(r"steward ([a-z]+)\b", DOCUMENT)) & verbs
    assert wanted <= named | (wanted - verbs)


def test_what_the_database_says_is_in_the_table() -> None:
    said = {sentence.rstrip(".") for _, sentence in PLAINLY}
    quoted = re.findall(
        r"^\| \"(PostgreSQL refuses[^\"]*|takes no more[^\"]*|no disk[^\"]*|keeps[^\"]*)\"", DOCUMENT, re.M
    )
    assert len(quoted) == 4
    for words in quoted:
        assert any(words in sentence for sentence in said), words


def test_the_intake_is_where_it_is_said_to_be() -> None:
    assert f"`{PATH}`" in DOCUMENT


def test_the_backup_of_sqlite_has_what_was_written_last(tmp_path: Path) -> None:
    [command] = [text for text in examples() if "VACUUM INTO" in text]
    with closing(sqlite3.connect(tmp_path / "steward.db")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE told (what)")
        connection.execute("INSERT INTO told VALUES ('newest')")
        connection.commit()
        python = command.strip().replace("python3", sys.executable, 1)
        subprocess.run(["/bin/sh", "-c", python], cwd=tmp_path, check=True)  # noqa: S603
    with closing(sqlite3.connect(tmp_path / "backup.db")) as connection:
        assert connection.execute("SELECT what FROM told").fetchall() == [("newest",)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_verb_with_its_settings(unit: Path) -> None:
    read = ConfigParser(strict=False, interpolation=None, delimiters="=")
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read(unit)
    service = read["Service"]
    program, verb = service["ExecStart"].split()
    assert program == "/opt/steward/.venv/bin/steward"
    assert verb in {name for name, _, _ in VERBS}
    assert service["EnvironmentFile"] in DOCUMENT
    assert int(service["TimeoutStopSec"]) > 10
    assert unit.name in DOCUMENT


def release(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The Procfile's release, as a platform runs it."""
    [line] = re.findall(r"^release: (.*)$", (ROOT / "Procfile").read_text(), re.MULTILINE)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", line],
        cwd=folder,
        env=environment(PATH=path, DATABASE_URL="sqlite:///steward.db", **variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_release_migrates_and_applies_the_definitions(tmp_path: Path) -> None:
    folder = tmp_path / "definitions of mine"
    folder.mkdir()
    (folder / "all.yaml").write_text(file_of(TEAM, SERVICE, slo("checkout-availability", "0.999")))
    for said in ("Migrated", "Up to date"):
        done = release(tmp_path, STEWARD_DEFINITIONS=str(folder))
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    with closing(sqlite3.connect(tmp_path / "steward.db")) as connection:
        assert connection.execute("SELECT name FROM objective").fetchall() == [("checkout-availability",)]


def test_a_release_without_definitions_only_migrates(tmp_path: Path) -> None:
    done = release(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Migrated" in done.stdout


def test_a_release_fails_with_its_definitions(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text("kind: Nonsense")
    done = release(tmp_path, STEWARD_DEFINITIONS="all.yaml")
    assert done.returncode == 1
    assert "all.yaml:1" in done.stderr
