"""Figures in words: never kind, so what is left goes down and what is over goes up."""

from fractions import Fraction

from domain.minutes import DAY, HOUR
from domain.ratio import exact_percent, floor_percent, percent_places
from domain.standing import Standing
from messages.escaping import plain
from messages.windows import window_words

UNIT_LENGTH = 20
REQUESTS = ("request", "requests", "event", "events")
"""Units whose budget is told as minutes of full outage."""


def attainment_words(standing: Standing) -> str:
    """ "Attainment 99.83%, target 99.9%, November"."""
    window = window_words(standing.terms.window, standing.period)
    figure = attainment_percent(standing)
    measured = f"Attainment {figure}" if figure else "Nothing measured"
    return f"{measured}, target {exact_percent(standing.terms.target)}, {window}"


def attainment_percent(standing: Standing) -> str | None:
    """ "99.83%": one digit more than the target has, at least two; None where nothing was measured."""
    attainment = standing.attainment
    return None if attainment is None else floor_percent(attainment, percent_places(standing.terms.target))


def budget_words(standing: Standing) -> str:
    """ "Budget left 15% (≈6 min)", "Budget left −30% (13 min over)"."""
    percent = left_percent(standing)
    if percent is None:
        return "No budget yet: nothing counted"
    amount = _amount(standing)
    return f"Budget left {percent} ({amount})" if amount else f"Budget left {percent}"


def left_percent(standing: Standing) -> str | None:
    """ "15%", "−30%": whole, rounded down; None where nothing is allowed yet."""
    ratio = standing.budget.left_ratio
    return None if ratio is None else percent_left(ratio)


def percent_left(ratio: Fraction) -> str:
    """A share of the budget: "15%", "−30%"."""
    return floor_percent(ratio, 0)


def _amount(standing: Standing) -> str:
    """What is left, or over, in minutes or in the objective's own unit; empty where nothing is."""
    left = standing.budget.left
    if not left:
        return ""
    if standing.budget.unit == "minutes":
        return _minutes_words(left, "")
    unit = standing.terms.unit
    if unit and unit.strip().lower() not in REQUESTS:
        return f"{_whole(left):,} {plain(unit, UNIT_LENGTH)}" + (" over" if left < 0 else "")
    counts = standing.figures.counts
    return _minutes_words(left * counts.measured / counts.total, "≈") if counts.total else ""


def _minutes_words(left: Fraction, mark: str) -> str:
    if 0 < left < 1:
        return "under 1 min"
    return f"{mark}{duration(abs(left), up=left < 0)}" + (" over" if left < 0 else "")


def duration(minutes: Fraction | int, *, up: bool = False) -> str:
    """ "13 min", "3 h 36 min", "2 d 4 h": two units at most, rounded down, or up."""
    whole = _whole(-minutes if up else minutes)
    if whole < HOUR:
        return f"{whole} min"
    if whole < DAY:
        return _two_units(whole // HOUR, "h", whole % HOUR, "min")
    hours = -(-whole // HOUR) if up else whole // HOUR
    return _two_units(hours // 24, "d", hours % 24, "h")


def age(minutes: int) -> str:
    """ "21 h": how long ago, in its largest unit, rounded down."""
    if minutes < HOUR:
        return f"{minutes} min"
    return f"{minutes // HOUR} h" if minutes < 2 * DAY else f"{minutes // DAY} d"


def _two_units(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large:,} {large_unit} {small} {small_unit}" if small else f"{large:,} {large_unit}"


def _whole(amount: Fraction | int) -> int:
    """The size of `amount` in whole numbers: of what is left rounded down, of what is over (negative) up."""
    return abs(amount.numerator // amount.denominator)
