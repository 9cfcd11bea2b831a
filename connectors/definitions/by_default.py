"""Which of the default conditions make no sense for an objective, so that its author knows what does not warn."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import chain

from connectors.definitions.document import Links
from connectors.definitions.findings import quoted
from domain.agreement import Agreement
from domain.burn import BurnCondition, left_out
from domain.calendars import Calendar
from domain.condition_fit import largest_burn
from domain.definition import Definitions, Known
from domain.minutes import DAY
from domain.objective import Terms
from domain.retention import longest_period
from domain.watching_words import minutes_words

WEEK = 7 * DAY


def check_defaults(links: Links, definitions: Definitions, known: Known | None) -> None:
    """Note the defaults that are too long for an objective's window, or that not even a total outage reaches."""
    stored = known or Known()
    agreements = {each.name: each for each in (*stored.agreements, *definitions.agreements)}
    calendars = {each.name: each for each in (*stored.calendars, *definitions.calendars)}
    for one in links.by_default:
        terms = one.objective.versions[0]
        period = longest_period(terms.window) // timedelta(minutes=1)
        found = _left_out(terms.target, period, _countable(terms, period, agreements, calendars))
        if found:
            reasons = "; ".join(_reasons(found, terms, period))
            text = f"Of the default warnings some are left out for {quoted(one.objective.name)}: {reasons}."
            one.findings.add("W806", one.line, text)


@lru_cache(maxsize=1024)
def _left_out(target: Fraction, period: int, countable: int) -> list[BurnCondition]:
    """Most objectives of a provider have one of a few targets and windows."""
    return left_out(target, period, countable)


def _countable(
    terms: Terms, period: int, agreements: Mapping[str, Agreement], calendars: Mapping[str, Calendar]
) -> int:
    """Minutes of a usual period in the service hours of its agreement; round the clock where there are none."""
    agreement = agreements.get(terms.agreement or "")
    calendar = calendars.get(agreement.service_hours or "") if agreement else None
    if calendar is None:
        return period
    weekly = sum(until - since for since, until in chain.from_iterable(calendar.hours))
    return period * min(weekly, WEEK) // WEEK


def _reasons(found: list[BurnCondition], terms: Terms, period: int) -> Iterator[str]:
    too_long = [one for one in found if one.windows[0] > period]
    unreachable = [one for one in found if one not in too_long]
    if too_long:
        yield f"{_named(too_long)}, longer than its window of {minutes_words(period)}"
    if unreachable:
        yield f"{_named(unreachable)}, since {largest_burn(terms)}"


def _named(conditions: list[BurnCondition]) -> str:
    return " and ".join(
        f"{minutes_words(one.windows[0])}/{minutes_words(one.windows[1])}" for one in conditions
    )
