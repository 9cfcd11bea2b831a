"""How a figure came about, its first half: what was counted, the budget, where it went, and how fast it goes."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction

from domain.breach_warning import BreachWarning
from domain.budget import units_per_slice
from domain.counts import Counts
from domain.method import Missing, Occurrences, RatioTimeslices, Timeslices
from domain.minutes import DAY, instant_of
from domain.ratio import ceil_decimal, exact_percent, floor_decimal, floor_percent, percent_places
from domain.spells import Spell, largest
from domain.standing import Standing
from domain.window import CalendarWindow, RollingWindow
from messages.amounts import UNIT_LENGTH, duration, left_percent
from messages.columns import WIDTH, code, columns, exact, shown_length
from messages.dates import Dates
from messages.escaping import plain
from messages.explain_warned import warned_of
from messages.reasons import capital
from messages.windows import window_words

NONE = "–"
PLACES = 6
"""Digits of an attainment in percent, where its target needs no more."""

LISTED = 3
PACE_WINDOWS = {"1h": "1 h", "6h": "6 h", "1d": "1 d", "3d": "3 d"}
MISSING_WORDS = {
    Missing.BAD: ["A slice without data is bad."],
    Missing.GOOD: ["A slice without data is good."],
    Missing.IGNORED: [],
}


def counted_part(standing: Standing, dates: Dates) -> list[str]:
    """What was counted, how, over which period, and what it makes."""
    attainment, target = standing.attainment, standing.terms.target
    places = max(PLACES, percent_places(target))
    verdict = NONE if attainment is None else "met" if attainment >= target else "missed"
    rows = [
        *_counted_rows(standing),
        ("attainment", NONE if attainment is None else floor_percent(attainment, places)),
        ("target", exact_percent(target), verdict),
    ]
    return ["*1 Counted*", *_how(standing), _period_words(standing, dates), code(columns(rows))]


def budget_part(standing: Standing) -> list[str]:
    """What may fail, what failed, what is left."""
    budget = standing.budget
    allowed, spent, left = exact([budget.allowed, budget.spent, budget.left])
    title = f"*2 Budget*: {exact_percent(1 - standing.terms.target)} may fail"
    rows = [
        *_slices_in_all(standing),
        ("may fail", allowed),
        (_lost_word(standing), spent),
        ("left", left, left_percent(standing) or NONE),
    ]
    return [title, code(columns(rows)), *_outage_words(standing)]


def spells_part(
    standing: Standing, found: Sequence[Spell], warnings: Sequence[BreachWarning], dates: Dates
) -> list[str]:
    """What the largest spells cost, the rest, and what is left: together it is the whole budget."""
    budget = standing.budget
    if not budget.spent:
        counted = standing.attainment is not None
        return ["*3 Where it went*", "Nothing failed." if counted else "Nothing was counted."]
    listed = [
        spell for spell in largest(found, LISTED) if _is_told(cost_of(standing, spell.lost), budget.allowed)
    ]
    costs = [cost_of(standing, spell.lost) for spell in listed]
    costs.append(budget.spent - sum(costs))
    labels = [*(spell_words(spell, dates) for spell in listed), "all the rest", "left"]
    amounts = exact([*costs, budget.left])
    rows = [*zip(labels, amounts, _shares(costs, budget.allowed), strict=True)]
    warned = [warned_of(spell, standing.name, warnings, at=standing.at) for spell in listed]
    unit = _lost_unit(standing)
    return [
        f"*3 Where it went*: {unit}, and their share",
        code(_with_warnings(rows, warned)),
        "Shares: the running total, rounded up.",
        *([] if listed else ["No time stands out. By day: its history."]),
        *_leaving_words(standing, listed, dates),
    ]


def pace_part(standing: Standing) -> list[str]:
    """The burn rate of some windows, with what it is made of."""
    rates = standing.burn_rates()
    rows = [("last", _lost_word(standing), "of", "pace")]
    for window, label in PACE_WINDOWS.items():
        lost, total = _lost_of_total(standing, standing.figures.burns[window])
        rows.append((label, lost, total, _pace(rates[window])))
    allowance = exact_percent(1 - standing.terms.target)
    title = f"*4 Pace*: {_lost_word(standing)} ÷ of ÷ {allowance}"
    return [title, "1 exactly uses up the budget", code(_narrow(rows))]


def spell_words(spell: Spell, dates: Dates) -> str:
    """ "2 Nov 10:12–10:41", by the zone's clocks; the second date too from 24 hours on."""
    start, end = (dates.local(instant_of(minute)) for minute in (spell.start, spell.end))
    until = f"{dates.short(end.date())} {end:%H:%M}" if spell.end - spell.start >= DAY else f"{end:%H:%M}"
    return f"{dates.short(start.date())} {start:%H:%M}–{until}"


def _how(standing: Standing) -> list[str]:
    method = standing.terms.method
    if isinstance(method, Occurrences):
        unit = _unit(standing)
        return [f"good {unit} ÷ all {unit} (Occurrences)"]
    length = f"{method.slice_minutes} min"
    if isinstance(method, RatioTimeslices):
        what = f"mean ratio of slices of {length} (RatioTimeslices)"
        return [what, *MISSING_WORDS[method.missing]]
    unit = _unit(standing)
    what = f"good slices ÷ slices of {length} (Timeslices);"
    good = f"good: at least {exact_percent(method.slice_target)} of its {unit} are"
    return [what, good, *MISSING_WORDS[method.missing]]


def _period_words(standing: Standing, dates: Dates) -> str:
    """ "Sun 25 Oct 09:00 to Tue 24 Nov 09:00 (30 days)"."""
    whole = standing.at.replace(second=0, microsecond=0)
    until = min(standing.period.end, whole)
    start, end = (dates.local(instant) for instant in (standing.period.start, until))
    name = window_words(standing.terms.window, standing.period)
    so_far = " so far" if until < standing.period.end else ""
    since, to = (f"{dates.day(one.date())} `{one:%H:%M}`" for one in (start, end))
    return f"{since} to {to} ({name}{so_far})"


def _counted_rows(standing: Standing) -> list[tuple[str, ...]]:
    method, counts = standing.terms.method, standing.figures.counts
    if isinstance(method, Occurrences):
        rows = [(f"all {_unit(standing)}", f"{counts.total:,}")]
        return [*rows, ("failed", f"{counts.total - counts.good:,}")]
    slices = ("slices", f"{counts.slices_total:,}")
    if isinstance(method, Timeslices):
        return [slices, ("bad", f"{counts.slices_total - counts.slices_good:,}")]
    (ratios,) = exact([Fraction(counts.ratio_sum, units_per_slice(method))])
    return [slices, ("sum of ratios", ratios)]


def _slices_in_all(standing: Standing) -> list[tuple[str, ...]]:
    """Of how many minutes a share may fail, where slices are counted."""
    length = standing.terms.method.slice_minutes
    if not length:
        return []
    counted = standing.figures.counts.slices_total
    minutes = standing.budget.allowed / (1 - standing.terms.target)
    rows = [("slices counted", f"{counted:,}")]
    if isinstance(standing.terms.window, CalendarWindow):
        rows.append(("slices to come", f"{int(minutes / length) - counted:,}"))
    return [*rows, ("minutes in all", f"{int(minutes):,}")]


def _outage_words(standing: Standing) -> list[str]:
    """What is left, or over, as minutes of full outage, where events are counted."""
    counts, left = standing.figures.counts, standing.budget.left
    if standing.terms.method.slice_minutes or not counts.total or not left:
        return []
    rate = Fraction(counts.total, counts.measured)
    usual = f"{rate.numerator // rate.denominator:,}" if rate >= 10 else floor_decimal(rate, 2)
    minutes = duration(abs(left / rate), up=left < 0)
    over = " over" if left < 0 else " of full outage"
    return [f"At the usual {usual} a minute: ≈{minutes}{over}"]


def _with_warnings(rows: Sequence[tuple[str, ...]], warned: Sequence[str]) -> list[str]:
    """The rows, the first of them with the warning beside it, where there is room for that."""
    names = [*warned, *[""] * (len(rows) - len(warned))]
    lines = columns([(*row, name) for row, name in zip(rows, names, strict=True)])
    fits = max(map(shown_length, lines)) <= WIDTH
    return lines if any(warned) and fits else columns(rows)


def _is_told(cost: Fraction, allowed: Fraction) -> bool:
    """Whether a spell took a hundredth of the budget; smaller ones are part of the rest."""
    return cost * 100 >= allowed


def _shares(costs: Sequence[Fraction], allowed: Fraction) -> list[str]:
    """Each cost's share of `allowed` (more than 0), then what is left of it: whole percents that add up to 100.

    It is the running total that is rounded up, never kind; a share is by how much it grows.
    """
    shares: list[int] = []
    running, before = Fraction(0), 0
    for cost in costs:
        running += cost
        percent = -(-running * 100 // allowed)
        shares.append(percent - before)
        before = percent
    return [floor_percent(Fraction(share, 100), 0) for share in [*shares, 100 - before]]


def _leaving_words(standing: Standing, listed: Sequence[Spell], dates: Dates) -> list[str]:
    """When the largest spell has left a rolling window, and what is left then; nothing where an older one is listed.

    At least so much: of all the rest, some may have left too.
    """
    window, budget = standing.terms.window, standing.budget
    if not listed or not isinstance(window, RollingWindow):
        return []
    if listed[0] is not min(listed, key=lambda spell: spell.end):
        return []
    left = (budget.left + cost_of(standing, listed[0].lost)) / budget.allowed
    gone = instant_of(listed[0].end) + timedelta(minutes=window.length)
    return [
        f"{capital(dates.on(gone))}, without the first: at least {floor_percent(left, 0)} left,",
        "if nothing else fails and as much is counted.",
    ]


def _pace(rate: Fraction | None) -> str:
    """ "3.7": rounded up to one digit."""
    if rate is None:
        return NONE
    whole, _, part = ceil_decimal(rate, 1).partition(".")
    return f"{int(whole):,}.{part or 0}"


def _lost_of_total(standing: Standing, counts: Counts) -> tuple[str, str]:
    method = standing.terms.method
    good, total = method.judged(counts)
    unit = units_per_slice(method)
    (lost,) = exact([Fraction(total - good, unit)])
    return lost, f"{total // unit:,}"


def _narrow(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """The rows; where figures are too long for a phone without commas, then without the larger figure."""
    lines = columns(rows)
    if max(map(len, lines)) <= WIDTH:
        return lines
    short = [tuple(cell.replace(",", "") for cell in row) for row in rows]
    lines = columns(short)
    return lines if max(map(len, lines)) <= WIDTH else columns([(row[0], row[-1]) for row in rows])


def cost_of(standing: Standing, lost: int) -> Fraction:
    """What so much is of the budget: events, or minutes."""
    method = standing.terms.method
    return Fraction(lost * (method.slice_minutes or 1), units_per_slice(method))


def _lost_word(standing: Standing) -> str:
    method = standing.terms.method
    if isinstance(method, Occurrences):
        return "failed"
    return "lost" if isinstance(method, RatioTimeslices) else "bad"


def _lost_unit(standing: Standing) -> str:
    if standing.terms.method.slice_minutes:
        return f"{_lost_word(standing)} minutes"
    return f"failed {_unit(standing)}"


def _unit(standing: Standing) -> str:
    return plain(standing.terms.unit, UNIT_LENGTH) if standing.terms.unit else "events"
