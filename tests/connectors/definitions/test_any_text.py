"""Whatever stands in a file: an answer, never a traceback, and the same one twice."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.definitions.load import load
from domain.plan import Current
from domain.planning import plan
from messages.plan import render
from tests.connectors.definitions.samples import (
    BY_WALL,
    CALENDAR,
    SERVICE,
    SLI,
    SLICES,
    SLO,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_TEAM,
)

AT = datetime(2026, 11, 24, tzinfo=UTC)
OPENSLO = (SLO, SLICES.replace("checkout-av", "a"), CALENDAR, SLI, SERVICE)
GOOD = "---\n".join((*OPENSLO, THE_TEAM, THE_AGREEMENT, THE_CALENDAR, BY_WALL))
LINES = GOOD.splitlines(keepends=True)
SPLINTERS = st.sampled_from(
    [
        "",
        "~",
        "[]",
        "{}",
        "- ",
        ": ",
        "&a ",
        "*a",
        "<<: *a",
        "!!set ",
        "|\n",
        "'",
        '"',
        "no",
        "1e99",
        "0x1F",
        "..",
        "\n",
        "---\n",
        "99:99",
        "00:00-24:00",
        "9999-12-31",
        "0001-01-01T00:00Z",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        '"FREQ=WEEKLY;UNTIL=99991231T235959Z"',
    ]
) | st.text(max_size=4)
RARELY = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Good documents with some words replaced, lines moved or lost."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        words = lines[place].split(" ")
        words[draw(st.integers(0, len(words) - 1))] = draw(SPLINTERS)
        lines[place] = draw(st.sampled_from(["", lines[place - 1], " ".join(words), " ".join(words)]))
    return "".join(lines)


def check(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.yaml")
        path.write_bytes(content)
        loaded = load([path], Current().known)
        assert load([path], Current().known) == loaded
    for problem in loaded.problems:
        assert str(problem).isprintable()
        assert 0 <= problem.line <= content.count(b"\n") + content.count(b"\r") + content.count(b"\x85") + 1
    assert render(plan(loaded.definitions, Current(), at=AT)).endswith(".")


@RARELY
@given(mutated())
def test_mutated_documents(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@RARELY
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    check(content)
