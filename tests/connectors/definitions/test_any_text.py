"""Whatever stands in a file: an answer, never a traceback, and the same one twice."""

import re
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
    ANNOTATED,
    BY_WALL,
    CALENDAR,
    COMPOSITE,
    CONDITION,
    DATA_SOURCE,
    POLICY,
    RAW,
    SERVICE,
    SLI,
    SLICES,
    TARGET,
    THE_AGREEMENT,
    THE_CALENDAR,
    THE_TEAM,
    THRESHOLD,
    WATCHED,
)
from tests.connectors.definitions.spoiling import spoiled

DOCS = Path(__file__).parents[3] / "docs" / "lint.md"
DOCUMENTED = frozenset(re.findall(r"^\| ([EW]\d{3}) \|", DOCS.read_text("utf-8"), re.MULTILINE))
AT = datetime(2026, 11, 24, tzinfo=UTC)
OPENSLO = (
    *(ANNOTATED, SLICES.replace("checkout-av", "a"), CALENDAR.replace("checkout-av", "b"), SLI, SERVICE),
    *(THRESHOLD.replace("checkout-av", "c"), RAW.replace("checkout-av", "d"), COMPOSITE.replace("k", "e")),
    *(DATA_SOURCE, TARGET, CONDITION, POLICY, WATCHED.replace("checkout-av", "f")),
)
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
    max_examples=80,
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
        linted, loaded = load([path]), load([path], Current().known)
        assert load([path], Current().known) == loaded
    for problem in (*linted.problems, *loaded.problems):
        assert problem.code in DOCUMENTED
        assert str(problem).isprintable()
        assert str(problem).startswith(f"{problem.path}:{problem.line}: {problem.severity} {problem.code} ")
        assert 0 <= problem.line <= content.count(b"\n") + content.count(b"\r") + content.count(b"\x85") + 1
    assert render(plan(loaded.definitions, Current(), at=AT)).endswith(".")


@RARELY
@given(mutated())
def test_mutated_documents(text: str) -> None:
    check(text.encode("utf-8", "surrogatepass"))


@RARELY
@given(spoiled())
def test_spoiled_structures(text: str) -> None:
    check(text.encode("utf-8"))


@RARELY
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    check(content)
