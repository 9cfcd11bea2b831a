"""How good the forecasts and warnings were, from real records: every number with how many it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from messages.blocks import section
from messages.columns import code, columns
from messages.dates import Dates
from messages.escaping import plain
from messages.example import BERLIN
from messages.message import Message

CHANCES = ("under 20%", "20 to 40%", "40 to 60%", "60 to 80%", "from 80%")
NONE = "–"
TWO_DAYS = 48


@dataclass(frozen=True, slots=True)
class Fifth:
    """The forecasts in one fifth of the chances: how many, what they said on average, what part came true."""

    forecasts: int
    mean: float
    observed: float


NO_FIFTHS = (Fifth(0, 0.0, 0.0),) * len(CHANCES)
"""Where nothing was forecast."""


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """The forecasts of windows that ended from `since` to before `until`; `about` is "" where they are all.

    `periods` are windows that ended, `breached` how many of them were missed. `hits` of them were warned of in
    time, `unforeseeable` could have been by nobody: one incident took more than three quarters of the budget.
    `false_alarms` are warnings that did not come true. `brier` and `pace_brier` are None where nothing was
    forecast, `ratio` is the interval for their quotient. `fifths` are always five, the lowest chances first.
    `warnings` were posted, of all kinds, to `teams` teams in `weeks` weeks.
    """

    since: datetime
    until: datetime
    forecasts: int
    periods: int
    breached: int
    hits: int
    false_alarms: int
    unforeseeable: int
    median_lead_hours: float | None
    brier: float | None
    pace_brier: float | None
    ratio: tuple[float, float] | None
    fifths: Sequence[Fifth]
    warnings: int
    teams: int
    weeks: float
    about: str = ""
    zone: str = "UTC"


def warnings_score(facts: ScoreFacts, *, command: str = "/slm") -> Message:
    """Hits, misses, false alarms, lead time, the Brier score beside linear pace's, and reliability by fifth."""
    title = f"*Warnings{f' of {plain(facts.about)}' if facts.about else ''}* · {_span(facts)}"
    hint = f"of one objective: `{command} warnings score NAME`"
    if not facts.forecasts:
        told = "Nothing to score yet: no period that was forecast has ended."
        parts = [[title, told], _noise(facts)]
        return Message(told, tuple(section(*lines) for lines in parts if lines), hint)
    parts = [[title, *_outcomes(facts)], _brier(facts), _reliability(facts), _noise(facts)]
    return Message(_push(facts), tuple(section(*lines) for lines in parts if lines), hint)


def _push(facts: ScoreFacts) -> str:
    alarms = facts.false_alarms
    alarmed = "1 false alarm" if alarms == 1 else f"{alarms:,} false alarms"
    return f"Forecasts: {facts.hits:,} of {facts.breached:,} breaches warned of, {alarmed}."


def _span(facts: ScoreFacts) -> str:
    dates = Dates(facts.until, facts.zone)
    start, end = (dates.local(instant).date() for instant in (facts.since, facts.until))
    return f"{dates.short(start)} to {dates.short(end)}"


def _outcomes(facts: ScoreFacts) -> list[str]:
    noun = "forecast period" if facts.periods == 1 else "forecast periods"
    ended = f"{facts.periods:,} {noun} ended, {facts.breached or 'none'} breached"
    if not facts.breached:
        return [ended, _false(facts)]
    missed = facts.breached - facts.hits
    share = _percent(facts.hits / facts.breached)
    return [
        ended,
        f"Warned of {facts.hits:,} of {facts.breached:,} breaches ({share}), missed {missed:,}",
        _false(facts),
        *_lead(facts),
        f"No forecast could have seen: {facts.unforeseeable:,} of {facts.breached:,}",
    ]


def _false(facts: ScoreFacts) -> str:
    said = facts.hits + facts.false_alarms
    return f"False alarms: {facts.false_alarms:,} of {said:,} forecast warnings"


def _lead(facts: ScoreFacts) -> list[str]:
    if facts.median_lead_hours is None:
        return []
    hours = int(facts.median_lead_hours)
    length = f"{hours} h" if hours < TWO_DAYS else f"{hours // 24} d {hours % 24} h"
    return [f"Median lead time: {length} (n = {facts.hits:,})"]


def _brier(facts: ScoreFacts) -> list[str]:
    """Beside what it would have been to say that all goes on as it did."""
    if facts.brier is None or facts.pace_brier is None:
        return []
    lines = [
        f"*Brier score* {facts.brier:.3f}, linear pace {facts.pace_brier:.3f}",
        f"n = {facts.forecasts:,} forecasts; smaller is better",
    ]
    if not facts.pace_brier:
        return lines
    between = f", likely {facts.ratio[0]:.2f} to {facts.ratio[1]:.2f}" if facts.ratio else ""
    return [*lines, f"{facts.brier / facts.pace_brier:.2f} of linear pace's{between}"]


def _reliability(facts: ScoreFacts) -> list[str]:
    rows = [("chance", "n", "said", "came true")]
    for name, fifth in zip(CHANCES, facts.fifths, strict=True):
        shown = (_percent(fifth.mean), _percent(fifth.observed)) if fifth.forecasts else (NONE, NONE)
        rows.append((name, f"{fifth.forecasts:,}", *shown))
    return ["*What was said, and how often it came true*", code(columns(rows))]


def _noise(facts: ScoreFacts) -> list[str]:
    """How many warnings there were, of all kinds, for how many teams."""
    if not facts.teams or facts.weeks <= 0:
        return []
    rate = facts.warnings / facts.teams / facts.weeks
    teams = "1 team" if facts.teams == 1 else f"{facts.teams:,} teams"
    number = "1 warning" if facts.warnings == 1 else f"{facts.warnings:,} warnings"
    return [
        f"*How many* {rate:.1f} warnings a team a week",
        f"n = {number}, {teams}, {facts.weeks:.1f} weeks",
    ]


def _percent(share: float) -> str:
    return f"{round(share * 100)}%"


EXAMPLE = ScoreFacts(
    since=datetime(2026, 5, 1, tzinfo=UTC),
    until=datetime(2026, 11, 1, tzinfo=UTC),
    forecasts=1_240,
    periods=42,
    breached=9,
    hits=6,
    false_alarms=3,
    unforeseeable=2,
    median_lead_hours=123.5,
    brier=0.0714,
    pace_brier=0.1232,
    ratio=(0.47, 0.71),
    fifths=(
        Fifth(884, 0.06, 0.05),
        Fifth(142, 0.29, 0.25),
        Fifth(88, 0.5, 0.53),
        Fifth(64, 0.71, 0.66),
        Fifth(62, 0.93, 0.95),
    ),
    warnings=78,
    teams=3,
    weeks=26.3,
    zone=BERLIN,
)
