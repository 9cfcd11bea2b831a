"""What a set of definition files says, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.exclusion import Exclusion
from domain.objective import Objective, Service
from domain.openslo_document import OpensloDocument
from domain.team import Team

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
    DATA_SOURCE = "data source"
    NOTIFICATION_TARGET = "notification target"


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
    documents: tuple[OpensloDocument, ...] = ()
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
    exclusions: tuple[Exclusion, ...] = ()
    documents: tuple[OpensloDocument, ...] = ()
