"""Measurements as a client of the intake API wrote them, checked row by row: what is wrong is said of each field."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from io import BytesIO
from typing import NamedTuple, TypeVar

from connectors.csv_lines import CsvFile
from connectors.measurement_file import COLUMNS
from domain.measurement import Measurement, MinuteParser, check_share, unknown_objective, whole_count
from domain.minutes import instant_of
from domain.refusal import Refusal

MOST_MEASUREMENTS = 50_000
MOST_PROBLEMS = 100
MOST_SUGGESTED = 10
"""To find what a name was meant to be takes milliseconds: only the first few unknown names are worth them."""

Written = str | Refusal
"""A field as its text, or why it has none."""
NamedMeasurement = tuple[str, Measurement]
T = TypeVar("T")


class Row(NamedTuple):
    """A measurement as it is written, in the order of COLUMNS."""

    objective: Written
    start: Written
    good: Written
    total: Written


class Fault(NamedTuple):
    """What makes a row no measurement at all; `field` where it is one field."""

    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the row `index`, counted from 0."""

    index: int
    field: str | None
    message: str


class Malformed(Refusal):
    """A body that cannot be read as what it is said to be."""


class TooMany(Refusal):
    """More measurements than one request may have."""


class Unacceptable(Refusal):
    """Some of `rows` measurements are wrong: `problems` are the first, and there are `more`."""

    def __init__(self, problems: Sequence[Problem], *, more: int, rows: int) -> None:
        super().__init__(f"{len(problems) + more} problems in {rows} measurements.")
        self.problems = problems
        self.more = more
        self.rows = rows


def csv_rows(body: bytes) -> Iterator[Row]:
    """The rows of a CSV file with the header of `steward import`. Raises `Malformed`, naming the line."""
    source = CsvFile(BytesIO(body), "body", COLUMNS)
    try:
        blocks = source.blocks()
        for block in blocks:
            for _, row in source.rows(block, blocks):
                yield Row(*row)
    except Refusal as refusal:
        raise Malformed(str(refusal)) from None


def checked(
    rows: Iterable[Row | Fault], *, known: Collection[str], at: datetime
) -> Sequence[NamedMeasurement]:
    """All rows as measurements of the `known` objectives. Raises `Unacceptable` and `TooMany`."""
    checking = _Checking(known, at)
    for index, row in enumerate(rows):
        if index == MOST_MEASUREMENTS:
            raise TooMany(f"One request may have at most {MOST_MEASUREMENTS:,} measurements. Send several.")
        checking.take(index, row)
    return checking.measurements()


class _Checking:
    def __init__(self, known: Collection[str], at: datetime) -> None:
        self._known = known
        self._minute = cache(MinuteParser(at).parse)
        self._good, self._total = partial(whole_count, "good"), partial(whole_count, "total")
        self._unknown: dict[str, str] = {}
        self._first: dict[str, dict[int, int]] = {name: {} for name in known}
        self._found: list[NamedMeasurement] = []
        self._problems: list[Problem] = []
        self._more = 0
        self._rows = 0

    def take(self, index: int, row: Row | Fault) -> None:
        """Check the next row."""
        self._rows += 1
        if isinstance(row, Fault):
            self._add(*row)
            return
        name = self._read("objective", row.objective, self._objective)
        minute = self._read("start", row.start, self._minute)
        good = self._read("good", row.good, self._good)
        total = self._read("total", row.total, self._total)
        if good is not None and total is not None:
            self._check_share(good, total)
            if name is not None and minute is not None:
                self._put(index, name, Measurement(minute, good, total))

    def measurements(self) -> Sequence[NamedMeasurement]:
        """What was taken, where nothing was wrong with it."""
        if self._problems:
            raise Unacceptable(self._problems, more=self._more, rows=self._rows)
        return self._found

    def _read(self, field: str, written: Written, reader: Callable[[str], T]) -> T | None:
        try:
            if isinstance(written, Refusal):
                raise written
            return reader(written)
        except Refusal as refusal:
            self._add(field, str(refusal))
            return None

    def _objective(self, name: str) -> str:
        if name in self._known:
            return name
        if name not in self._unknown:
            known = self._known if len(self._unknown) < MOST_SUGGESTED else ()
            self._unknown[name] = str(unknown_objective(name, known))
        raise Refusal(self._unknown[name])

    def _check_share(self, good: int, total: int) -> None:
        try:
            check_share(good, total)
        except Refusal as refusal:
            self._add("good", str(refusal))

    def _put(self, index: int, name: str, measurement: Measurement) -> None:
        first = self._first[name].setdefault(measurement.minute, index)
        if first == index:
            self._found.append((name, measurement))
        else:
            minute = f"{instant_of(measurement.minute):%Y-%m-%dT%H:%M:%SZ}"
            self._add("start", f"{minute} of `{name}` comes twice, first at index {first}.")

    def _add(self, field: str | None, message: str) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(self._rows - 1, field, message))
        else:
            self._more += 1
