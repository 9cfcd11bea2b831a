"""Files of measurements: what is read of good ones, and what is said of bad ones."""

import random
import re
from collections import deque
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.csv_lines import BLOCK_BYTES
from connectors.hour_batches import MOST_HOURS
from connectors.measurement_file import MOST_KNOWN_COUNTS, read_measurements
from domain.minutes import HOUR, instant_of, minute_of
from domain.refusal import Refusal

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEADER = "objective,start,good,total\n"
LONG = "long" * 50
KNOWN = ["checkout-availability", "search-latency", "b", LONG]
Ledger = dict[tuple[str, int], tuple[int, int]]


def ledger_of(content: bytes | str) -> Ledger:
    """What a file says; no minute may come in two batches."""
    found: Ledger = {}
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    for batch in read_measurements(file, "counts.csv", known=KNOWN, at=NOON):
        assert sum(map(len, batch.values())) < MOST_HOURS + 5_000
        for name, hours in batch.items():
            for hour, measured in hours.items():
                for minute, good, total in measured.measurements(hour * HOUR):
                    assert (name, minute) not in found
                    found[name, minute] = (good, total)
    return found


def refused(content: bytes | str) -> str:
    file = BytesIO(content.encode() if isinstance(content, str) else content)
    with pytest.raises(Refusal) as raised:
        deque(read_measurements(file, "counts.csv", known=KNOWN, at=NOON), maxlen=0)
    return str(raised.value)


def at(text: str) -> int:
    return minute_of(datetime.fromisoformat(text))


GOOD = "b,2026-11-23T09:00:00Z,5,6\n"
NINE = {("b", at("2026-11-23T09:00Z")): (5, 6)}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(HEADER + GOOD, id="plain"),
        pytest.param(HEADER + GOOD.rstrip(), id="without a last line end"),
        pytest.param("\ufeff" + HEADER + GOOD, id="byte order mark"),
        pytest.param((HEADER + GOOD).replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param('"objective","start","good","total"\n"b","2026-11-23T09:00:00Z","5","6"\n', id="quoted"),
        pytest.param(HEADER + "\n" + GOOD + "\n\n", id="empty lines"),
        pytest.param(HEADER + "b,2026-11-23T09:00Z,5,6\n", id="without seconds"),
        pytest.param(HEADER + "b,2026-11-23 09:00:00+00:00,5,6\n", id="with a space"),
        pytest.param(HEADER + "b,2026-11-23T14:45:00+05:45,5,6\n", id="Kathmandu"),
        pytest.param(HEADER + "b,20261123T090000Z,5,6\n", id="basic format"),
        pytest.param(HEADER + "b,2026-W48-1T09:00:00.000Z,5,6\n", id="week date"),
        pytest.param(HEADER + "b,2026-11-23T09:00:00Z,0005,006\n", id="leading zeros"),
    ],
)
def test_ways_to_write_one_minute(content: str) -> None:
    assert ledger_of(content) == NINE


BAD_LINES = [
    pytest.param("b,2026-11-23T09:01:00Z,1", "must be 4 columns .*not 3 columns", id="too few columns"),
    pytest.param("b,2026-11-23T09:01:00Z,1,2,3", "not 5 columns", id="too many columns"),
    pytest.param("b;2026-11-23T09:01:00Z;1;2", "not 1 column", id="semicolons"),
    pytest.param(" ", "not 1 column", id="a space"),
    pytest.param("b,2026-11-23T09:01:00Z,3,2", "good 3 is more than total 2", id="good over total"),
    pytest.param("b,2026-11-23T09:01:00Z,-1,2", "negative", id="negative"),
    pytest.param("b,2026-11-23T09:01:00Z,1.0,2", "not a whole number", id="fraction"),
    pytest.param("b,2026-11-23T09:01:00Z,1e3,2000", "not a whole number", id="exponent"),
    pytest.param("b,2026-11-23T09:01:00Z,+1,2", "not a whole number", id="plus sign"),
    pytest.param("b,2026-11-23T09:01:00Z,1_0,20", "not a whole number", id="underscore"),
    pytest.param("b,2026-11-23T09:01:00Z,١,2", "not a whole number", id="Arabic digit"),
    pytest.param("b,2026-11-23T09:01:00Z,²,2", "not a whole number", id="superscript digit"),
    pytest.param("b,2026-11-23T09:01:00Z, 1,2", "not a whole number", id="space before a count"),
    pytest.param("b,2026-11-23T09:01:00Z,1,2 ", "not a whole number", id="space after a count"),
    pytest.param("b,2026-11-23T09:01:00Z,,2", "not a whole number", id="no count"),
    pytest.param("b,2026-11-23T09:01:00Z,1,", "not a whole number", id="no total"),
    pytest.param("b,2026-11-23T09:01:00Z,NaN,2", "not a whole number", id="NaN"),
    pytest.param("b,2026-11-23T09:01:00Z,1,1000000000001", "over the most", id="over 10^12"),
    pytest.param(f"b,2026-11-23T09:01:00Z,1,{'9' * 30}", "30 digits", id="long total"),
    pytest.param(f"b,2026-11-23T09:01:00Z,1,{'9' * 9_000}", "9000 digits", id="longer than int() reads"),
    pytest.param(f"b,2026-11-23T09:01:00Z,{'0' * 30},2", "30 digits", id="many zeros"),
    pytest.param("b,2026-11-23T09:01:00,1,2", "has no zone", id="naive"),
    pytest.param("b,2026-11-23,1,2", "has no zone", id="a date"),
    pytest.param("b,yesterday,1,2", "is no time", id="garbled time"),
    pytest.param("b,,1,2", "is no time", id="no time"),
    pytest.param("b,2026-02-29T09:01:00Z,1,2", "is no time", id="no such day"),
    pytest.param("b,2026-11-23T09:60:00Z,1,2", "is no time", id="no such minute"),
    pytest.param("b,2026-11-23T09:0１:00Z,1,2", "is no time", id="wide digit"),
    pytest.param("b,2026-11-23T09:01:01Z,1,2", "not a whole minute", id="seconds"),
    pytest.param("b,2026-11-23T09:01:00.5Z,1,2", "not a whole minute", id="half a second"),
    pytest.param("b,2026-11-23T12:06:00Z,1,2", "in the future", id="six minutes ahead"),
    pytest.param("b,2027-11-23T09:01:00Z,1,2", "in the future", id="next year"),
    pytest.param(
        "serch-latency,2026-11-23T09:01:00Z,1,2", "Did you mean `search-latency`", id="misspelt objective"
    ),
    pytest.param(",2026-11-23T09:01:00Z,1,2", "no objective called ``", id="no objective"),
    pytest.param("B,2026-11-23T09:01:00Z,1,2", "no objective called `B`", id="another case"),
    pytest.param('"b\nb",2026-11-23T09:01:00Z,1,2', "no objective called", id="a line end in quotes"),
    pytest.param('"b"b,2026-11-23T09:01:00Z,1,2', "not CSV", id="half-quoted field"),
    pytest.param('"b,2026-11-23T09:01:00Z,1,2', "not CSV", id="a quote never closed"),
    pytest.param(f"{'x' * 200_000},2026-11-23T09:01:00Z,1,2", "not CSV .*field", id="over-long field"),
    pytest.param("b,2026-11-23T09:01:00Z,1\0,2", "NUL", id="NUL byte"),
    pytest.param("b,2026-11-23T09:00:00Z,1,2", "is in this file twice", id="the first minute again"),
    pytest.param("b,2026-11-23T10:00:00+01:00,5,6", "is in this file twice", id="again, in another zone"),
    pytest.param(f"{'x' * (3 * BLOCK_BYTES)}", "over a million bytes", id="a line of megabytes"),
]


@pytest.mark.parametrize(("line", "said"), BAD_LINES)
@pytest.mark.parametrize(
    ("before", "number"),
    [
        pytest.param("", 3, id="line 3"),
        pytest.param("\n\n", 5, id="after empty lines"),
        pytest.param('"b","2026-11-23T08:00:00Z",1,2\n', 4, id="after quotes"),
        pytest.param(
            "".join(f"{LONG},{instant_of(28_000_000 + i).isoformat()},1,1\n" for i in range(5_000)),
            5_003,
            id="in a later block",
        ),
    ],
)
def test_a_bad_line_is_named(line: str, said: str, before: str, number: int) -> None:
    after = "b,2026-11-23T09:30:00Z,1,2\n"
    sentence = refused(f"{HEADER}{GOOD}{before}{line}\n{after}")
    assert sentence.startswith(f"counts.csv:{number}: ")
    assert re.search(said, sentence)


def test_a_line_end_in_quotes_counts_as_a_line() -> None:
    content = f'{HEADER}{GOOD}"b\n",2026-11-23T09:01:00Z,1,2\n'
    assert refused(content).startswith("counts.csv:3: ")
    later = f'{HEADER}b,"2026-11-23T09:01:00Z",1,2\nb,2026-11-23T09:02:00Z,1,"2\n"\n'
    assert refused(later).startswith("counts.csv:3: ")


def test_a_quoted_field_may_lie_in_two_blocks() -> None:
    line = f"{LONG},2026-11-01T00:00:00Z,1,2\n"
    lines = (BLOCK_BYTES - 60_000) // len(line)
    good = [
        line.replace("2026-11-01T00:00:00Z", instant_of(28_000_000 + i).isoformat()) for i in range(lines)
    ]
    field = '"' + "x\n" * 60_000 + '"'
    sentence = refused(f"{HEADER}{''.join(good)}{field},2026-11-23T09:00:00Z,1,2\n{GOOD}")
    assert sentence.startswith(f"counts.csv:{lines + 2}: There is no objective called `x")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", r"^counts.csv:1: The file is empty.*`objective,start,good,total`", id="empty"),
        pytest.param(HEADER.encode(), r"^counts.csv:2: There is no measurement", id="header only"),
        pytest.param(b"\n\n", r"^counts.csv:1: .*must be `objective,start,good,total`", id="empty lines"),
        pytest.param(GOOD.encode(), r"^counts.csv:1: .*must be `objective,start,good,total`", id="no header"),
        pytest.param(b"objective,start,total,good\n", "^counts.csv:1: .*must be", id="columns swapped"),
        pytest.param(b'"objective\n', "^counts.csv:1: .*must be", id="header with an open quote"),
        pytest.param((HEADER + GOOD).encode("utf-16"), "^counts.csv:1: .*not UTF-8", id="UTF-16"),
        pytest.param((HEADER + GOOD).encode("utf-16-le"), "^counts.csv:1: .*NUL", id="UTF-16 without a mark"),
        pytest.param(f"{HEADER}{GOOD}ü,".encode("latin-1"), "^counts.csv:3: .*not UTF-8", id="Latin-1"),
        pytest.param(b"PK\x03\x04\x14\0\x06\0\x08", "^counts.csv:1: .*NUL", id="a spreadsheet"),
        pytest.param(b"\x1f\x8b\x08\0\0", "^counts.csv:1: .*not UTF-8", id="compressed"),
        pytest.param((HEADER + GOOD).replace("\n", "\r").encode(), "^counts.csv:1: ", id="old line ends"),
        pytest.param((HEADER + "b,2026-11-23T09:00:00Z,5,6\rb").encode(), "^counts.csv:2: ", id="a lone CR"),
    ],
)
def test_what_is_no_file_of_measurements(content: bytes, said: str) -> None:
    assert re.search(said, refused(content))


def test_a_name_as_long_as_a_book_is_cut() -> None:
    assert len(refused(f"{HEADER}{'search-latency' * 5_000},2026-11-23T09:00:00Z,1,2\n")) < 300


@pytest.mark.parametrize("ahead", [5, 6])
def test_five_minutes_ahead_are_no_future(ahead: int) -> None:
    minutes = [NOON + timedelta(minutes=minute) for minute in range(ahead + 1)]
    content = HEADER + "".join(f"b,{minute:%Y-%m-%dT%H:%M:%SZ},1,2\n" for minute in minutes)
    if ahead == 5:
        assert len(ledger_of(content)) == 6
    else:
        assert refused(content).startswith("counts.csv:8: '2026-11-23T12:06:00Z' is in the future")


def test_twice_is_noticed_across_blocks_and_batches() -> None:
    first = at("2024-01-01T00:00Z")
    hours = MOST_HOURS + 500
    lines = [f"b,{instant_of(first + hour * HOUR + 7):%Y-%m-%dT%H:%MZ},1,1\n" for hour in range(hours)]
    assert len(ledger_of(HEADER + "".join(lines))) == hours
    again = "b,2024-01-01T00:07:00Z,1,1\n"
    assert refused(HEADER + "".join(lines) + again).startswith(
        f"counts.csv:{hours + 2}: 2024-01-01T00:07:00Z of `b` is in this file twice."
    )


def test_progress_says_every_byte() -> None:
    content = (HEADER + GOOD).encode()
    told: list[int] = []
    list(read_measurements(BytesIO(content), "counts.csv", known=KNOWN, at=NOON, progress=told.append))
    assert sum(told) == len(content)


def test_counts_of_large_variety() -> None:
    count = MOST_KNOWN_COUNTS + 20_000
    first = at("2025-01-01T00:00Z")
    rows = [(first + i, 10**11 + i, 10**12 - i) for i in range(count)]
    lines = [f"b,{instant_of(minute):%Y-%m-%dT%H:%MZ},{good},{total}\n" for minute, good, total in rows]
    assert ledger_of(HEADER + "".join(lines)) == {
        ("b", minute): (good, total) for minute, good, total in rows
    }
    for bad in ["+5", "1_0", "", " 5", "5.0", "0" * 21, "٥"]:
        lines[-5] = f"b,2025-06-01T00:00Z,{bad},10\n"
        assert refused(HEADER + "".join(lines)).startswith(f"counts.csv:{count - 3}: ")


zones = st.sampled_from(["Z", "+00:00", "+05:45", "-03:30", "+01:00"])
counts = st.one_of(st.integers(0, 700), st.integers(0, 10**12)).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
minutes = st.one_of(st.integers(0, 3 * HOUR), st.integers(0, 40 * HOUR))
stretches = st.lists(
    st.tuples(st.sampled_from(KNOWN), minutes, st.integers(1, 150), st.sampled_from([1, 1, 5]), counts),
    min_size=1,
    max_size=6,
)
ORDERS = ("by objective", "newest first", "by minute", "random")


@given(stretches, zones, st.sampled_from(ORDERS), st.integers(0), st.booleans())
def test_any_file_in_any_order_is_read_as_written(
    stretches: list[tuple[str, int, int, int, tuple[int, int]]],
    zone: str,
    order: str,
    seed: int,
    quoted: bool,
) -> None:
    first = at("2026-11-20T00:00Z")
    ledger: Ledger = {}
    for name, begin, length, step, counted in stretches:
        ledger |= {(name, first + begin + i): counted for i in range(0, length, step)}
    keys = _ordered(list(ledger), order, seed)
    lines = [
        f"{name},{_written(minute, zone)},{ledger[name, minute][0]},{ledger[name, minute][1]}"
        for name, minute in keys
    ]
    if quoted:
        lines = ['"' + line.replace(",", '","') + '"' for line in lines]
    assert ledger_of(HEADER + "\n".join(lines) + "\n") == ledger
    again = random.Random(seed).choice(lines)  # noqa: S311
    assert refused(HEADER + "\n".join([*lines, again])).startswith(f"counts.csv:{len(lines) + 2}: ")


def _ordered(keys: list[tuple[str, int]], order: str, seed: int) -> list[tuple[str, int]]:
    if order == "random":
        random.Random(seed).shuffle(keys)  # noqa: S311
        return keys
    if order == "by minute":
        return sorted(keys, key=lambda key: (key[1], key[0]))
    return sorted(keys, reverse=order == "newest first")


def _written(minute: int, zone: str) -> str:
    if zone == "Z":
        return f"{instant_of(minute):%Y-%m-%dT%H:%M:%SZ}"
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:]))
    return instant_of(minute).astimezone(timezone(-offset if zone[0] == "-" else offset)).isoformat()
