"""How one objective stood in the past: by day, week or month."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from domain.history import history_edges, is_running
from domain.interval import is_few, wilson
from domain.method import Occurrences
from domain.minutes import instant_of
from domain.ratio import ceil_percent, exact_percent, floor_percent, percent_places
from domain.standing import Standing, stand
from domain.window import CalendarUnit, Period
from messages.amounts import attainment_percent
from messages.asking import ask_button, askable
from messages.audit_lines import Done, done_section
from messages.blocks import Block, actions, context, section
from messages.columns import WIDTH, code
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN, CHECKOUT, NINE, events
from messages.figures import Line, line_chart
from messages.history_owners import owner_lines
from messages.message import Message
from messages.outcomes import LEGEND, MARK, OUTCOME, outcome_counts, span_label
from messages.planned import zone_words
from messages.reasons import LOW_COVERAGE

NONE = "–"
NOTHING_DONE = Done("")
UNITS = (CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH)


@dataclass(frozen=True, slots=True)
class Past:
    """How an objective stood in consecutive days, weeks or months of `zone`, of which the last may be running."""

    standings: Sequence[Standing]
    unit: CalendarUnit
    zone: str
    at: datetime
    done: Done = NOTHING_DONE
    """What people did about it."""

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of the spans."""
        return Dates(self.at, self.zone)

    @property
    def running(self) -> bool:
        """Whether the last span is not over."""
        last = self.standings[-1].period
        return is_running(self.unit, self.zone, last.start, last.end)


def history(facts: Past) -> Message:
    """A line a span since something was measured, and the same as a chart."""
    name = plain(facts.standings[-1].name)
    first = next((place for place, one in enumerate(facts.standings) if one.figures.counts.measured), None)
    if first is None:
        said = f"Nothing was measured in the last {len(facts.standings)} {facts.unit}s."
        done = done_section(facts.done, facts.dates)
        return Message(f"{name}: {said}", (section(f"*{name}*", said), *done, *_buttons(facts)))
    facts = replace(facts, standings=facts.standings[first:])
    return _told(facts, name)


def _told(facts: Past, name: str) -> Message:
    standings = facts.standings
    title = f"last {len(standings)} {facts.unit}s" if len(standings) > 1 else f"one {facts.unit}"
    states = [standing.state for standing in standings]
    blocks = [
        section(f"*{name}* · {title}", f"{_target(standings)}{outcome_counts(states)}"),
        section(code(_lines(facts))),
        *_chart(facts, title),
        context(LEGEND),
        *done_section(facts.done, facts.dates),
        *_buttons(facts),
    ]
    hint = f"{facts.unit}s of {zone_words(facts.zone)}"
    return Message(f"{name}, {title}: {outcome_counts(states).replace(' · ', ', ')}.", tuple(blocks), hint)


def _target(standings: Sequence[Standing]) -> str:
    """The target, where it was the same all the time."""
    targets = {standing.terms.target for standing in standings}
    return f"Target {exact_percent(targets.pop())} · " if len(targets) == 1 else ""


def _lines(facts: Past) -> list[str]:
    """A line a span, with what is to be known of it beneath; and a line wherever target or owner changes."""
    labels = [span_label(facts.unit, one.period.start, facts.dates) for one in facts.standings]
    figures = [attainment_percent(one) or NONE for one in facts.standings]
    widths = max(map(len, labels)), max(map(len, figures))
    changes = len({one.terms.target for one in facts.standings}) > 1
    lines, target = [], None
    owners = owner_lines(facts.standings, facts.dates)
    for label, figure, one in zip(labels, figures, facts.standings, strict=True):
        lines += owners.get(one.period.start, [])
        if changes and one.terms.target != target:
            target = one.terms.target
            lines.append(f"target {exact_percent(target)} (version {one.terms.version})")
        outcome = f"{MARK[one.state]} {OUTCOME[one.state]}"
        lines.append(f"{label:<{widths[0]}}  {figure:>{widths[1]}}  {outcome}")
        notes = [*_notes(one), *(["so far"] if facts.running and one is facts.standings[-1] else [])]
        lines += [" " * min(widths[0] + 2, WIDTH - len(note)) + note for note in notes]
    return lines


def _notes(standing: Standing) -> list[str]:
    """Where little was measured, and how sure a figure of few events is."""
    notes = []
    coverage, needed, target = standing.coverage, standing.terms.min_coverage, standing.terms.target
    if coverage is not None and coverage * 100 < LOW_COVERAGE:
        short = f", {floor_percent(needed, 0)} needed" if coverage < needed else ""
        notes.append(f"{floor_percent(coverage, 0)} measured{short}")
    counts = standing.figures.counts
    if isinstance(standing.terms.method, Occurrences) and counts.total and is_few(counts.total, target):
        low, high = wilson(counts.good, counts.total)
        places = percent_places(target)
        notes.append(f"95%: {floor_percent(low, places)} to {ceil_percent(high, places)}")
    return notes


def _chart(facts: Past, title: str) -> list[Block]:
    """A point for each span that has a figure, where there are two."""
    known = [standing for standing in facts.standings if standing.attainment is not None]
    if len(known) < 2:
        return []
    places = max(percent_places(standing.terms.target) for standing in known)
    lines = [
        Line("attainment", [standing.attainment for standing in known], places),
        Line("target", [standing.terms.target for standing in known], places),
    ]
    labels = [span_label(facts.unit, standing.period.start, facts.dates) for standing in known]
    chart = line_chart(f"{known[-1].name}, {title}", labels, lines, y_label="%")
    return [chart] if chart else []


def _buttons(facts: Past) -> list[Block]:
    name = facts.standings[-1].name
    asks = [
        (f"By {unit}", f"history {name} by {unit}")
        for unit in UNITS
        if unit is not facts.unit and askable(f"history {name} by {unit}")
    ]
    return [actions(*(ask_button(label, text) for label, text in asks))] if asks else []


def _example() -> Past:
    """Fourteen days with two outages, of which one missed its day and one nearly did."""
    failed = [300, 310, 295, 640, 305, 700, 290, 300, 315, 300, 720, 310, 3_150, 110]
    edges = history_edges(CalendarUnit.DAY, BERLIN, at=NINE)
    standings = [
        _day(Period(instant_of(start), instant_of(end)), bad)
        for (start, end), bad in zip(pairwise(edges), failed, strict=True)
    ]
    return Past(standings, CalendarUnit.DAY, BERLIN, NINE)


def _day(period: Period, bad: int) -> Standing:
    minutes = (period.end - period.start) // timedelta(minutes=1)
    figures = replace(CHECKOUT.figures, counts=events(600 * minutes, bad, minutes))
    return stand(CHECKOUT.objective, CHECKOUT.terms, period, figures, at=period.end)


EXAMPLE = _example()
