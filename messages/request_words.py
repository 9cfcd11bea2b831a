"""Terms in the words of a request to acknowledge: what is promised to whom, beside what was before."""

from collections.abc import Sequence
from fractions import Fraction

from domain.agreement import Agreement, AgreementKind
from domain.allowance import events_allowed, minutes_allowed
from domain.method import Method, Timeslices
from domain.objective import Limit, Terms
from domain.ratio import exact_percent, floor_decimal
from domain.request import Asked, Request
from domain.team import Team, TeamKind
from domain.window import RollingWindow, Window
from messages.amounts import REQUESTS, UNIT_LENGTH, duration
from messages.escaping import plain
from messages.parties import SHORT, team_words
from messages.request_people import team_called
from messages.room import LINE
from messages.windows import this_window

HOURS = 80
OPERATORS = {"lte": "at most", "lt": "less than", "gte": "at least", "gt": "more than"}


def terms_lines(one: Asked, request: Request) -> list[str]:
    """Target, what may fail, to whom it is promised; each beside what it was, and what else is other than before."""
    return [
        f"Target: {_target(one)}",
        f"May fail: {_may_fail(one, request)}",
        *_counting(one),
        *_service_hours(one, request),
        *_owner(one, request),
        *_promised(one, request),
    ]


def may_fail_words(terms: Terms, request: Request, events_a_day: Fraction | None) -> str:
    """ "43 min", "≈43 min", "≈4,490 payouts": exact for time slices."""
    unit = (terms.unit or "").strip()
    if not terms.method.slice_minutes and events_a_day and unit and unit.lower() not in REQUESTS:
        return f"≈{_about(events_allowed(terms, events_a_day)):,} {plain(unit, UNIT_LENGTH)}"
    minutes = minutes_allowed(terms, request.hours(terms))
    if 0 < minutes < 1:
        return "under 1 min"
    return f"{'' if terms.method.slice_minutes else '≈'}{duration(minutes)}"


def each_window(window: Window) -> str:
    """ "each month", "in 30 days": for what a target is."""
    return f"in {this_window(window)}" if isinstance(window, RollingWindow) else f"each {window.unit}"


def a_window(window: Window) -> str:
    """ "a month", "in 30 days": for how much may fail."""
    return f"in {this_window(window)}" if isinstance(window, RollingWindow) else f"a {window.unit}"


def target_words(terms: Terms) -> str:
    """ "99.9% each month"."""
    return f"{exact_percent(terms.target)} {each_window(terms.window)}"


def party_words(agreement: Agreement | None, request: Request) -> str:
    """ "to: shop team (OLA)", "by: bank-gateway (UC)"."""
    if agreement is None:
        return "to: nobody (no agreement)"
    by = agreement.kind is AgreementKind.UC
    name = agreement.provider if by else agreement.customer
    shown = team_words(request.promises.teams.get(name) or Team(name, TeamKind.CUSTOMER))
    return f"{'by' if by else 'to'}: {shown} ({agreement.kind})"


def _target(one: Asked) -> str:
    terms, before = one.terms, one.before
    if before is None or (before.target, before.window) == (terms.target, terms.window):
        return f"*{exact_percent(terms.target)}* {each_window(terms.window)}"
    if before.window == terms.window:
        return f"{exact_percent(before.target)} → *{exact_percent(terms.target)}* {each_window(terms.window)}"
    return f"{target_words(before)} → *{target_words(terms)}*"


def _may_fail(one: Asked, request: Request) -> str:
    terms, before = one.terms, one.before
    now = may_fail_words(terms, request, one.events_a_day)
    then = may_fail_words(before, request, one.events_a_day) if before else now
    of_hours = " of service hours" if request.hours(terms) and _in_minutes(now) else ""
    if before is None or (then, before.window) == (now, terms.window):
        return f"{now}{of_hours} {a_window(terms.window)}"
    if before.window == terms.window:
        return f"{then} → *{now}*{of_hours} {a_window(terms.window)}"
    return f"{then} {a_window(before.window)} → *{now}*{of_hours} {a_window(terms.window)}"


def _in_minutes(words: str) -> bool:
    return words.endswith((" min", " h", " d"))


def _counting(one: Asked) -> list[str]:
    """What is counted in another way than before."""
    terms, before = one.terms, one.before
    if before is None:
        return []
    changed = []
    if before.method != terms.method:
        changed += _beside("Counted", _method(before.method), _method(terms.method))
    if before.limit != terms.limit:
        changed += _beside("Good is", _limit(before.limit), _limit(terms.limit))
    if before.indicator.name != terms.indicator.name:
        names = plain(before.indicator.name, SHORT), plain(terms.indicator.name, SHORT)
        changed += _beside("Indicator", *names)
    elif _sources(before) != _sources(terms):
        changed.append(f"Indicator: {plain(terms.indicator.name, SHORT)}, *other sources*")
    return changed


def _sources(terms: Terms) -> tuple[str, str]:
    return terms.indicator.ratio, terms.indicator.sources


def _method(method: Method) -> str:
    """ "by events", "by slices of 5 min, good from 99%", "by the mean of slices of 1 min"."""
    if not method.slice_minutes:
        return "by events"
    slices = "minutes" if method.slice_minutes == 1 else f"slices of {method.slice_minutes} min"
    missing = "" if method.missing.value == "ignored" else f", missing ones {method.missing}"
    if isinstance(method, Timeslices):
        return f"by {slices}, good from {exact_percent(method.slice_target)}{missing}"
    return f"by the mean of {slices}{missing}"


def _limit(limit: Limit | None) -> str:
    return f"{OPERATORS.get(limit.op, limit.op)} {floor_decimal(limit.value, 12)}" if limit else "as counted"


def _service_hours(one: Asked, request: Request) -> list[str]:
    """Told where they are not round the clock, or were not."""
    now = one.acknowledgement.hours
    then = one.earlier.hours if one.earlier else now
    if not now and not then:
        return []
    shown, was = (plain(words, HOURS) if words else "round the clock" for words in (now, then))
    return [f"Service hours: {shown}"] if now == then else _beside("Service hours", was, shown)


def _owner(one: Asked, request: Request) -> list[str]:
    if one.before is None or one.before.owner == one.terms.owner:
        return []
    then, now = (team_called(name, request) for name in (one.before.owner, one.terms.owner))
    return _beside("Owner", then, now)


def _promised(one: Asked, request: Request) -> list[str]:
    now = party_words(request.agreement(one.terms), request)
    if one.before is None:
        return [f"Promised {now}"]
    then = party_words(request.agreement(one.before), request)
    if now == then:
        return [f"Promised {now}, unchanged"]
    side, _, name = now.partition(": ")
    return _beside(f"Promised {side}", then.partition(": ")[2], name)


def _beside(label: str, then: str, now: str) -> list[str]:
    """What was, and what is: on a line of its own where both are too long for one."""
    line = f"{label}: {then} → *{now}*"
    return [line] if len(line) <= LINE + len("**") else [f"{label}: {then}", f"→ *{now}*"]


def _about(events: Fraction) -> int:
    """Rounded down to two digits: it is a guess."""
    whole = events.numerator // events.denominator
    step: int = 10 ** max(0, len(str(whole)) - 2)
    return whole // step * step


def kinds_words(asked: Sequence[Asked], request: Request) -> list[str]:
    """ "3 SLA (retail)", "3 OLA", "1 without an agreement": how many by agreement; of SLAs also to whom."""
    counted: dict[str, int] = {}
    for one in asked:
        words = _kind(request.agreement(one.terms), request)
        counted[words] = counted.get(words, 0) + 1
    return [f"{count:,} {words}" for words, count in sorted(counted.items(), key=_by_kind)]


def _kind(agreement: Agreement | None, request: Request) -> str:
    if agreement is None:
        return "without an agreement"
    if agreement.kind is not AgreementKind.SLA:
        return str(agreement.kind)
    customer = request.promises.teams.get(agreement.customer)
    return f"SLA ({plain((customer and customer.display_name.strip()) or agreement.customer, SHORT)})"


def _by_kind(counted: tuple[str, int]) -> tuple[bool, bool, int, str]:
    words, count = counted
    return words.startswith("without"), not words.startswith("SLA"), -count, words
