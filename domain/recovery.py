"""When a rolling window's state ends by itself: as soon as enough of what was lost has left the window."""

from fractions import Fraction

from domain.counts import Counts
from domain.standing import LOW_BUDGET, Reason, Standing
from domain.window import RollingWindow

TOLERATED = {Reason.OVERSPENT: Fraction(1), Reason.LOW_BUDGET: 1 - LOW_BUDGET}
"""The share of the budget up to which spending no longer keeps the state."""


def excess(standing: Standing) -> int | None:
    """How many of the bad events, slices or 10⁻¹¹ of slices must leave the window for the state to end.

    None where nothing that leaves a window can end it, or where what is measured next decides. Traffic is
    taken to stay as it is.
    """
    tolerated = TOLERATED.get(standing.reason) if standing.reason else None
    if tolerated is None or not isinstance(standing.terms.window, RollingWindow):
        return None
    if standing.coverage is None or standing.coverage < standing.terms.min_coverage:
        return None
    good, total = standing.terms.method.judged(standing.figures.counts)
    bearable = tolerated * (1 - standing.terms.target) * total
    return total - good - bearable.numerator // bearable.denominator


def losses(standing: Standing, counts: Counts) -> int:
    """What of `counts` was bad, in the unit of `excess`."""
    good, total = standing.terms.method.judged(counts)
    return total - good
