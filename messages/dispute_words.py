"""Disputes in words: what is asked, on what ground, which minutes, whose turn, what came of it."""

from collections.abc import Sequence
from datetime import datetime

from domain.dispute import (
    Claim,
    Contested,
    Dispute,
    DisputeGround,
    DisputeStage,
    Effect,
    Outcome,
    Ruling,
)
from domain.dispute_told import DisputeTold, Entry
from domain.layer import Layer
from domain.layered import Layered
from domain.minutes import instant_of
from domain.ratio import exact_percent
from domain.spans import Span
from domain.standing import Standing
from domain.window import CalendarUnit, CalendarWindow, Period, RollingWindow
from messages.amounts import attainment_percent
from messages.columns import code, columns
from messages.dates import Dates
from messages.escaping import plain
from messages.parties import team_words
from messages.planned import person_words, span_lines
from messages.states import WORD
from messages.text_limits import length
from messages.windows import window_words

GROUND_WORDS = {
    DisputeGround.DEPENDENCY: "a dependency's fault",
    DisputeGround.OUT_OF_SCOPE: "users out of scope",
    DisputeGround.MISCATEGORISED: "miscategorised events",
    DisputeGround.WRONG_DATA: "wrong data",
    DisputeGround.PLANNED_WORK: "planned work",
    DisputeGround.TARGET_WRONG: "target wrong",
    DisputeGround.NOT_OURS: "not our objective",
}
STAGE_WORDS = {
    DisputeStage.ANSWERING: "contested",
    DisputeStage.PROPOSED: "contested",
    DisputeStage.RULING: "contested",
    DisputeStage.RULED: "ruled",
    DisputeStage.APPEALED: "appealed",
    DisputeStage.SETTLED: "settled",
    DisputeStage.FINAL: "final",
    DisputeStage.WITHDRAWN: "withdrawn",
}
MOST_SPANS = 3
WORDS_LENGTHS = (500, 250, 120)
"""How many characters of what somebody wrote are shown: the most that stay under `WORDS_ROOM` as Slack counts them."""
WORDS_ROOM = 700


def asked_words(one: Dispute) -> str:
    """ "do not count 26 min"."""
    return what_words(one.ground, one.contested)


def what_words(ground: DisputeGround, what: Contested) -> str:
    """What success does, as the raiser asks it."""
    if ground is DisputeGround.NOT_OURS:
        return "own this objective"
    if ground is DisputeGround.TARGET_WRONG:
        return "agree to another target"
    match what.claim:
        case Claim.EVENTS:
            return f"do not count {what.events or 0:,} bad events"
        case Claim.FAILED:
            return f"count {what.minutes:,} min as failed"
        case _ if ground is DisputeGround.DEPENDENCY:
            return f"{what.minutes:,} min were your fault"
        case _:
            return f"do not count {what.minutes:,} min"


def amount_words(what: Contested, of: Contested | None = None) -> str:
    """ "18 of 26 min", "26 min", "40 of 1,200 bad events"."""
    if what.events is not None:
        whole = f" of {of.events:,}" if of and of.events and of.events != what.events else ""
        return f"{what.events:,}{whole} bad events"
    whole = f" of {of.minutes:,}" if of and of.minutes != what.minutes else ""
    return f"{what.minutes:,}{whole} min"


def spans_lines(spans: Sequence[Span], dates: Dates) -> list[str]:
    """When, on the reader's clocks and in UTC."""
    lines = [line for span in spans[:MOST_SPANS] for line in span_lines(period_of(span), dates)]
    more = len(spans) - MOST_SPANS
    return [*lines, *([f"and {more:,} more spans"] if more > 0 else [])]


def period_of(span: Span) -> Period:
    """The minutes as instants."""
    return Period(instant_of(span[0]), instant_of(span[1]))


def when_words(instant: datetime, dates: Dates) -> str:
    """ "Wed 25 Nov 10:40"."""
    return f"{dates.day(dates.local(instant).date())} {dates.time(instant)}"


def by_words(instant: datetime, dates: Dates) -> str:
    """ "by Thu 26 Nov 17:00": a deadline, on the clocks of the zone."""
    local = dates.local(instant)
    return f"by {dates.day(local.date())} {local:%H:%M}"


def said(words: str) -> str:
    """What somebody wrote, as a quotation."""
    cuts = (plain(words, most) for most in WORDS_LENGTHS)
    return f"“{next(cut for cut in cuts if length(cut) <= WORDS_ROOM)}”"


def last_of(told: DisputeTold, *actions: str) -> Entry | None:
    """The newest line of the record about one of these."""
    return next((one for one in reversed(told.record) if one.action in actions), None)


def figure_lines(told: DisputeTold) -> str | None:
    """Measured, as ruled, the owner's (for teams of ours), if upheld: only those that differ; and the target."""
    layered = told.layered
    if layered is None or not told.dispute.contested.spans:
        return None
    rows = [_row("Measured", layered.measured)]
    if layered.measured.figures.counts != layered.agreement.figures.counts:
        rows.append(_row("As ruled", layered.agreement))
    if told.reader.internal and layered.owner.figures.counts != layered.agreement.figures.counts:
        rows.append(_row("Owner", layered.owner))
    if _tells_if_upheld(told, layered):
        rows.append(_row("If upheld", layered.if_upheld))
    standing = layered.agreement
    target = f"Target {exact_percent(standing.terms.target)}, {_window(standing)}{_promised(told)}"
    return "\n".join([code(columns(rows)), target])


def _tells_if_upheld(told: DisputeTold, layered: Layered) -> bool:
    """Customers are told nothing that other disputes, or what others answer for, would change."""
    ours = told.reader.internal or (told.alone and not layered.differs(Layer.OWNER))
    return (
        ours and told.dispute.undecided and layered.if_upheld.figures.counts != layered.owner.figures.counts
    )


def _window(standing: Standing) -> str:
    """The window; of a rolling one that the minutes have left, the month."""
    window, period = standing.terms.window, standing.period
    if isinstance(window, RollingWindow) and standing.at > period.end:
        return window_words(CalendarWindow(CalendarUnit.MONTH, "UTC"), period)
    return window_words(window, period)


def _row(label: str, standing: Standing) -> list[str]:
    return [label, attainment_percent(standing) or "no data", WORD[standing.state]]


def _promised(told: DisputeTold) -> str:
    agreement = told.agreement
    return f" · {agreement.kind} {plain(agreement.name)}" if agreement else ""


def outcome_words(one: Dispute, ruling: Ruling) -> str:
    """ "Upheld in part: 18 of 26 min"."""
    if ruling.outcome is Outcome.REJECTED:
        return "Rejected"
    if one.ground in (DisputeGround.NOT_OURS, DisputeGround.TARGET_WRONG):
        return "Upheld"
    part = amount_words(ruling.contested, one.contested)
    return f"{ruling.outcome.value.capitalize()}: {part}"


def effect_lines(told: DisputeTold, ruling: Ruling) -> list[str]:
    """What the outcome does to the figures, in words."""
    one, other = told.dispute, team_words(told.counterpart)
    match ruling.effect:
        case Effect.NOTE:
            return ["No figure changes."]
        case Effect.NEW_OWNER:
            return [f"It goes to {plain(one.new_owner or one.counterpart)}, who is asked to acknowledge it."]
        case Effect.FAULT if ruling.layer == "owner":
            return [
                f"{amount_words(ruling.contested)} are {other}'s: the owner's figure is",
                "without them. What was promised stays.",
            ]
        case _ if ruling.layer == "owner":
            return ["The owner's figure is without them; what was promised stays."]
        case _:
            return ["Both figures stay in the report."]


def party_words(told: DisputeTold, team: str | None) -> str:
    """A party as a sentence names it."""
    named = {told.raiser.name: told.raiser, told.counterpart.name: told.counterpart}
    return team_words(named[team]) if team in named else plain(team or "nobody")


def whose(name: str) -> str:
    """ "retail's", "payments'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def people_words(people: Sequence[str]) -> str:
    """ "@eva, @ben"."""
    return ", ".join(map(person_words, people))
