"""Single minutes and runs of them, gathered to whole hours in batches of a bounded size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.measurement import FULL_HOUR, ZEROS, MeasuredHour
from domain.minutes import HOUR, instant_of
from domain.refusal import Refusal

Batch = dict[str, dict[int, MeasuredHour]]
"""Objective → hours since 1970-01-01T00Z → what is measured of them."""

MOST_HOURS = 20_000
"""In one batch: 1,200,000 minutes."""


class Run(NamedTuple):
    """Consecutive minutes of one objective that lie in one hour, from `minute` on."""

    objective: str
    minute: int
    bads: Sequence[int]
    totals: Sequence[int]


class _Begun:
    """An hour of which not all minutes have come yet."""

    __slots__ = ("bads", "mask", "totals")

    def __init__(self) -> None:
        self.mask = 0
        self.bads = list(ZEROS)
        self.totals = list(ZEROS)

    def add(self, run: Run, mask: int) -> None:
        first, end = run.minute % HOUR, run.minute % HOUR + len(run.bads)
        self.mask |= mask
        self.bads[first:end] = run.bads
        self.totals[first:end] = run.totals

    def measured(self) -> MeasuredHour:
        return MeasuredHour(self.mask, tuple(self.bads), tuple(self.totals))


class HourBatches:
    """Gathers runs. The same minute of an objective twice is refused, however far apart the two come."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._whole: defaultdict[str, dict[int, MeasuredHour]] = defaultdict(dict)
        self._whole_hours = 0
        self._begun: dict[tuple[str, int], _Begun] = {}

    @property
    def untouched(self) -> bool:
        """Whether nothing was ever added."""
        return not self._seen

    def add_all(self, runs: Iterable[Run]) -> bool:
        """Add all of them; false where a minute comes twice.

        Then the batches are good for nothing more than to be told by `add`, one by one, which it was.
        """
        marked: list[tuple[dict[int, int], int, int]] = []
        for run in runs:
            hour = run.minute // HOUR
            mask = ((1 << len(run.bads)) - 1) << run.minute % HOUR
            seen = self._seen[run.objective]
            before = seen.get(hour, 0)
            if before & mask:
                for marks, place, bits in marked:
                    marks[place] ^= bits
                return False
            seen[hour] = before | mask
            marked.append((seen, hour, mask))
            self._put(run, hour, mask)
        return True

    def add(self, run: Run) -> None:
        """Add one minute. Raises `Refusal` where it came before."""
        if not self.add_all([run]):
            raise Refusal(
                f"{instant_of(run.minute):%Y-%m-%dT%H:%M:%SZ} of `{run.objective}` is in this file twice. "
                "Keep one of the two lines."
            )

    def ripe(self) -> Iterator[Batch]:
        """What must be let go to stay in bounds: whole hours first, and begun ones only where they are too many."""
        if self._whole_hours + len(self._begun) >= MOST_HOURS:
            yield from self._taken(begun=len(self._begun) > MOST_HOURS // 2)

    def rest(self) -> Iterator[Batch]:
        """All that is left."""
        yield from self._taken(begun=True)

    def _put(self, run: Run, hour: int, mask: int) -> None:
        if mask == FULL_HOUR:
            measured = MeasuredHour(mask, tuple(run.bads), tuple(run.totals))
        else:
            begun = self._begun.get((run.objective, hour))
            if begun is None:
                begun = self._begun[run.objective, hour] = _Begun()
            begun.add(run, mask)
            if begun.mask != FULL_HOUR:
                return
            measured = begun.measured()
            del self._begun[run.objective, hour]
        self._whole[run.objective][hour] = measured
        self._whole_hours += 1

    def _taken(self, *, begun: bool) -> Iterator[Batch]:
        batch: Batch = dict(self._whole)
        self._whole, self._whole_hours = defaultdict(dict), 0
        if begun:
            for (objective, hour), one in self._begun.items():
                batch.setdefault(objective, {})[hour] = one.measured()
            self._begun = {}
        if batch:
            yield batch
