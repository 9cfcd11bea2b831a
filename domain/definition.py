"""What a set of definition files says, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.method import Method, Missing, Occurrences, Timeslices
from domain.minutes import DAY
from domain.objective import Objective, Service, Terms
from domain.ratio import exact_percent
from domain.team import WEEKDAYS, DigestSchedule, Team
from domain.window import RollingWindow, Window

UNANNOUNCED = datetime.max.replace(tzinfo=UTC)
"""When an exclusion is announced that only a file knows yet."""


class Severity(StrEnum):
    """Whether a problem keeps the files from being applied."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something to know about a line of a definition file; line 0 is the file or folder as a whole."""

    path: str
    line: int
    severity: Severity
    code: str
    text: str

    def __str__(self) -> str:
        """One line, as `steward lint` prints it."""
        return f"{self.path}:{self.line}: {self.severity} {self.code} {self.text}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the files something is defined."""

    path: str
    line: int

    def __str__(self) -> str:
        """As in a problem's line."""
        return f"{self.path}:{self.line}"


class Kind(StrEnum):
    """What can be defined, by the word that plans and messages use."""

    TEAM = "team"
    SERVICE = "service"
    AGREEMENT = "agreement"
    CALENDAR = "calendar"
    OBJECTIVE = "objective"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class Definitions:
    """What the files want; every objective has exactly one version of its terms: 1, from the beginning."""

    teams: tuple[Team, ...] = ()
    services: tuple[Service, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    objectives: tuple[Objective, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    """Not announced yet: `UNANNOUNCED`; the plan says when."""
    places: Mapping[tuple[Kind, str], Place] = field(default_factory=dict, compare=False)
    """Where each comes from, by kind and name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored already, so that files which name it need not define it again."""

    teams: tuple[Team, ...] = ()
    services: tuple[Service, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    objectives: tuple[Objective, ...] = ()


def in_words(item: Team | Service | Agreement | Objective) -> dict[str, str]:
    """Every field of a definition (of an objective, with its newest terms) but the name, as a person reads it.

    Two that differ have different words; what is empty has none.
    """
    if isinstance(item, Team):
        return _team(item)
    if isinstance(item, Agreement):
        return {"type": item.kind, "provider": item.provider, "customer": item.customer}
    if isinstance(item, Service):
        return _documentation(item)
    return {**_terms(item.versions[-1]), "service": item.service, **_documentation(item), "SLO": item.slo}


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
        "digest": _digest(team.digest),
        "quiet hours": f"{quiet.since:%H:%M}–{quiet.until:%H:%M}" if quiet else "",
        "escalation": ", ".join(f"{rung.to} after {_length(rung.after)}" for rung in team.escalation),
        "arbitrates": "yes" if team.arbitrates else "",
        "Slack workspace": team.slack_team or "",
    }


def _digest(digest: DigestSchedule) -> str:
    if digest.off:
        return f"off ({digest.at:%H:%M})"
    if digest.days is None:
        return f"{digest.at:%H:%M} on working days"
    days = " ".join(day for number, day in enumerate(WEEKDAYS) if number in digest.days)
    return f"{digest.at:%H:%M} {days}" if days else f"never ({digest.at:%H:%M})"


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
        "indicator": f"{indicator.name} ({indicator.ratio})",
        "indicator's description": indicator.description,
        "metric sources": indicator.sources,
    }


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
    """ "30 days", or "90 min" where it is no whole number of days."""
    minutes = int(length.total_seconds()) // 60
    days, rest = divmod(minutes, DAY)
    if rest or not days:
        return f"{minutes} min"
    return f"{days} days" if days > 1 else "1 day"
