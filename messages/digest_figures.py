"""What stands in the thread of a digest: all numbers, and how the budget left moved lately."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from domain.news import News
from domain.ratio import exact_percent, floor_percent
from domain.standing import Standing, State
from messages.amounts import attainment_percent, left_percent, percent_left
from messages.blocks import Block, context, section
from messages.dates import Dates
from messages.digest import EXAMPLE as DIGEST
from messages.escaping import plain
from messages.example import CARD_AUTH, CHECKOUT, LEDGER, PAYOUT, TODAY
from messages.figure_limits import CHART_SERIES
from messages.figures import NOTHING, Line, line_chart, rows_in, table
from messages.limits import block_problems
from messages.message import Message
from messages.room import flowing, pieces
from messages.states import state_words
from messages.windows import window_words

DAYS = 14
"""Of how many days the budget left is drawn."""

PANE = 40
"""Characters of a line in a thread: it is shown in a narrow pane."""


@dataclass(frozen=True, slots=True)
class FiguresFacts:
    """Standings in the order of the digest; `left` is the budget left on each of `days`, oldest first.

    `subject` is whose digest it is, escaped before.
    """

    subject: str
    standings: Sequence[Standing]
    dates: Dates
    news: News
    days: Sequence[date] = ()
    left: Mapping[str, Sequence[Fraction | None]] = field(default_factory=dict)

    @property
    def drawn(self) -> list[Standing]:
        """The standings whose lines are drawn."""
        wrong = [one for one in self.standings if one.state is not State.MET and self.left.get(one.name)]
        return wrong[:CHART_SERIES]


def digest_figures(facts: FiguresFacts, *, command: str = "/slm") -> list[Message]:
    """The table and the chart: one reply where both fit, else two; none without objectives."""
    if not facts.standings:
        return []
    numbers, history = _table(facts, command), _history(facts)
    together = [*numbers, *history]
    replies = [numbers, history] if history and any(block_problems(together)) else [together]
    first = f"All numbers of {facts.subject}, {facts.dates.day(facts.dates.today)}"
    texts = (first, f"Budget left, {DAYS} days, {facts.subject}")
    return [Message(text, tuple(blocks)) for text, blocks in zip(texts, replies, strict=False)]


def _table(facts: FiguresFacts, command: str) -> list[Block]:
    before = [f"On {facts.dates.weekday(facts.news.since)}"] if facts.news.since else []
    header = ["Objective", "State", "Attainment", "Target", "Period", "Budget left", *before, "Measured"]
    drawn = table(header, [_cells(one, facts.news) for one in facts.standings], right=_right(header))
    more = len(facts.standings) - rows_in(drawn)
    rest = [context(f"and {more:,} more: `{command} status`")] if more else []
    return [section(f"*All numbers* · {facts.dates.day(facts.dates.today)}"), drawn, *rest]


def _right(header: Sequence[str]) -> list[int]:
    return [place for place, title in enumerate(header) if title not in ("Objective", "State", "Period")]


def _cells(standing: Standing, news: News) -> list[str | None]:
    terms, before = standing.terms, news.was(standing)
    told = [percent_left(before.left) if before and before.left is not None else None] if news.since else []
    coverage = standing.coverage
    return [
        standing.name,
        state_words(standing),
        attainment_percent(standing),
        exact_percent(terms.target),
        window_words(terms.window, standing.period),
        left_percent(standing),
        *told,
        None if coverage is None else floor_percent(coverage, 0),
    ]


def _history(facts: FiguresFacts) -> list[Block]:
    """The chart, and the same numbers as text: clients may not show it."""
    drawn = facts.drawn
    if not drawn or len(facts.days) < 2:
        return []
    labels = [facts.dates.short(day) for day in facts.days]
    lines = [Line(standing.name, facts.left[standing.name]) for standing in drawn]
    chart = line_chart(f"Budget left, {len(facts.days)} days", labels, lines, y_label="% of the budget")
    if chart is None:
        return []
    title = f"*Budget left* each day, {labels[0]} to {labels[-1]}"
    return [chart, *map(section, pieces([title, *_numbers(lines)]))]


def _numbers(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        values = (NOTHING if value is None else percent_left(value) for value in line.values)
        yield "\n".join([f"*{plain(line.name)}*", *flowing(values, width=PANE)])


def last_days(on: date) -> list[date]:
    """The days whose budget left is drawn, oldest first, `on` the last."""
    return [on - timedelta(days=back) for back in reversed(range(DAYS))]


def _falling(standing: Standing, lost: Sequence[tuple[int, int]]) -> list[Fraction | None]:
    """A line for the example that ends where `standing` is: so many days ago so many percent more were left."""
    left = standing.budget.left_ratio
    if left is None:
        return [None] * DAYS
    return [
        left + Fraction(sum(percent for ago, percent in lost if back > ago), 100)
        for back in reversed(range(DAYS))
    ]


EXAMPLE = FiguresFacts(
    "payments team",
    DIGEST.ranked,
    DIGEST.dates,
    DIGEST.news,
    last_days(TODAY),
    {
        CARD_AUTH.name: _falling(CARD_AUTH, [(3, 61), (5, 19)]),
        CHECKOUT.name: _falling(CHECKOUT, [(0, 12)]),
        PAYOUT.name: _falling(PAYOUT, [(0, 4), (1, 5), (2, 6), (3, 5), (4, 5)]),
        LEDGER.name: [None] * 8 + _falling(LEDGER, [])[8:],
    },
)
