"""The SLAM chart: which objectives were met in which months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from domain.history import history_edges, is_running
from domain.minutes import instant_of
from domain.standing import Standing, State, stand
from domain.window import CalendarUnit, Period
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN, CARD_AUTH, CHECKOUT, FRAUD, NINE, PAYMENTS, events, slices
from messages.figures import NOTHING, rows_in, table
from messages.message import Message
from messages.outcomes import LEGEND, MARK, OUTCOME, outcome_counts, span_label
from messages.parties import team_words
from messages.planned import zone_words
from messages.room import fitting, pieces

SHORT = 40
MOST_ROWS = 60
MOST_LISTED = 40
ROOM_OF_LISTED = 5000
OTHERS = f" · {NOTHING} another team's then"
WORST = (State.BREACHED, State.AT_RISK)


@dataclass(frozen=True, slots=True)
class Slam:
    """How the objectives of a service or team stood in the same spans of `zone`; `title` is escaped already.

    `others` are the objectives with the starts of the spans in which another team had them.
    """

    title: str
    histories: Mapping[str, Sequence[Standing]]
    unit: CalendarUnit
    zone: str
    at: datetime
    others: frozenset[tuple[str, datetime]] = frozenset()

    @property
    def dates(self) -> Dates:
        """Words for dates, in the zone of the spans."""
        return Dates(self.at, self.zone)

    def is_theirs(self, standing: Standing) -> bool:
        """Whether the team that is told of had it in that span."""
        return (standing.name, standing.period.start) not in self.others


def slam(facts: Slam, *, command: str = "/slm") -> Message:
    """A table of all objectives, what was missed first; then in words which were missed, and when."""
    ranked = sorted(facts.histories.items(), key=lambda history: _worst_first(facts, *history))
    first = _first_known(facts)
    if first is None:
        return Message(
            f"{facts.title}: nothing measured yet.", (section(f"*{facts.title}*", "Nothing measured yet."),)
        )
    shown = [(name, list(standings[first:])) for name, standings in ranked]
    labels = _labels(facts, shown[0][1])
    rows = [[name, *(_cell(facts, one) for one in told)] for name, told in shown[:MOST_ROWS]]
    drawn = table(["Objective", *labels], rows)
    states = [standing.state for _, told in shown for standing in told if facts.is_theirs(standing)]
    what = f"last {len(labels)} {facts.unit}s" if len(labels) > 1 else f"one {facts.unit}"
    blocks = [
        section(f"*{facts.title}* · {what}", outcome_counts(states)),
        drawn,
        *map(section, pieces(_in_words(facts, shown, labels))),
        *_more(len(shown) - rows_in(drawn), command),
        context(LEGEND + (OTHERS if facts.others else "")),
    ]
    hint = f"{facts.unit}s of {zone_words(facts.zone)}"
    return Message(
        f"{facts.title}, {what}: {outcome_counts(states).replace(' · ', ', ')}.", tuple(blocks), hint
    )


def _worst_first(facts: Slam, name: str, standings: Sequence[Standing]) -> tuple[int, int, str]:
    states = [standing.state for standing in standings if facts.is_theirs(standing)]
    return -states.count(State.BREACHED), -states.count(State.AT_RISK), name


def _first_known(facts: Slam) -> int | None:
    """The first span in which anything was measured."""
    known = [
        place
        for standings in facts.histories.values()
        for place, standing in enumerate(standings)
        if standing.figures.counts.measured
    ]
    return min(known, default=None)


def _labels(facts: Slam, standings: Sequence[Standing]) -> list[str]:
    labels = [span_label(facts.unit, standing.period.start, facts.dates) for standing in standings]
    last = standings[-1].period
    if is_running(facts.unit, facts.zone, last.start, last.end):
        labels[-1] += " so far"
    return labels


def _cell(facts: Slam, standing: Standing) -> str:
    return MARK[standing.state] if facts.is_theirs(standing) else NOTHING


def _in_words(
    facts: Slam, shown: Sequence[tuple[str, Sequence[Standing]]], labels: Sequence[str]
) -> list[str]:
    """ "❌ card-auth-availability missed: Oct, Nov": for clients that show no table."""
    entries = [
        (name, state, when)
        for state in WORST
        for name, told in shown
        if (
            when := [
                label
                for label, one in zip(labels, told, strict=True)
                if one.state is state and facts.is_theirs(one)
            ]
        )
    ]
    lines = fitting(entries, _entry, most=MOST_LISTED, room=ROOM_OF_LISTED)
    more = [f"and {len(entries) - len(lines):,} more"] if len(entries) > len(lines) else []
    return [*lines, *more] or ["Nothing was missed."]


def _entry(entry: tuple[str, State, Sequence[str]]) -> str:
    name, state, when = entry
    return f"{MARK[state]} {plain(name, SHORT)} {OUTCOME[state]}: {', '.join(when)}"


def _more(count: int, command: str) -> list[Block]:
    return [section(f"and {count:,} more objectives: `{command} history NAME`")] if count > 0 else []


def _example() -> Slam:
    """Three objectives of the payments team in the three months since they are measured."""
    edges = history_edges(CalendarUnit.MONTH, BERLIN, at=NINE)
    failed = ((CARD_AUTH, (20, 40, 56)), (CHECKOUT, (9_000, 22_000, 15_000)), (FRAUD, (1_000, 2_000, 16_400)))
    unmeasured = (None,) * (len(edges) - 1 - 3)
    histories = {
        one.name: [
            _month(one, start, end, bad)
            for (start, end), bad in zip(pairwise(edges), (*unmeasured, *bads), strict=True)
        ]
        for one, bads in failed
    }
    return Slam(team_words(PAYMENTS), histories, CalendarUnit.MONTH, BERLIN, NINE)


def _month(one: Standing, start: int, end: int, bad: int | None) -> Standing:
    minutes = 0 if bad is None else end - start
    made = (
        slices(minutes, bad or 0)
        if one.terms.method.slice_minutes
        else events(600 * minutes, bad or 0, minutes)
    )
    figures = replace(one.figures, counts=made, first_minute=start if bad is not None else None)
    period = Period(instant_of(start), instant_of(end))
    return stand(one.objective, one.terms, period, figures, at=period.end)


EXAMPLE = _example()
