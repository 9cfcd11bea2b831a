"""How an objective is watched, in words."""

from domain.burn import BurnCondition, Severity
from domain.minutes import DAY, HOUR
from domain.ratio import exact_percent, floor_decimal
from domain.watching import Watching

URGENT = "urgent burn rate"
CAN_WAIT = "burn rate that can wait"
MISSING_DATA = "warnings of missing data"
FORECASTS = "forecasts warn from"
DEFAULT = "default"
NEVER = "never"
MOST_DECIMALS = 12


def watching_words(watching: Watching) -> dict[str, str]:
    """Every field of it."""
    return {
        URGENT: _burn(watching, Severity.PAGE),
        CAN_WAIT: _burn(watching, Severity.TICKET),
        MISSING_DATA: "on" if watching.silent else "off",
        FORECASTS: exact_percent(watching.warn_at),
    }


def condition_words(condition: BurnCondition) -> str:
    """ "> 14.4 over 1 h and 5 min for 2 min"."""
    sign = "≥" if condition.inclusive else ">"
    over = " and ".join(minutes_words(window) for window in condition.windows)
    after = f" for {minutes_words(condition.after)}" if condition.after else ""
    return f"{sign} {floor_decimal(condition.threshold, MOST_DECIMALS)} over {over}{after}"


def minutes_words(minutes: int) -> str:
    """ "3 days", "1 h", "90 min"."""
    if minutes and minutes % DAY == 0:
        return "1 day" if minutes == DAY else f"{minutes // DAY} days"
    return f"{minutes // HOUR} h" if minutes and minutes % HOUR == 0 else f"{minutes} min"


def _burn(watching: Watching, severity: Severity) -> str:
    if watching.conditions is None:
        return DEFAULT
    told = [condition_words(one) for one in watching.conditions if one.severity is severity]
    return ", ".join(told) or NEVER
