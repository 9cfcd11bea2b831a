"""The command line: exit statuses, one line for a refusal, help everywhere."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from bot.boundary import guarded
from bot.cli import VERBS, main, usage
from domain.refusal import Refusal
from tests.fakes.surroundings import Surroundings

NAMES = [name for name, _, _ in VERBS]


@pytest.mark.parametrize(("name", "place"), [(name, place) for name, _, place in VERBS])
def test_every_verb_is_where_the_table_says(name: str, place: str) -> None:
    module, _, function = place.partition(":")
    assert callable(getattr(import_module(module), function))
    assert module.rpartition(".")[2].rstrip("_") == name


def test_every_module_of_verbs_is_in_the_table() -> None:
    there = {path.stem for path in Path("bot/verbs").glob("*.py")} - {"__init__", "arguments"}
    assert there == {place.partition(":")[0].rpartition(".")[2] for _, _, place in VERBS}


@pytest.mark.parametrize("name", NAMES)
def test_help_of_a_verb(surroundings: Surroundings, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: steward {name}")
    assert list(surroundings.folder.iterdir()) == []


@pytest.mark.parametrize("name", NAMES)
def test_wrong_usage_of_a_verb(surroundings: Surroundings, name: str) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--no-such-option"])
    assert left.value.code == 2


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert capsys.readouterr().out == f"{usage()}\n"


def test_nothing_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("usage: steward VERB")


def test_an_unknown_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stauts"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["status"], "There is no database sandbox.db yet. Run `steward migrate` first."),
        (["web"], "Setting SLACK_BOT_TOKEN is missing"),
        (["worker"], "Setting SLACK_BOT_TOKEN is missing"),
    ],
)
def test_a_refusal_is_one_line_on_stderr(
    surroundings: Surroundings, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("steward: ")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("verb", ["web", "worker"])
def test_processes_of_their_own_need_postgresql(
    surroundings: Surroundings, verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="1")
    assert main([verb]) == 1
    assert "Setting DATABASE_URL must be PostgreSQL here" in capsys.readouterr().err


@pytest.mark.parametrize(
    "url",
    ["mysql://u:hidden@h/d", "sqlite:///no/such/folder/steward.db", "postgresql://u:hidden@127.0.0.1:1/d"],
)
def test_a_database_that_cannot_be_used(
    surroundings: Surroundings, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    surroundings.set(DATABASE_URL=url)
    assert main(["migrate"]) == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "DATABASE_URL" in err
    assert "hidden" not in err


def test_a_reader_that_has_gone(database: Path) -> None:
    """As in `steward manifest | head -0`: no traceback, not even at exit."""
    script = "import sys; from bot.cli import main; sys.stdin.read(); raise SystemExit(main(['manifest']))"
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.close()
        assert process.wait(60) == 1
        assert process.stderr.read() == b""


def test_help_imports_no_framework() -> None:
    script = (
        "import sys; from bot.cli import main; main(['--help']);"
        "heavy = {'sqlalchemy', 'slack_bolt', 'starlette', 'pydantic', 'apscheduler', 'uvicorn', 'aiohttp'};"
        "raise SystemExit(len(heavy & sys.modules.keys()))"
    )
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", script], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert found.returncode == 0


def test_migrate_may_be_run_again(surroundings: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["migrate"]), main(["migrate"])) == (0, 0)
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Migrated to ")
    assert second.startswith("Up to date ")


def test_a_refused_verb_leaves_no_file_behind(surroundings: Surroundings) -> None:
    assert main(["status"]) == 1
    assert not list(Path().glob("*.db"))


@pytest.mark.parametrize("verb", [["status"], ["tick"], ["plan", "x"], ["apply", "x"], ["import", "x.csv"]])
@pytest.mark.parametrize("at", ["yesterday", "2026-11-24T12:00:00", "9999-12-31T00:00Z"])
def test_a_malformed_instant_is_wrong_usage(
    surroundings: Surroundings, verb: list[str], at: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*verb, "--at", at])
    assert ended.value.code == 2
    assert at in capsys.readouterr().err


def test_a_refusal_repeats_nothing_that_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(_words: object) -> int:
        raise Refusal("There is no \x1b[31m\u202eobjective\nhere.")

    assert guarded(refuse, []) == 1
    assert capsys.readouterr().err == "steward: There is no �[31m�objective here.\n"
