"""The warnings about one objective, in a line of its status."""

from collections.abc import Sequence
from datetime import UTC, datetime

from domain.breach_warning import BreachWarning
from domain.burn import Severity
from domain.episode import Episode, WarningKind
from messages.acked import snoozed_words
from messages.dates import Dates
from messages.planned import person_words
from messages.warning_words import severity_words

MOST_NAMED = 3
NONE = "Warnings: none open"


def warnings_lines(name: str, warnings: Sequence[BreachWarning], dates: Dates) -> list[str]:
    """ "Warnings: W-42 urgent, @ana has it"; where none is open the one that was over last."""
    told = [(warning, part) for warning in warnings for part in warning.episodes if part.objective == name]
    lasting = [warning for warning, part in told if part.is_open]
    if lasting:
        shown = [f"{one.name} {severity_words(one.severity)}, {whose_words(one, dates)}" for one in lasting]
        more = [f"and {len(shown) - MOST_NAMED} more"] if len(shown) > MOST_NAMED else []
        return ["Warnings: " + ",\n".join([*shown[:MOST_NAMED], *more])]
    over = [(part.resolved_at, warning, part) for warning, part in told if part.resolved_at]
    if not over:
        return [NONE]
    at, last, part = max(over, key=lambda one: (one[0], one[1].number))
    return [f"{NONE}; {last.name} {'withdrawn' if part.withdrawn else 'over'} {dates.since(at)}"]


def whose_words(warning: BreachWarning, dates: Dates) -> str:
    """ "@ana has it", "snoozed until 15:00", "nobody has it yet"."""
    if warning.acknowledged_by:
        return f"{person_words(warning.acknowledged_by)} has it"
    return snoozed_words(warning, dates) if warning.snoozed(dates.at) else "nobody has it yet"


def _example(number: int, objective: str, episode: Episode) -> BreachWarning:
    return BreachWarning(
        number=number,
        kind=episode.kind,
        team="payments",
        channel="#team-payments",
        service=objective.partition("-")[0],
        opened_at=episode.began_at,
        episodes=(episode,),
        said_at=episode.began_at,
    )


def example_over(number: int, began: datetime, over: datetime) -> BreachWarning:
    """A warning about the checkout that was over."""
    name = "checkout-availability"
    return _example(number, name, Episode(name, WarningKind.BURN, Severity.PAGE, began, began, over))


def _waiting() -> BreachWarning:
    """W-43, a forecast of this morning, which nobody has yet."""
    began = datetime(2026, 11, 24, 7, 5, tzinfo=UTC)
    name = "payout-latency"
    return _example(43, name, Episode(name, WarningKind.FORECAST, Severity.TICKET, began, began))


EXAMPLE_OVER = example_over(
    42, datetime(2026, 11, 23, 12, 59, tzinfo=UTC), datetime(2026, 11, 23, 13, 43, tzinfo=UTC)
)
EXAMPLE_WAITING = _waiting()
