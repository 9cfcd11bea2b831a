"""`steward run` on an empty folder: a stranger's first look; then a second start that forgot nothing."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.processes.steward import (
    Running,
    Slack,
    assert_no_disk_space,
    free_port,
    lines,
    running_sandbox,
    soon,
    steward,
)

pytestmark = [pytest.mark.slow]

DIGESTS = 5 + 3
"""Of teams, and of customers and third parties; the service level managers have a roll-up."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("first")


@pytest.fixture(scope="module")
def first(folder: Path) -> Iterator[Running]:
    """The first start, made once, after one that a full disk had ended in the midst of its history."""
    assert_no_disk_space(folder, "run", size=1_000_000)
    assert measured_hours(folder) == 0
    with running_sandbox(folder) as found:
        found.says("A first start")
        yield found


def newest_minute(folder: Path) -> datetime | None:
    """The newest measured one."""
    with closing(sqlite3.connect(folder / "sandbox.db")) as connection:
        [(minute,)] = connection.execute("SELECT max(minute) FROM measured_minute")
    return datetime.fromtimestamp(minute * 60, UTC) if minute else None


def measured_hours(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "sandbox.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM measured_hour").fetchone()[0])


def nothing_waits(folder: Path) -> bool:
    """Whether all was said that there was to say."""
    with closing(sqlite3.connect(folder / "sandbox.db")) as connection:
        query = "SELECT count(*) FROM notice WHERE state IN ('pending', 'sending')"
        [(waiting,)] = connection.execute(query)
    return bool(waiting == 0)


def moved_lately(folder: Path) -> bool:
    newest = newest_minute(folder)
    return newest is not None and datetime.now(UTC) - newest < timedelta(minutes=3)


def test_the_last_digests_stand_in_all_channels(first: Running) -> None:
    slack = Slack(first)
    soon(lambda: len(slack.digests()) >= DIGESTS, what="digests")
    assert len(slack.digests()) == DIGESTS
    assert all(text for text in slack.digests().values())


def test_status_typed_into_the_page_is_answered(first: Running) -> None:
    slack, state = Slack(first), first.get("/sandbox/page/state").json()
    user = state["user"]
    channel = next(one["id"] for one in state["channels"] if one["is_member"])
    slack.type_in("/slm status checkout", user=user, channel=channel)
    answer = slack.seen(user=user, channel=channel)[-1]
    assert answer["ephemeral"]
    assert "checkout" in json.dumps(answer["blocks"])


def test_figures_move(first: Running, folder: Path) -> None:
    assert first.process.poll() is None
    soon(lambda: moved_lately(folder), what="a minute measured lately")


def test_the_same_port_is_refused_in_one_line(first: Running, tmp_path: Path) -> None:
    port = first.address.rpartition(":")[2]
    second = steward("run", folder=tmp_path, PORT=port)
    assert second.returncode == 1
    assert len(lines(second.stderr)) == 1
    assert f"Port {port} of 127.0.0.1 cannot be used" in second.stderr


def test_the_same_sqlite_file_is_refused_in_one_line(first: Running, folder: Path) -> None:
    assert first.process.poll() is None
    second = steward("run", folder=folder, PORT="0")
    assert second.returncode == 1
    assert len(lines(second.stderr)) == 1
    assert "Another `steward run` works on sandbox.db" in second.stderr


def test_it_stays_small(first: Running) -> None:
    status = Path(f"/proc/{first.process.pid}/status").read_text(encoding="ascii")
    resident = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
    assert resident < 160_000


def test_a_second_start_has_forgotten_nothing(first: Running, folder: Path) -> None:
    """The last test: it stops the first start."""
    slack = Slack(first)
    soon(lambda: len(slack.digests()) >= DIGESTS and nothing_waits(folder), what="all that was to say")
    before = everything(first)
    started = time.monotonic()
    assert first.stop() == 0
    assert time.monotonic() - started < 10
    assert "Traceback" not in first.said
    with closing(sqlite3.connect(folder / "sandbox.db")) as connection, connection:
        connection.execute("DELETE FROM measured_minute")
    with running_sandbox(folder, port=free_port()) as second:
        assert everything(second) == before
        assert "90 days" not in second.said
        soon(lambda: moved_lately(folder), what="a tick of the second start")
        assert Slack(second).digests().keys() == digest_keys(before)
        assert second.stop() == 0
        assert "Traceback" not in second.said


def everything(found: Running) -> dict[str, Any]:
    """All that the page shows of all channels."""
    state = found.get("/sandbox/page/state").json()
    slack = Slack(found)
    return {
        "channels": {
            one["name"]: slack.seen(user=state["user"], channel=one["id"]) for one in state["channels"]
        },
        "digests": sorted(slack.digests()),
    }


def digest_keys(shown: dict[str, Any]) -> set[str]:
    return set(shown["digests"])
