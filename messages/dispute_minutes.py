"""The minutes that a dispute is about, as they were measured: a chart and a table."""

from domain.dispute_told import DisputeTold
from domain.measurement import Measurement
from domain.minutes import instant_of
from messages.blocks import section
from messages.columns import code, columns
from messages.dates import Dates
from messages.dispute_words import spans_lines
from messages.escaping import plain
from messages.figures import rows_in, table
from messages.message import Message

HEADER = ("Minute (UTC)", "Failed", "Total")


def minutes_message(told: DisputeTold) -> Message:
    """All of them in a table, as far as Slack takes it; the sums in words."""
    one, minutes = told.dispute, told.measured
    dates = Dates(told.at, told.reader.timezone)
    title = f"*{one.called} · {plain(one.objective)}*"
    if not minutes:
        return Message(
            f"{one.called}: no minutes", (section(title, "Nothing is measured in these minutes."),)
        )
    bad, total = sum(each.total - each.good for each in minutes), sum(each.total for each in minutes)
    words = f"{len(minutes):,} minutes measured: {bad:,} of {total:,} failed"
    shown = table(HEADER, [_cells(each) for each in minutes], right=(1, 2))
    left = len(minutes) - rows_in(shown)
    more = [section(f"and {left:,} more minutes")] if left else []
    head = section(title, *spans_lines(one.contested.spans, dates), words)
    return Message(f"{one.called}: {words}", (head, section(code(_worst(minutes))), shown, *more))


def _cells(one: Measurement) -> list[str | None]:
    return [f"{instant_of(one.minute):%Y-%m-%d %H:%M}", f"{one.total - one.good:,}", f"{one.total:,}"]


def _worst(minutes: tuple[Measurement, ...]) -> list[str]:
    """The worst minutes, for clients that show no tables."""
    worst = sorted(minutes, key=lambda each: each.good - each.total)[:5]
    rows = [
        [f"{instant_of(each.minute):%d %b %H:%M}", f"{each.total - each.good:,} of {each.total:,}"]
        for each in worst
    ]
    return columns([["worst, UTC", "failed"], *rows])
