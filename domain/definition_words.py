"""Definitions in words: every field as a person reads it, for what differs between files and store."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from domain.agreement import Agreement
from domain.calendars import Calendar, Hours
from domain.exclusion import Exclusion
from domain.method import Method, Missing, Occurrences, Timeslices
from domain.minutes import DAY, HOUR
from domain.objective import Limit, Objective, Service, Terms
from domain.openslo_document import OpensloDocument
from domain.ratio import exact_percent, floor_decimal
from domain.responsibility import Responsibility, Role
from domain.team import WEEKDAYS, DigestSchedule, Team
from domain.watching_words import watching_words
from domain.window import RollingWindow, Window

Item = Team | Service | Agreement | Calendar | Objective | Exclusion | OpensloDocument
FREE_DAYS = "free days"
OCCURRENCES = "occurrences (UTC)"
DETAILS = "details"
"""What of a kept document may be secret: its words only tell whether it is the same."""
WITHIN = "acknowledged within"
EXPIRES = "acknowledgements hold for"
OPERATORS = {"lte": "≤", "lt": "<", "gte": "≥", "gt": ">"}
MOST_DECIMALS = 12
LISTS = frozenset((FREE_DAYS, OCCURRENCES))
"""Fields whose words may be thousands of items; `shortened` makes them fit to be read."""


def in_words(item: Item) -> dict[str, str]:
    """Every field of a definition (of an objective, with its newest terms) but the name, as a person reads it.

    Two that differ have different words; what is empty has none. What was changed in Slack is no field.
    """
    if isinstance(item, Team):
        return _team(item)
    if isinstance(item, Agreement):
        return _agreement(item)
    if isinstance(item, Service):
        return _documentation(item)
    if isinstance(item, Calendar):
        return _calendar(item)
    if isinstance(item, Exclusion):
        return _exclusion(item)
    return _document(item) if isinstance(item, OpensloDocument) else _objective(item)


def shortened(before: str, after: str) -> tuple[str, str]:
    """The words of one of `LISTS`, before and after, as how many there are; and the first that came and went."""
    old, new = (dict.fromkeys(words.split(", ") if words else ()) for words in (before, after))
    if not old:
        return "", _many(list(new))
    came, went = [item for item in new if item not in old], [item for item in old if item not in new]
    told = [f"{sign} {_first(items)}" for sign, items in (("+", came), ("−", went)) if items]
    return _many(list(old)), f"{len(new)}: {', '.join(told)}" if new else ""


def _many(items: list[str]) -> str:
    return f"{len(items)} from {items[0]} to {items[-1]}" if len(items) > 1 else "".join(items)


def _first(items: list[str]) -> str:
    return f"{items[0]} and {len(items) - 1} more" if len(items) > 1 else items[0]


def _documentation(item: Service | Objective) -> dict[str, str]:
    labels = (f"{key}={'+'.join(values)}" for key, values in item.labels)
    return {
        "display name": item.display_name,
        "description": item.description,
        "labels": ", ".join(labels),
    }


def _team(team: Team) -> dict[str, str]:
    quiet = team.quiet_hours
    return {
        "kind": team.kind,
        "display name": team.display_name,
        "channel": team.channel or "",
        "members": ", ".join(team.members),
        "user group": team.usergroup or "",
        "manager": team.manager or "",
        "time zone": team.timezone,
        "calendar": team.calendar or "",
        "digest": _digest(team.digest),
        "quiet hours": f"{quiet.since:%H:%M}–{quiet.until:%H:%M}" if quiet else "",
        "escalation": ", ".join(f"{rung.to} after {_length(rung.after)}" for rung in team.escalation),
        "arbitrates": "yes" if team.arbitrates else "",
        "Slack workspace": team.slack_team or "",
    }


def _digest(digest: DigestSchedule) -> str:
    if digest.days is None:
        when = f"{digest.at:%H:%M} on working days"
    else:
        days = " ".join(day for number, day in enumerate(WEEKDAYS) if number in digest.days)
        when = f"{digest.at:%H:%M} {days}" if days else f"never ({digest.at:%H:%M})"
    return f"off ({when})" if digest.off else when


def _agreement(agreement: Agreement) -> dict[str, str]:
    rules = agreement.disputes
    words = {
        "type": agreement.kind,
        "provider": agreement.provider,
        "customer": agreement.customer,
        "contact": agreement.contact,
        "effective from": agreement.effective_from,
        "effective until": agreement.effective_until,
        "review": agreement.review,
        "service hours": agreement.service_hours,
        "disputes answered within": rules.answer_within,
        "disputes ruled within": rules.rule_within,
        "arbiter": rules.arbiter,
        "maintenance notice": agreement.maintenance_notice,
        "claims within": agreement.claim_within,
    }
    return {field: "" if value is None else str(value) for field, value in words.items()}


def _calendar(calendar: Calendar) -> dict[str, str]:
    origin = (calendar.country, calendar.subdivision)
    return {
        "time zone": calendar.timezone,
        "hours": week_words(calendar.hours),
        "holidays of": "/".join(part for part in origin if part),
        FREE_DAYS: ", ".join(day.isoformat() for day in sorted(calendar.holidays)),
    }


def week_words(hours: Iterable[Hours]) -> str:
    """ "mon 08:00–18:00, tue 08:00–18:00": the days that have hours; those alike in one, as "mon–fri"."""
    runs: list[tuple[int, int, Hours]] = []
    for day, spans in enumerate(hours):
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return ", ".join(
        f"{_days(first, last)} {' '.join(f'{_clock(since)}–{_clock(until)}' for since, until in spans)}"
        for first, last, spans in runs
        if spans
    )


def _days(first: int, last: int) -> str:
    return WEEKDAYS[first] if first == last else f"{WEEKDAYS[first]}–{WEEKDAYS[last]}"


def _clock(minutes: int) -> str:
    """A time of day; "+1" after one of the next day."""
    days, rest = divmod(minutes, DAY)
    if days and not rest:
        days, rest = days - 1, DAY
    return f"{rest // HOUR:02}:{rest % HOUR:02}" + (f"+{days}" if days else "")


def _exclusion(exclusion: Exclusion) -> dict[str, str]:
    withdrawn = exclusion.withdrawn_at
    return {
        "objectives": ", ".join(exclusion.objectives),
        "services": ", ".join(exclusion.services),
        OCCURRENCES: ", ".join(map(instant_words, exclusion.starts)),
        "length": _length(exclusion.length),
        "recurs": exclusion.recurs or "",
        "time zone": exclusion.timezone or "",
        "ground": exclusion.ground,
        "reason": exclusion.reason,
        "announced (UTC)": instant_words(exclusion.announced_at),
        "author": exclusion.author or "",
        "withdrawn (UTC)": instant_words(withdrawn) if withdrawn else "",
    }


def instant_words(at: datetime) -> str:
    """An instant in UTC; its seconds only where it has some."""
    return at.replace(tzinfo=None).isoformat(" ", "auto" if at.second or at.microsecond else "minutes")


def _document(document: OpensloDocument) -> dict[str, str]:
    body = json.loads(document.body)
    spec, metadata = body.pop("spec", {}), body.pop("metadata", {})
    told = {
        "display name": metadata.pop("displayName", ""),
        "description": spec.pop("description", ""),
        "source type": spec.pop("type", ""),
    }
    rest = json.dumps([body, metadata, spec], sort_keys=True)
    return {**told, DETAILS: sha256(rest.encode()).hexdigest()[:12]}


def _objective(objective: Objective) -> dict[str, str]:
    return {
        **_terms(objective.versions[-1]),
        "service": objective.service,
        **_documentation(objective),
        "SLO": objective.slo,
        **watching_words(objective.watching),
        "supports": ", ".join(objective.supports),
        **_roles(objective.roles),
        WITHIN: str(objective.acknowledging.within),
        EXPIRES: str(objective.acknowledging.expires),
    }


def _roles(roles: Iterable[Responsibility]) -> dict[str, str]:
    """The teams that have each role to this day."""
    held = [each for each in roles if each.until is None]
    return {
        role.value: ", ".join(sorted(each.team for each in held if each.role is role))
        for role in Role
        if role is not Role.ACCOUNTABLE
    }


def _terms(terms: Terms) -> dict[str, str]:
    indicator = terms.indicator
    return {
        "target": exact_percent(terms.target),
        "window": _window(terms.window),
        "method": _method(terms.method),
        "owner": terms.owner or "",
        "agreement": terms.agreement or "",
        "unit": terms.unit or "",
        "coverage needed": exact_percent(terms.min_coverage),
        "limit": _limit(terms.limit) if terms.limit else "",
        "indicator": f"{indicator.name} ({indicator.ratio})",
        "indicator's description": indicator.description,
        "metric sources": indicator.sources,
    }


def _limit(limit: Limit) -> str:
    exact = (limit.value * 10**MOST_DECIMALS).denominator == 1
    return f"{OPERATORS[limit.op]} {floor_decimal(limit.value, MOST_DECIMALS) if exact else limit.value}"


def _window(window: Window) -> str:
    if isinstance(window, RollingWindow):
        return _length(timedelta(minutes=window.length))
    return f"calendar {window.unit} from {window.starts:%Y-%m-%d %H:%M} {window.zone}"


def _method(method: Method) -> str:
    if isinstance(method, Occurrences):
        return method.name
    least = f" at {exact_percent(method.slice_target)}" if isinstance(method, Timeslices) else ""
    missing = "" if method.missing is Missing.IGNORED else f", missing {method.missing}"
    return f"{method.name} of {method.slice_minutes} min{least}{missing}"


def _length(length: timedelta) -> str:
    """ "30 days", "90 min" where it is no whole number of days, "90 s" where it is none of minutes."""
    seconds = int(length.total_seconds())
    minutes = seconds // 60
    days, rest = divmod(minutes, DAY)
    if seconds % 60:
        return f"{seconds} s"
    if rest or not days:
        return f"{minutes} min"
    return f"{days} days" if days > 1 else "1 day"
