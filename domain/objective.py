"""An objective, and its terms: one version of what is promised."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from domain.acknowledging import DEFAULT_ACKNOWLEDGING, Acknowledging
from domain.method import Method, Occurrences
from domain.responsibility import Responsibility
from domain.slack_change import SlackChange
from domain.watching import DEFAULT_WATCHING, Watching
from domain.window import Window

MIN_COVERAGE_OF_SLICES = Fraction(1, 2)
MIN_COVERAGE_OF_EVENTS = Fraction(0)


@dataclass(frozen=True, slots=True)
class Indicator:
    """How an objective is counted (SLI), as its definition says it.

    `ratio` names what it is made of: "good/total" or "bad/total" (two counts), "raw/success" or "raw/failure" (a
    ratio as it is), "threshold" (values to be compared with the terms' limit). `sources` are the OpenSLO metric
    sources as canonical JSON, kept unread: measurements are pushed or imported.
    """

    name: str
    ratio: str = "good/total"
    description: str = ""
    sources: str = "{}"


@dataclass(frozen=True, slots=True)
class Limit:
    """What values of a threshold indicator are compared with: `op` is lte, gte, lt or gt (OpenSLO)."""

    op: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of an objective. `since` is None for the first version: it holds from the beginning."""

    target: Fraction
    window: Window
    method: Method
    indicator: Indicator
    owner: str | None = None
    agreement: str | None = None
    unit: str | None = None
    min_coverage: Fraction = MIN_COVERAGE_OF_EVENTS
    version: int = 1
    since: datetime | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """One target in an agreement; `versions` are its terms, oldest first and never empty."""

    name: str
    service: str
    versions: tuple[Terms, ...]
    display_name: str = ""
    description: str = ""
    labels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    retired_at: datetime | None = None
    slo: str = ""
    """The SLO document that defines it: its own name where that has one objective."""
    watching: Watching = DEFAULT_WATCHING
    supports: tuple[str, ...] = ()
    """The objectives that this one stands under: those whose promises it supports."""
    roles: tuple[Responsibility, ...] = ()
    """Responsible, consulted and informed teams, also those that were; the accountable one is in the terms."""
    acknowledging: Acknowledging = DEFAULT_ACKNOWLEDGING
    slack_changes: tuple[SlackChange, ...] = ()

    def terms(self, *, at: datetime) -> Terms:
        """The terms in force at `at`, used for the whole window."""
        return terms_in_force(self.versions, at=at)


def terms_in_force(versions: Sequence[Terms], *, at: datetime) -> Terms:
    """The newest of `versions` (oldest first, not empty) that holds at `at`; the first holds from the beginning."""
    for terms in reversed(versions):
        if terms.since is None or terms.since <= at:
            return terms
    return versions[0]


def default_min_coverage(method: Method) -> Fraction:
    """50 % for the slice methods; 0 for Occurrences, where no event may just be no traffic."""
    return MIN_COVERAGE_OF_EVENTS if isinstance(method, Occurrences) else MIN_COVERAGE_OF_SLICES


@dataclass(frozen=True, slots=True)
class Service:
    """The thing whose level is managed."""

    name: str
    display_name: str = ""
    description: str = ""
    labels: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())
