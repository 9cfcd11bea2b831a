"""Files of outages: what is read of good ones, and what is said of bad ones."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest

from connectors.hour_batches import MOST_HOURS
from connectors.outage_file import hours_in, hours_with_outages, parse_span, read_outages
from domain.minutes import HOUR, minute_of
from domain.outage import Outage
from domain.refusal import Refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEADER = "objective,start,end\n"
KNOWN = ["checkout", "search"]
NINE = minute_of(datetime(2026, 11, 23, 9, tzinfo=UTC))
SPAN = range(NINE, NINE + 90)


def bad_minutes(content: str, *objectives: str) -> dict[str, list[int]]:
    """The bad minutes of each objective, counted from nine; all of the span must be measured."""
    outages = read_outages(BytesIO(content.encode()), "down.csv", known=KNOWN, objectives=objectives)
    found: dict[str, list[int]] = {}
    for batch in hours_with_outages(outages, SPAN):
        for name, hours in batch.items():
            read = [one for hour, measured in hours.items() for one in measured.measurements(hour * HOUR)]
            assert [one.minute for one in read] == list(SPAN)
            assert {one.total for one in read} == {1}
            found[name] = [one.minute - NINE for one in read if not one.good]
    return found


def test_outages_of_several_objectives() -> None:
    content = (
        HEADER + "checkout,2026-11-23T09:00:30Z,2026-11-23T09:02:00Z\n"
        "search,2026-11-23T10:28:00+00:00,2026-11-24T10:01:00+00:00\n"
        "\n"
        "checkout,2026-11-23T10:01:00+01:00,2026-11-23T10:03:00.5+01:00\n"
    )
    assert bad_minutes(content) == {"checkout": [0, 1, 2, 3], "search": [88, 89]}


def test_an_objective_without_an_outage_is_good_throughout() -> None:
    content = HEADER + "checkout,2026-11-23T09:00:00Z,2026-11-23T09:01:00Z\n"
    assert bad_minutes(content, "search", "checkout") == {"search": [], "checkout": [0]}
    assert bad_minutes(HEADER, "search") == {"search": []}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("checkout,2026-11-23T09:00:00Z", "must be 3 columns", id="too few columns"),
        pytest.param("chekout,2026-11-23T09:00Z,2026-11-23T09:01Z", "mean `checkout`", id="misspelt"),
        pytest.param("checkout,2026-11-23T09:00,2026-11-23T09:01Z", "no zone", id="naive start"),
        pytest.param("checkout,2026-11-23T09:00Z,2026-11-23T09:01", "no zone", id="naive end"),
        pytest.param("checkout,2026-11-23T09:00Z,never", "is no time", id="garbled end"),
        pytest.param("checkout,2026-11-23T09:01Z,2026-11-23T09:00Z", "before it starts", id="backwards"),
        pytest.param("checkout,\0,2026-11-23T09:00Z", "NUL", id="NUL byte"),
        pytest.param('"checkout,2026-11-23T09:00Z,2026-11-23T09:01Z', "not CSV", id="a quote never closed"),
    ],
)
def test_a_bad_line_is_named(line: str, said: str) -> None:
    good = "checkout,2026-11-23T09:00:00Z,2026-11-23T09:01:00Z\n"
    with pytest.raises(Refusal, match=f"^down.csv:4: .*{re.escape(said)}"):
        bad_minutes(f"{HEADER}{good}\n{line}\n{good}")


def test_a_file_about_nothing_is_refused() -> None:
    with pytest.raises(Refusal, match=r"^down.csv:2: There is no outage .* --objective NAME"):
        bad_minutes(HEADER)
    with pytest.raises(Refusal, match=r"^down.csv:1: .*`objective,start,end`"):
        bad_minutes("objective,start,good,total\n")
    with pytest.raises(Refusal, match=r"^There is no objective called `serch`. Did you mean `search`"):
        bad_minutes(HEADER, "serch")


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        pytest.param("2026-11-23T09:00Z", "2026-11-23T09:00Z", "span is empty", id="empty"),
        pytest.param("2026-11-23T09:00Z", "2026-11-23T08:00Z", "span is empty", id="backwards"),
        pytest.param("2026-11-23T09:00:01Z", "2026-11-23T10:00Z", "not a whole minute", id="seconds"),
        pytest.param("2026-11-23T09:00Z", "2026-11-23T10:00:00.1Z", "not a whole minute", id="microseconds"),
        pytest.param("2026-11-23T09:00", "2026-11-23T10:00Z", "no zone", id="naive"),
        pytest.param("2026-11-23T09:00Z", "2026-11-23T12:06Z", "in the future", id="six minutes ahead"),
    ],
)
def test_a_span_that_cannot_be(start: str, end: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        parse_span(start, end, at=NOON)


def test_a_span_in_any_zone() -> None:
    assert parse_span("2026-11-23T10:00+01:00", "2026-11-23T12:05Z", at=NOON) == range(NINE, NINE + 185)


def test_batches_are_bounded_and_progress_adds_up() -> None:
    span = range(NINE - 3 * MOST_HOURS * 30, NINE)
    told: list[int] = []
    outages: dict[str, list[Outage]] = {"checkout": [], "search": []}
    sizes = [
        sum(map(len, batch.values())) for batch in hours_with_outages(outages, span, progress=told.append)
    ]
    assert max(sizes) <= MOST_HOURS
    assert sum(sizes) == sum(told) == 2 * hours_in(span) == 3 * MOST_HOURS
