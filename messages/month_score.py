"""How good last month's forecasts were, in a few lines of a roll-up."""

from datetime import date

from domain.month_score import MonthScore
from messages.blocks import Block, section
from messages.dates import MONTHS
from messages.room import flowing


def score_section(score: MonthScore | None, command: str) -> list[Block]:
    """Hits, misses, false alarms, and the Brier score beside linear pace's; nothing where nothing was forecast."""
    if score is None:
        return []
    n = f"n = {score.forecasts:,} forecasts of {_periods(score.periods)}"
    return [
        section(
            f"*Forecasts of {MONTHS[score.month.month - 1]}*",
            *flowing([_hits(score), _alarms(score.false_alarms)], separator=", "),
            f"Brier score {score.brier:.3f}, linear pace {score.pace_brier:.3f}",
            *flowing([n, f"`{command} warnings score`"]),
        )
    ]


def _hits(score: MonthScore) -> str:
    if not score.breached:
        return "Nothing was breached"
    breaches = "breach" if score.breached == 1 else "breaches"
    return f"{score.hits:,} of {score.breached:,} {breaches} warned of"


def _alarms(count: int) -> str:
    if not count:
        return "no false alarm"
    return "1 false alarm" if count == 1 else f"{count:,} false alarms"


def _periods(count: int) -> str:
    return "1 period" if count == 1 else f"{count:,} periods"


EXAMPLE = MonthScore(
    date(2026, 10, 1),
    periods=24,
    forecasts=702,
    breached=4,
    hits=3,
    false_alarms=1,
    brier=0.0714,
    pace_brier=0.1232,
)
