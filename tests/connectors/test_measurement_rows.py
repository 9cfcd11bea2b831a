"""Measurements of a request: what is said of bad ones, and that good ones are those that `steward import` takes."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.measurement_file import read_measurements
from connectors.measurement_json import json_rows
from connectors.measurement_rows import (
    MOST_MEASUREMENTS,
    MOST_PROBLEMS,
    Malformed,
    TooMany,
    Unacceptable,
    checked,
    csv_rows,
)
from domain.measurement import Measurement
from domain.minutes import HOUR, instant_of, minute_of
from domain.refusal import Refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NINE = minute_of(datetime(2026, 11, 23, 9, tzinfo=UTC))
KNOWN = ("checkout-availability", "search-latency")
GOOD: dict[str, Any] = {"objective": KNOWN[0], "start": "2026-11-23T09:00:00Z", "good": 5, "total": 6}
HEADER = "objective,start,good,total\n"
Ledger = dict[tuple[str, int], tuple[int, int]]


def of_json(body: bytes | str) -> Ledger:
    content = body.encode() if isinstance(body, str) else body
    found = checked(json_rows(content), known=KNOWN, at=NOON)
    return {(name, minute): (good, total) for name, (minute, good, total) in found}


def of_csv(body: str) -> Ledger:
    found = checked(csv_rows(body.encode()), known=KNOWN, at=NOON)
    return {(name, minute): (good, total) for name, (minute, good, total) in found}


def of_import(content: str) -> Ledger:
    batches = read_measurements(BytesIO(content.encode()), "counts.csv", known=KNOWN, at=NOON)
    return {
        (name, minute): (good, total)
        for batch in batches
        for name, hours in batch.items()
        for hour, measured in hours.items()
        for minute, good, total in measured.measurements(hour * HOUR)
    }


def body(*entries: object) -> str:
    return json.dumps({"measurements": entries})


def problems(*entries: object) -> list[tuple[int, str | None, str]]:
    with pytest.raises(Unacceptable) as refused:
        of_json(body(*entries))
    return [astuple(problem) for problem in refused.value.problems]


def test_a_measurement_in_json_and_in_csv() -> None:
    wanted = {(KNOWN[0], NINE): (5, 6)}
    assert of_json(body(GOOD)) == wanted
    assert of_json(b"\xef\xbb\xbf" + body(GOOD).encode()) == wanted
    assert of_csv(HEADER + "checkout-availability,2026-11-23T09:00:00Z,5,6\n") == wanted


def test_measurements_keep_their_order() -> None:
    entries = [{**GOOD, "start": f"2026-11-23T09:{minute:02}:00Z"} for minute in (7, 3, 5)]
    found = checked(json_rows(body(*entries).encode()), known=KNOWN, at=NOON)
    assert found == [(KNOWN[0], Measurement(NINE + minute, 5, 6)) for minute in (7, 3, 5)]


def test_nothing_is_nothing() -> None:
    assert of_json(body()) == of_csv(HEADER) == {}


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        pytest.param(
            {"objective": "serch-latency"}, "objective", "Did you mean `search-latency`?", id="misspelt"
        ),
        pytest.param({"objective": "\ud800\x1b[2J"}, "objective", "called `��[2J`", id="a lone surrogate"),
        pytest.param({"objective": 7}, "objective", "must be text, not a number", id="a number as name"),
        pytest.param({"objective": None}, "objective", "must be text, not null", id="null as name"),
        pytest.param({"start": "2026-11-23T09:00:00"}, "start", "has no zone", id="no zone"),
        pytest.param({"start": "2026-11-23T09:00:30Z"}, "start", "not a whole minute", id="half a minute"),
        pytest.param({"start": "2026-11-23T12:06:00Z"}, "start", "in the future", id="ahead"),
        pytest.param({"start": "\ud800" * 1000}, "start", "is no time", id="surrogates as time"),
        pytest.param({"start": 1795424400}, "start", "must be text, not a number", id="seconds since 1970"),
        pytest.param({"good": True}, "good", "must be a whole number, not true or false", id="true"),
        pytest.param({"good": "5"}, "good", "must be a whole number, not text", id="text as count"),
        pytest.param({"good": 5.0}, "good", "must be a whole number, not a fraction", id="a fraction"),
        pytest.param({"good": [5]}, "good", "must be a whole number, not a list", id="a list as count"),
        pytest.param({"good": {}}, "good", "must be a whole number, not an object", id="an object as count"),
        pytest.param({"good": -1}, "good", "is negative", id="negative"),
        pytest.param({"good": 7}, "good", "good 7 is more than total 6", id="more good than all"),
        pytest.param({"total": 10**12 + 1}, "total", "over the most", id="over 10^12"),
        pytest.param({"total": 10**4000}, "total", "4001 digits", id="thousands of digits"),
        pytest.param({"bad": 1}, "bad", "There is no such field", id="a field too many"),
        pytest.param({"b\ud800" * 100: 1}, "b�" * 40, "There is no such field", id="a strange field"),
    ],
)
def test_a_bad_field_is_named(change: dict[str, Any], field: str, said: str) -> None:
    [(index, found, message)] = problems(GOOD, {**GOOD, "start": "2026-11-23T09:01:00Z", **change})
    assert (index, found) == (1, field)
    assert said in message
    assert len(message) < 300
    assert message.isprintable()


@pytest.mark.parametrize("field", GOOD)
def test_a_missing_field_is_named(field: str) -> None:
    entry = {name: value for name, value in GOOD.items() if name != field}
    assert problems(entry) == [(0, field, f"{field} is missing.")]


@pytest.mark.parametrize("entry", [None, 7, 1.5, "text", [], True])
def test_an_entry_that_is_no_object(entry: object) -> None:
    [(index, field, message)] = problems(GOOD, entry)
    assert (index, field) == (1, None)
    assert message.startswith("A measurement must be an object, not ")


def test_all_that_is_wrong_with_a_measurement_is_said() -> None:
    found = problems({"objective": "x", "start": "noon", "good": -1, "total": None})
    assert [(index, field) for index, field, _ in found] == [
        (0, "objective"),
        (0, "start"),
        (0, "good"),
        (0, "total"),
    ]


def test_the_same_minute_twice_in_two_zones() -> None:
    again = {**GOOD, "start": "2026-11-23T10:00:00+01:00"}
    said = "2026-11-23T09:00:00Z of `checkout-availability` comes twice, first at index 0."
    assert problems(GOOD, {**GOOD, "objective": KNOWN[1]}, again) == [(2, "start", said)]


def test_many_problems_are_cut_and_counted() -> None:
    with pytest.raises(Unacceptable) as refused:
        of_json(body(*({**GOOD, "objective": f"checkout-{i}"} for i in range(1_000))))
    told = refused.value
    assert (len(told.problems), told.more, told.rows) == (MOST_PROBLEMS, 1_000 - MOST_PROBLEMS, 1_000)
    assert len({problem.message for problem in told.problems}) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "not JSON", id="nothing"),
        pytest.param(b"{", "not JSON (Expecting property name", id="no end"),
        pytest.param(
            b'{"measurements": []} x', "not JSON (Extra data: line 1, column 22)", id="more behind it"
        ),
        pytest.param(b"[]", 'must be {"measurements"', id="a bare list"),
        pytest.param(b"7", 'must be {"measurements"', id="a number"),
        pytest.param(b"{}", 'must be {"measurements"', id="an empty object"),
        pytest.param(b'{"measurements": [], "at": 1}', "nothing beside", id="more beside it"),
        pytest.param(b'{"measurements": null}', "a list, not null", id="null"),
        pytest.param(b'{"measurements": {}}', "a list, not an object", id="an object"),
        pytest.param(b'{"measurements": [NaN]}', "there is no NaN", id="NaN"),
        pytest.param(b'{"measurements": [-Infinity]}', "there is no -Infinity", id="Infinity"),
        pytest.param(b'{"measurements": [{"good": 1, "good": 2}]}', "twice in one object", id="a name twice"),
        pytest.param(b'{"measurements": [], "measurements": []}', "twice in one object", id="the list twice"),
        pytest.param(b'{"measurements": ["\xff"]}', "not UTF-8 (byte 19)", id="not UTF-8"),
        pytest.param('{"measurements": []}'.encode("utf-16"), "not UTF-8 (byte 0)", id="UTF-16"),
        pytest.param(b"\x1f\x8b\x08\0", "not UTF-8 (byte 1)", id="compressed"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="nested lists"),
        pytest.param(b'{"a":' * 100_000, "nested too deeply", id="nested objects"),
    ],
)
def test_what_is_no_json_of_measurements(content: bytes, said: str) -> None:
    with pytest.raises(Malformed) as refused:
        of_json(content)
    assert said in str(refused.value)


def test_what_is_no_csv_of_measurements() -> None:
    for content in ("", "objective,start\n", HEADER + "a,b,c\n", HEADER + '"a,b,c,d\n', HEADER + "\0,,,\n"):
        with pytest.raises(Malformed, match=r"^body:\d: "):
            of_csv(content)


def test_an_index_counts_rows_and_not_lines() -> None:
    with pytest.raises(Unacceptable) as refused:
        of_csv(f"{HEADER}\nsearch-latency,2026-11-23T09:00Z,1,1\n\nsearch-latency,2026-11-23T09:01Z,2,1\n")
    assert [(problem.index, problem.field) for problem in refused.value.problems] == [(1, "good")]


@pytest.mark.parametrize("more", [0, 1])
def test_a_request_has_a_largest_number_of_measurements(more: int) -> None:
    minutes = range(NINE - MOST_MEASUREMENTS - more, NINE)
    rows = "".join(f"search-latency,{instant_of(minute):%Y-%m-%dT%H:%MZ},1,1\n" for minute in minutes)
    if more:
        with pytest.raises(TooMany, match="at most 50,000 measurements"):
            of_csv(HEADER + rows)
    else:
        assert len(of_csv(HEADER + rows)) == MOST_MEASUREMENTS


NAMES = {**dict.fromkeys(KNOWN, True), "": False, "Search-latency": False}
STARTS = {
    "2026-11-23T09:00:00Z": NINE,
    "2026-11-23T10:00:00+01:00": NINE,
    "2026-11-23 09:01Z": NINE + 1,
    "2026-11-23T12:05:00Z": NINE + 185,
    "20261122T090000Z": NINE - 24 * HOUR,
    "2026-11-23T12:06:00Z": None,
    "2026-11-23T09:00:01Z": None,
    "2026-11-23T09:00:00": None,
    "2026-02-30T09:00Z": None,
    "1999-11-23T09:00Z": None,
    "noon": None,
    "": None,
}
NUMBERS = st.sampled_from([0, 1, 2, 10**12, 10**12 + 1, -1, 10**30])
ROWS = st.lists(
    st.tuples(st.sampled_from([*NAMES]), st.sampled_from([*STARTS]), NUMBERS, NUMBERS), min_size=1, max_size=4
)
GOOD_ROWS = st.lists(
    st.tuples(
        st.sampled_from(KNOWN), st.sampled_from([*STARTS][:5]), st.just(1), st.sampled_from([1, 2, 10**12])
    ),
    min_size=1,
    max_size=4,
)


def naive(rows: Sequence[tuple[str, str, int, int]]) -> tuple[Ledger, int | None]:
    """What is accepted, and the first row that is not."""
    ledger: Ledger = {}
    for index, (name, start, good, total) in enumerate(rows):
        minute = STARTS[start]
        is_good = NAMES[name] and minute is not None and 0 <= good <= total <= 10**12
        if not is_good or (name, minute) in ledger:
            return {}, index
        ledger[name, minute or 0] = (good, total)
    return ledger, None


@given(st.one_of(ROWS, GOOD_ROWS))
def test_what_a_request_may_have_is_what_import_takes(rows: list[tuple[str, str, int, int]]) -> None:
    wanted, bad = naive(rows)
    in_csv = HEADER + "".join(f"{name},{start},{good},{total}\n" for name, start, good, total in rows)
    in_json = body(*(dict(zip(GOOD, row, strict=True)) for row in rows))
    if bad is None:
        assert of_import(in_csv) == of_csv(in_csv) == of_json(in_json) == wanted
        return
    with pytest.raises(Refusal, match=rf"^counts.csv:{bad + 2}: "):
        of_import(in_csv)
    for read, content in ((of_csv, in_csv), (of_json, in_json)):
        with pytest.raises(Unacceptable) as refused:
            read(content)
        assert refused.value.problems[0].index == bad


COUNTS = ["0", "007", "5", "+5", "-0", "5.0", "5e0", " 5", "５", "1_0", "1000000000000", "1000000000001"]


@pytest.mark.parametrize("total", ["5", "0005", "1000000000000", ""])
@pytest.mark.parametrize("good", COUNTS)
def test_counts_of_csv_are_those_of_import(good: str, total: str) -> None:
    content = f"{HEADER}search-latency,2026-11-23T09:00Z,{good},{total}\n"
    try:
        wanted = of_import(content)
    except Refusal:
        with pytest.raises(Unacceptable):
            of_csv(content)
    else:
        assert of_csv(content) == wanted


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:measurNaN-0.1e\\ud', max_size=60).map(str.encode))
def test_any_body_is_answered(content: bytes) -> None:
    for read in (json_rows, csv_rows):
        with suppress(Malformed, Unacceptable):
            assert checked(read(content), known=KNOWN, at=NOON) == []
