"""Incident histories: real ones where they are at hand, and made-up ones of the same shape."""

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGIN = datetime(2022, 1, 10, tzinfo=UTC)
MARGIN = timedelta(days=40)
"""Quiet days before the first incident, so that the first windows are full."""

REAL = Path(__file__).parents[3] / "shared" / "data" / "outages"


@dataclass(frozen=True)
class Trace:
    """Incidents of a service, in seconds since the first one."""

    name: str
    seconds: Sequence[tuple[float, float]]

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Whole days around them all."""
        last = max(end for _, end in self.seconds)
        return BEGIN - MARGIN, BEGIN + timedelta(days=int(last // 86_400) + 2)

    def outages(self) -> list[tuple[datetime, datetime]]:
        """When they were, had the first one begun at BEGIN."""
        return [
            (BEGIN + timedelta(seconds=start), BEGIN + timedelta(seconds=end)) for start, end in self.seconds
        ]

    def bad_minutes(self) -> list[int]:
        """Minutes since 1970 that an incident touches, in order: each looked at by itself."""
        touched: set[int] = set()
        for start, end in self.outages():
            minute = int(start.timestamp() // 60)
            while minute * 60 < end.timestamp():
                touched.add(minute)
                minute += 1
        return sorted(touched)

    def as_csv(self, objectives: Iterable[str]) -> str:
        """The file that `steward import --outages` reads."""
        rows = [
            f"{name},{start.isoformat()},{end.isoformat()}"
            for name in objectives
            for start, end in self.outages()
        ]
        return "\n".join(["objective,start,end", *rows])


def real_traces() -> list[Trace]:
    """Those of the folder, without incidents of no severity; none where it is not there."""
    return [_read(path) for path in sorted(REAL.glob("*.csv"))]


def made_up_trace(*, days: int, seed: int) -> Trace:
    """Long quiet, then a few incidents together; some overlap, some are minutes long, some most of a day."""
    chance = random.Random(seed)  # noqa: S311
    seconds = [(0.0, 4800.0)]
    at = 0.0
    while (at := at + chance.expovariate(1 / (6 * 86_400))) < days * 86_400:
        start = at
        for _ in range(chance.randint(1, 4)):
            start += chance.uniform(0, 7200)
            length = min(chance.lognormvariate(7.5, 1.3), 80_000)
            seconds.append((float(int(start)), float(int(start + length) + 1)))
    return Trace("made-up", seconds)


def _read(path: Path) -> Trace:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    seconds = [(float(row["start_time"]), float(row["end_time"])) for row in rows if float(row["status"]) > 0]
    return Trace(path.stem, seconds)
