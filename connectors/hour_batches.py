"""Single minutes and runs of them, gathered to whole hours in batches of a bounded size."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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


class HourBatches:
    """Gathers runs. The same minute of an objective twice is refused, however far apart the two come."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._whole: Batch = {}
        self._begun: dict[tuple[str, int], tuple[list[int], list[int]]] = {}
        self._whole_hours = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was ever added."""
        return not self._seen

    def add_all(self, runs: Sequence[Run]) -> bool:
        """Add all of them; false where a minute came twice, after which the batches are good for nothing but
        `add`, to find out which."""
        marked: list[tuple[dict[int, int], int, int]] = []
        for run in runs:
            hour, mask = _place(run)
            seen = self._seen[run.objective]
            before = seen.get(hour, 0)
            if before & mask:
                for marks, place, bits in marked:
                    marks[place] ^= bits
                return False
            seen[hour] = before | mask
            marked.append((seen, hour, mask))
            self._put(run, hour, whole=mask == FULL_HOUR)
        return True

    def add(self, run: Run) -> None:
        """Add one. Raises `Refusal` where its minute came before."""
        if not self.add_all([run]):
            raise Refusal(
                f"The minute {instant_of(run.minute):%Y-%m-%dT%H:%M:%SZ} of `{run.objective}` is twice in this file. "
                "Keep one of the two lines."
            )

    def ripe(self) -> Iterator[Batch]:
        """What has to be let go to stay in bounds: whole hours first, then those that may still fill."""
        if self._whole_hours + len(self._begun) >= MOST_HOURS:
            if self._whole_hours:
                yield self._take_whole()
            if len(self._begun) >= MOST_HOURS // 2:
                yield self._take_begun()

    def rest(self) -> Iterator[Batch]:
        """All that is left."""
        if self._whole_hours:
            yield self._take_whole()
        if self._begun:
            yield self._take_begun()

    def _put(self, run: Run, hour: int, *, whole: bool) -> None:
        if whole:
            self._whole.setdefault(run.objective, {})[hour] = MeasuredHour(
                FULL_HOUR, tuple(run.bads), tuple(run.totals)
            )
            self._whole_hours += 1
            return
        key = (run.objective, hour)
        if key not in self._begun:
            self._begun[key] = (list(ZEROS), list(ZEROS))
        bads, totals = self._begun[key]
        first = run.minute % HOUR
        bads[first : first + len(run.bads)] = run.bads
        totals[first : first + len(run.totals)] = run.totals
