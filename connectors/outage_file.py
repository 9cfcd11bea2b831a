"""Files of outages: what was down from when to when, as measured hours in batches."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from connectors.csv_lines import CsvFile
from connectors.hour_batches import MOST_HOURS, Batch
from domain.measurement import MINUTES_AHEAD, parse_instant, unknown_objective
from domain.minutes import HOUR, minute_of
from domain.outage import Outage, measured_hours
from domain.refusal import Refusal

COLUMNS = ("objective", "start", "end")


def parse_span(start: str, end: str, *, at: datetime) -> range:
    """The minutes from `start` to before `end`: whole ones, and measured by `at`. Raises `Refusal`."""
    first, stop = _whole_minute(start), _whole_minute(end)
    if first >= stop:
        raise Refusal(f"The span is empty: --from {start} is not before --to {end}.")
    if stop > minute_of(at + MINUTES_AHEAD):
        raise Refusal(
            f"The span ends in the future ({end}): at most 5 minutes ahead of {at:%Y-%m-%dT%H:%MZ}."
        )
    return range(first, stop)


def read_outages(
    file: BinaryIO, shown: str, *, known: Collection[str], objectives: Sequence[str] = ()
) -> Mapping[str, Sequence[Outage]]:
    """Each objective's outages. Raises `Refusal`, at a bad line beginning with `shown:LINE:`.

    `known` are the objectives that there are; `objectives` are those that may have had no outage.
    """
    for name in objectives:
        _check_known(name, known)
    found: dict[str, list[Outage]] = {name: [] for name in objectives}
    source = CsvFile(file, shown, COLUMNS)
    blocks = source.blocks()
    for block in blocks:
        for line, (name, start, end) in source.rows(block, blocks):
            try:
                _check_known(name, known)
                found.setdefault(name, []).append(Outage(parse_instant(start), parse_instant(end)))
            except Refusal as problem:
                raise source.refusal(line, problem) from None
    if not found:
        raise source.refusal(
            2, "There is no outage below the header. Say with --objective NAME what had none."
        )
    return found


def hours_with_outages(
    outages: Mapping[str, Sequence[Outage]], span: range, *, progress: Callable[[int], object] = int
) -> Iterator[Batch]:
    """Every minute of `span` of each objective; `progress` is told how many hours more are there."""
    batch: Batch = {}
    waiting = 0
    for name, its_outages in outages.items():
        for hour, measured in measured_hours(its_outages, span):
            batch.setdefault(name, {})[hour] = measured
            waiting += 1
            if waiting == MOST_HOURS:
                yield batch
                progress(waiting)
                batch, waiting = {}, 0
    if batch:
        yield batch
        progress(waiting)


def hours_in(span: range) -> int:
    """How many hours the minutes of `span` lie in."""
    return (span.stop - 1) // HOUR - span.start // HOUR + 1


def _whole_minute(text: str) -> int:
    instant = parse_instant(text)
    if instant.second or instant.microsecond:
        raise Refusal(f"{text!r} is not a whole minute: seconds must be 00.")
    return minute_of(instant)


def _check_known(name: str, known: Collection[str]) -> None:
    if name not in known:
        raise unknown_objective(name, known)
