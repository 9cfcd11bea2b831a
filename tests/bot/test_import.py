"""`steward import`: from the file to the figures, all or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from domain.standing import Standing
from storage.store import Store
from tests.fakes.organisation import objective, organise
from tests.fakes.surroundings import Surroundings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
AT = ("--at", "2026-11-23T12:00:00Z")
SPAN = ("--from", "2026-11-22T12:00:00Z", "--to", "2026-11-23T12:00:00Z")
HEADER = "objective,start,good,total\n"
NINE = "checkout-availability,2026-11-23T09:00:00Z,5,6\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counts.csv"


@pytest.fixture
def store(store: Store, surroundings: Surroundings) -> Store:
    """A store with two objectives, on SQLite and PostgreSQL in turn, which the settings name."""
    surroundings.set(DATABASE_URL=store.engine.url.render_as_string(hide_password=False))
    organise(store, [], [objective("checkout-availability", None), objective("search-latency", None)])
    return store


def standings(store: Store) -> dict[str, Standing]:
    with store.read() as tx:
        return {standing.name: standing for standing in tx.standings.all(at=NOON)}


def counted(store: Store) -> dict[str, tuple[int, int, int]]:
    """Good, total and measured minutes of each objective."""
    return {
        name: (standing.figures.counts.good, standing.figures.counts.total, standing.figures.counts.measured)
        for name, standing in standings(store).items()
    }


NOTHING = {"checkout-availability": (0, 0, 0), "search-latency": (0, 0, 0)}


def test_measurements(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        f"search-latency,2026-11-23T{hour:02}:{m:02}:00Z,9,10\n" for hour in range(12) for m in range(60)
    ]
    file.write_text(HEADER + NINE + "".join(lines))
    assert main(["import", str(file), *AT]) == 0
    assert capsys.readouterr() == ("Imported 721 minutes of 2 objectives.\n", "")
    assert counted(store) == {"checkout-availability": (5, 6, 1), "search-latency": (6480, 7200, 720)}


def test_importing_again_changes_nothing_and_later_counts_replace(
    store: Store, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for lines in [NINE, NINE, NINE.replace("5,6", "7,8")]:
        file.write_text(HEADER + lines)
        assert main(["import", str(file), *AT]) == 0
        assert capsys.readouterr().out == "Imported 1 minute of 1 objective.\n"
    assert counted(store)["checkout-availability"] == (7, 8, 1)


def test_a_bad_line_stores_nothing(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(f"{HEADER}{NINE}\nserch-latency,2026-11-23T09:00:00Z,1,2\n")
    assert main(["import", str(file), *AT]) == 1
    said = capsys.readouterr()
    assert said.err.startswith(
        f"steward: {file}:4: There is no objective called `serch-latency`. Did you mean"
    )
    assert said.out == ""
    assert counted(store) == NOTHING


def test_a_bad_line_after_batches_were_stored_stores_nothing(store: Store, file: Path) -> None:
    hours = [
        f"2{year:03}-{month:02}-{day:02}T{hour:02}"
        for year in range(22, 26)
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(24)
    ]
    lines = [f"search-latency,{hour}:00:00Z,1,1\n" for hour in hours]
    file.write_text(HEADER + "".join(lines) + lines[0])
    assert main(["import", str(file), *AT]) == 1
    assert counted(store) == NOTHING
    with store.read() as tx:
        assert [kept.first_minute for kept in tx.objectives.kept()] == [None, None]


def test_now_is_what_at_says(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(HEADER + NINE)
    assert main(["import", str(file), "--at", "2026-11-23T08:00:00Z"]) == 1
    assert "is in the future: at most 5 minutes ahead of 2026-11-23T08:00Z" in capsys.readouterr().err
    assert counted(store) == NOTHING


def test_outages(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(
        "objective,start,end\n"
        "checkout-availability,2026-11-22T11:00:00Z,2026-11-22T12:01:00Z\n"
        "checkout-availability,2026-11-23T09:00:30Z,2026-11-23T09:02:00Z\n"
        "checkout-availability,2026-11-23T09:01:10Z,2026-11-23T09:01:20Z\n"
    )
    assert main(["import", "--outages", *SPAN, "--objective", "search-latency", str(file), *AT]) == 0
    assert capsys.readouterr() == ("Imported 2,880 minutes of 2 objectives.\n", "")
    assert counted(store) == {
        "checkout-availability": (1437, 1440, 1440),
        "search-latency": (1440, 1440, 1440),
    }


def test_a_bad_outage_stores_nothing(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("objective,start,end\nsearch-latency,2026-11-23T09:00Z,2026-11-23T08:00Z\n")
    assert main(["import", "--outages", *SPAN, str(file), *AT]) == 1
    assert capsys.readouterr().err.startswith(f"steward: {file}:2: The outage ends")
    assert counted(store) == NOTHING


@pytest.mark.parametrize(
    "words",
    [
        pytest.param([], id="no file"),
        pytest.param(["counts.csv", *SPAN], id="a span without outages"),
        pytest.param(["counts.csv", "--objective", "search-latency"], id="an objective without outages"),
        pytest.param(["counts.csv", "--outages"], id="outages without a span"),
        pytest.param(["counts.csv", "--outages", *SPAN[:2]], id="outages without an end"),
        pytest.param(["counts.csv", "--outage", *SPAN], id="an abbreviation"),
    ],
)
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["import", *words])
    assert left.value.code == 2
    assert capsys.readouterr().err.startswith("usage: steward import")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["absent.csv"], "absent.csv cannot be read: No such file", id="no such file"),
        pytest.param(["."], " cannot be read: Is a directory", id="a folder"),
        pytest.param(
            [__file__], ":1: The first line must be `objective,start,good,total`", id="another file"
        ),
    ],
)
def test_what_cannot_be_imported(
    database: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *words]) == 1
    assert said in capsys.readouterr().err


def test_an_unknown_workspace(store: Store, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(HEADER + NINE)
    assert main(["import", str(file), "--workspace", "defualt", *AT]) == 1
    assert "no workspace called `defualt`. Did you mean `default`" in capsys.readouterr().err
