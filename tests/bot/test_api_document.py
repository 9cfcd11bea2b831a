"""docs/api.md: its examples do what they say, on a real server; its statuses are those of the code."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.store import Store
from tests.fakes.clock import MovableClock
from tests.fakes.organisation import objective, organise
from tests.fakes.steward_server import API_TOKEN, played_steward

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)


def example(language: str) -> str:
    [found] = re.findall(rf"^```{language}\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)
    return str(found)


def run(words: Sequence[str], address: str, token: str = API_TOKEN) -> subprocess.CompletedProcess[str]:
    """The example in a process of its own, as a reader would run it."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return subprocess.run(  # noqa: S603 -- our own document
        words,
        env={**kept, "STEWARD_URL": address, "STEWARD_API_TOKEN": token},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        pytest.param([shutil.which("bash") or "", "-c"], "bash", '{"accepted":1}', id="curl"),
        pytest.param([sys.executable, "-c"], "python", "1 accepted\n", id="Python"),
    ],
)
def test_an_example_stores_what_it_says(
    sqlite_store: Store, words: list[str], language: str, said: str
) -> None:
    if language == "bash" and not (shutil.which("bash") and shutil.which("curl")):
        pytest.skip("curl or bash is not installed")
    organise(sqlite_store, [], [objective("checkout-availability", None)])
    with played_steward(sqlite_store, MovableClock(TEN)) as steward:
        refused = run([*words, example(language)], steward.address, "another-token-than-this")
        assert refused.returncode != 0
        done = run([*words, example(language)], steward.address)
    assert (done.returncode, done.stdout) == (0, said), done.stderr
    with sqlite_store.read() as tx:
        [standing] = tx.standings.all(at=TEN)
    assert standing.figures.counts.measured == 1
    assert standing.figures.counts.total == 600


def test_the_example_in_python_is_short() -> None:
    assert len(example("python").splitlines()) <= 10


def test_every_status_is_told() -> None:
    code = "".join((ROOT / "bot" / name).read_text(encoding="utf-8") for name in ("intake.py", "denial.py"))
    said = {int(status) for status in re.findall(r"(?:Denial\(|__init__\()(\d{3}), ", code)}
    told = {int(status) for status in re.findall(r"^\| (\d{3}) \|", DOCUMENT, re.MULTILINE)}
    assert told == said | {200, 405}
