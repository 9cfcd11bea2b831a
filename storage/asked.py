"""What is asked about objectives: the minutes before which everything is counted."""

from typing import NamedTuple

from domain.minutes import HOUR, instant_of
from domain.objective import Terms
from domain.scope import ALWAYS, Scope
from domain.window import Period
from storage.objectives import Kept


class Asked(NamedTuple):
    """What is to be found out, at the minute `at`, about objectives that share a period.

    `edges` are the minutes before which everything is counted: the end and the start of the period, then the
    start of each burn window. Prefixes are taken no later than `base_limit`: what follows is not sealed, or
    not overdue yet.
    """

    period: Period
    at: int
    edges: tuple[int, ...]
    base_limit: int
    sealed_until: int
    others: tuple[int, ...] = ()
    """The lengths of the windows, beside the burn windows, whose starts are the last edges."""

    def base(self, edge: int) -> int:
        """The hour from whose prefix the counts before `edge` are reached."""
        return min(edge, self.base_limit) // HOUR

    def parts(self, edge: int) -> range:
        """The hours whose own minutes are added to that prefix."""
        return range(self.base(edge), -(-edge // HOUR))

    def _sealed_parts(self, edge: int) -> range:
        # Where nothing was ever measured nothing is sealed, and the parts themselves go back to 1970.
        return range(self.base(edge), min(-(-edge // HOUR), self.sealed_until // HOUR))

    def hours(self) -> tuple[list[int], list[int]]:
        """The hours whose prefixes are needed, and the sealed hours of which a part counts."""
        bases = {self.base(edge) for edge in self.edges}
        parts = {hour for edge in self.edges for hour in self._sealed_parts(edge)}
        return sorted(bases), sorted(parts)


class Question(NamedTuple):
    """One objective that something is asked about, and whose counted hours answer it."""

    kept: Kept
    terms: Terms
    series: int
    asked: Asked
    scope: Scope = ALWAYS


def known_of(period: Period, kept: Kept) -> Period:
    """The period; where its first minutes are no longer kept from the full hour on."""
    if period.start_minute >= kept.pruned_until:
        return period
    return Period(instant_of(period.start_minute // HOUR * HOUR), period.end)
