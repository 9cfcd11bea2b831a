"""Files of measurements: a line a minute, in any order, as hours in batches."""

import csv
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from io import StringIO
from operator import itemgetter, sub
from typing import Any, BinaryIO, NamedTuple

from connectors.csv_lines import CsvFile
from connectors.hour_batches import Batch, HourBatches, Run
from domain.measurement import MINUTES_AHEAD, MinuteParser, checked_counts, unknown_objective, whole_count
from domain.minutes import HOUR, minute_of
from domain.refusal import Refusal

COLUMNS = ("objective", "start", "good", "total")
WRITTEN = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:00(:00)?(Z|[+-]\d\d:\d\d)", re.ASCII)
LETTERS_BEFORE_MINUTE = len("2026-11-23T09:")
MOST_DIGITS = 12
MOST_KNOWN_COUNTS = 50_000
MOST_KNOWN_HOURS = 5_000


def read_measurements(
    file: BinaryIO,
    shown: str,
    *,
    known: Collection[str],
    at: datetime,
    progress: Callable[[int], object] = int,
) -> Iterator[Batch]:
    """The file's minutes. Raises `Refusal` beginning with `shown:LINE:` at what is wrong: store all or nothing.

    `known` are the objectives that there are; `progress` is told how many bytes more were read.
    """
    source = CsvFile(file, shown, COLUMNS, progress)
    by_block, by_line, batches = _Blocks(known, at), _Lines(known, at), HourBatches()
    blocks = source.blocks()
    for block in blocks:
        runs = by_block.runs(block.text)
        if runs is None or not batches.add_all(runs):
            following = blocks if block.text.count('"') % 2 else ()
            for line, row in source.rows(block, following):
                try:
                    batches.add(by_line.run(row))
                except Refusal as problem:
                    raise source.refusal(line, problem) from None
                yield from batches.ripe()
        yield from batches.ripe()
    if batches.untouched:
        raise source.refusal(2, "There is no measurement below the header.")
    yield from batches.rest()


class _Lines:
    """Reads a line by itself: slowly, and saying what is wrong."""

    def __init__(self, known: Collection[str], at: datetime) -> None:
        self._known = known
        self._parser = MinuteParser(at)

    def run(self, row: Sequence[str]) -> Run:
        """The row's one minute. Raises `Refusal`."""
        name, start, good, total = row
        if name not in self._known:
            raise unknown_objective(name, self._known)
        minute = self._parser.parse(start)
        whole_good, whole_total = checked_counts(good, total)
        return Run(name, minute, (whole_total - whole_good,), (whole_total,))


class _Odd(Refusal):
    """Something in a block is wrong, or written unusually: it must be read line by line."""


class _Blocks:
    """Reads a block of lines at once, its hours by one comparison each: many times as fast as line by line."""

    def __init__(self, known: Collection[str], at: datetime) -> None:
        self._known = frozenset(known)
        self._counts = _Counts()
        self._hours = _Hours(at)

    def runs(self, text: str) -> list[Run] | None:
        """The block's runs of minutes; None where it must be read line by line."""
        try:
            return self._runs(text)
        except Refusal:
            return None

    def _runs(self, text: str) -> list[Run]:
        names, starts, goods, texts_of_totals = _columns(text)
        totals = self._counts.of(texts_of_totals)
        bads = list(map(sub, totals, self._counts.of(goods)))
        if min(bads) < 0:
            raise _Odd
        runs: list[Run] = []
        for name, pick in _by_name(names):
            if name not in self._known:
                raise _Odd
            runs += self._runs_of(name, pick(starts), pick(bads), pick(totals))
        return runs

    def _runs_of(
        self, name: str, starts: Sequence[str], bads: Sequence[int], totals: Sequence[int]
    ) -> Iterator[Run]:
        if starts[0] > starts[-1]:  # newest first
            starts, bads, totals = starts[::-1], bads[::-1], totals[::-1]
        place = 0
        while place < len(starts):
            minute, length = self._hours.run_at(starts, place)
            until = place + length
            yield Run(name, minute, bads[place:until], totals[place:until])
            place = until


class _Hour(NamedTuple):
    """An hour as it is written: `before` and one of `tails` make a minute's start."""

    first_minute: int
    before: str
    tails: Sequence[str]
    offsets: Mapping[str, int]

    def written(self, offset: int, length: int) -> str:
        """So many starts from this one on, a line each."""
        return self.before + f"\n{self.before}".join(self.tails[offset : offset + length])


class _Hours:
    """Reads starts, an hour's worth at a time."""

    def __init__(self, at: datetime) -> None:
        self._parser = MinuteParser(at)
        self._latest = minute_of(at + MINUTES_AHEAD)
        self._known: dict[tuple[str, str], _Hour] = {}

    def run_at(self, starts: Sequence[str], place: int) -> tuple[int, int]:
        """The minute at `place`, and how many minutes of one hour follow one another from there (at least)."""
        text = starts[place]
        before, tail = text[:LETTERS_BEFORE_MINUTE], text[LETTERS_BEFORE_MINUTE:]
        hour = self._known.get((before, tail[2:])) or self._hour(before, tail[2:])
        offset = hour.offsets.get(tail)
        if offset is None:
            raise _Odd
        minute = hour.first_minute + offset
        length = min(HOUR - offset, HOUR - minute % HOUR, len(starts) - place)
        if length > 1 and starts[place + 1] != before + hour.tails[offset + 1]:
            length = 1
        while length > 1 and "\n".join(starts[place : place + length]) != hour.written(offset, length):
            length //= 2
        if minute + length - 1 > self._latest:
            raise _Odd
        return minute, length

    def _hour(self, before: str, after: str) -> _Hour:
        if not WRITTEN.fullmatch(f"{before}00{after}"):
            raise _Odd
        first_minute = self._parser.parse(f"{before}00{after}")
        tails, offsets = _tails(after)
        if len(self._known) >= MOST_KNOWN_HOURS:
            self._known.clear()
        hour = self._known[before, after] = _Hour(first_minute, before, tails, offsets)
        return hour


@lru_cache(maxsize=100)
def _tails(after: str) -> tuple[Sequence[str], Mapping[str, int]]:
    tails = [f"{minute:02}{after}" for minute in range(HOUR)]
    return tails, {tail: offset for offset, tail in enumerate(tails)}


class _Counts:
    """Reads counts: remembers the texts of small variety, and reads those of large variety together."""

    def __init__(self) -> None:
        self._known = _KnownCounts()

    def of(self, texts: Sequence[str]) -> list[int]:
        """The counts. Raises `Refusal` where one is none, or over 10¹²."""
        if len(self._known) < MOST_KNOWN_COUNTS:
            return list(map(self._known.__getitem__, texts))
        joined = "".join(texts)
        if not (joined.isascii() and joined.isdigit() and all(texts)) or max(map(len, texts)) > MOST_DIGITS:
            raise _Odd
        return list(map(int, texts))


class _KnownCounts(dict[str, int]):
    def __missing__(self, text: str) -> int:
        count = self[text] = whole_count("total", text)
        return count


def _columns(text: str) -> Sequence[Sequence[str]]:
    """The four columns of the lines."""
    if '"' in text:
        return _quoted_columns(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if not text.endswith("\n"):
        text += "\n"
    fields = text.replace("\n", ",\n,").split(",")
    line_ends = fields[4::5]
    if len(fields) != 5 * len(line_ends) + 1 or line_ends.count("\n") != len(line_ends):
        raise _Odd
    return fields[0:-1:5], fields[1::5], fields[2::5], fields[3::5]


def _quoted_columns(text: str) -> Sequence[Sequence[str]]:
    try:
        columns = list(zip(*csv.reader(StringIO(text, newline="\n"), strict=True), strict=True))
    except (csv.Error, ValueError):
        raise _Odd from None
    if len(columns) != len(COLUMNS):
        raise _Odd
    return columns


def _by_name(names: Sequence[str]) -> Iterator[tuple[str, Callable[[Sequence[Any]], Sequence[Any]]]]:
    """Each name, and what picks its rows from a column: the n-th of every so many, or as they come."""
    step = names.index(names[0], 1) if names.count(names[0]) > 1 else 0
    if step and names[step:] == names[:-step] and len(set(names[:step])) == step:
        for first, name in enumerate(names[:step]):
            yield name, itemgetter(slice(first, None, step))
        return
    places: defaultdict[str, list[int]] = defaultdict(list)
    deque(map(list.append, map(places.__getitem__, names), range(len(names))), maxlen=0)
    for name, rows in places.items():
        first, end = rows[0], rows[-1] + 1
        yield name, itemgetter(slice(first, end)) if end - first == len(rows) else itemgetter(*rows)
