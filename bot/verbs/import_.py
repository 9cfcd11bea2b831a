"""`steward import`: store measurements or outages from a CSV file."""

import argparse
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from tqdm import tqdm

from bot.verbs.arguments import parser
from bot.wiring import open_store, or_now
from connectors.definitions.files import shown
from connectors.hour_batches import Batch
from connectors.measurement_file import read_measurements
from connectors.outage_file import hours_in, hours_with_outages, parse_span, read_outages
from domain.refusal import Refusal
from storage.transaction import Transaction


def run(words: Sequence[str]) -> int:
    """All or nothing, in one transaction; says how much it was."""
    made = _parser()
    arguments = made.parse_args(words)
    _check_together(made, arguments)
    at = or_now(arguments.at)
    with (
        _opened(arguments.file) as file,
        open_store(arguments.workspace) as (store, workspace),
        store.transaction(workspace) as tx,
    ):
        read = _outages if arguments.outages else _measurements
        counted = _store(tx, read(file, arguments, tx.objectives.ids(), at), at=at)
    print(_sentence(counted))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser("import", "Store what was measured, from a CSV file.", at="what counts as now; default now")
    made.add_argument(
        "file",
        metavar="FILE.csv",
        type=Path,
        help="objective,start,good,total; with --outages objective,start,end",
    )
    made.add_argument(
        "--outages", action="store_true", help="the file has outages; the rest of the span was good"
    )
    made.add_argument("--from", dest="start", metavar="INSTANT", help="the first minute of the span")
    made.add_argument("--to", dest="end", metavar="INSTANT", help="the minute after the span")
    made.add_argument(
        "--objective",
        dest="objectives",
        metavar="NAME",
        action="append",
        default=[],
        help="also measured in the span, though without an outage; may be repeated",
    )
    return made


def _check_together(made: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """Leaves with exit status 2 where options do not go together."""
    if arguments.outages and not (arguments.start and arguments.end):
        made.error("--outages needs the span that the file is about: --from INSTANT --to INSTANT")
    if not arguments.outages and (arguments.start or arguments.end or arguments.objectives):
        made.error("--from, --to and --objective go with --outages only")


def _measurements(
    file: BinaryIO, arguments: argparse.Namespace, known: Iterable[str], at: datetime
) -> Iterator[Batch]:
    with _bar(os.fstat(file.fileno()).st_size, "B") as progress:
        yield from read_measurements(file, shown(arguments.file), known=list(known), at=at, progress=progress)


def _outages(
    file: BinaryIO, arguments: argparse.Namespace, known: Iterable[str], at: datetime
) -> Iterator[Batch]:
    span = parse_span(arguments.start, arguments.end, at=at)
    outages = read_outages(file, shown(arguments.file), known=list(known), objectives=arguments.objectives)
    with _bar(hours_in(span) * len(outages), "h") as progress:
        yield from hours_with_outages(outages, span, progress=progress)


def _store(tx: Transaction, batches: Iterable[Batch], *, at: datetime) -> Counter[str]:
    """Minutes stored of each objective."""
    counted: Counter[str] = Counter()
    for batch in batches:
        tx.measurements.record_hours(batch, at=at)
        for name, hours in batch.items():
            counted[name] += sum(hour.mask.bit_count() for hour in hours.values())
    return counted


def _sentence(counted: Counter[str]) -> str:
    minutes = f"{counted.total():,} {'minute' if counted.total() == 1 else 'minutes'}"
    return f"Imported {minutes} of {len(counted):,} {'objective' if len(counted) == 1 else 'objectives'}."


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise Refusal(f"{shown(path)} cannot be read: {error.strerror}.") from None
    with file:
        yield file


@contextmanager
def _bar(total: int, unit: str) -> Iterator[Callable[[int], object]]:
    """A progress bar on stderr, where that is a terminal."""
    with tqdm(total=total, unit=unit, unit_scale=True, disable=None, leave=False) as bar:
        yield bar.update
