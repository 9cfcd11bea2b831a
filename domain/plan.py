"""A plan: what applying definitions would change, decided before anything is touched."""

from dataclasses import dataclass
from enum import StrEnum

from domain.agreement import Agreement
from domain.calendars import Calendar
from domain.definition import Kind, Known
from domain.definition_words import instant_words
from domain.exclusion import Exclusion
from domain.objective import Objective, Service
from domain.openslo_document import OpensloDocument
from domain.person import called
from domain.refusal import Refusal
from domain.slack_change import SlackChange
from domain.team import Team


class Verb(StrEnum):
    """What happens to something: objectives keep their history, so they retire; the rest is removed."""

    CREATE = "create"
    UPDATE = "update"
    RESTORE = "restore"
    RETIRE = "retire"
    REMOVE = "remove"


class Effect(StrEnum):
    """What a change does beyond its fields, for a reader to approve."""

    COUNTS_AGAIN = "what it excluded counts again"
    COUNTED_ANEW = "past figures are counted anew"
    ANNOUNCED_ANEW = "announced anew"
    STAYS_WITHDRAWN = "stays withdrawn"


DOCUMENT_KINDS = {Kind.DATA_SOURCE: "DataSource", Kind.NOTIFICATION_TARGET: "AlertNotificationTarget"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's value before and after, in words; empty words are no value."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes, with its fields in words; `version` is that of new terms, if there are any.

    `undoes` is what was changed in Slack and would be lost.
    """

    verb: Verb
    kind: Kind
    name: str
    fields: tuple[FieldChange, ...] = ()
    version: int | None = None
    effects: tuple[Effect, ...] = ()
    undoes: tuple[SlackChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Asks:
    """That a team has to acknowledge these objectives because of the plan; `again` where it had to before."""

    team: str
    objectives: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is not in the files and stays all the same, since history leans on it."""

    kind: Kind
    name: str
    because: str


@dataclass(frozen=True, slots=True)
class Current:
    """What is stored: objectives with all their versions, retired ones too."""

    teams: tuple[Team, ...] = ()
    services: tuple[Service, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    objectives: tuple[Objective, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    documents: tuple[OpensloDocument, ...] = ()

    @property
    def known(self) -> Known:
        """What files may name without defining it."""
        return Known(
            self.teams,
            self.services,
            self.agreements,
            self.calendars,
            self.objectives,
            self.exclusions,
            self.documents,
        )


class UndoesSlack(Refusal):
    """The files would undo what was changed in Slack, and nobody said that they may."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        told = [
            f"the {mark.field} of {change.kind} `{change.name}` ({called(mark.by)}, {instant_words(mark.at)} UTC)"
            for change in changes
            for mark in change.undoes
        ]
        super().__init__(
            f"The files would undo what was changed in Slack: {', '.join(told)}. "
            "Put it into the files, or let them win with --overwrite. Nothing was applied."
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, and what storage saves (whole objects) and removes (names) to carry them out.

    Save calendars, teams, services, documents, agreements, objectives, exclusions in this order; remove in the
    reverse.
    """

    changes: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()
    asks: tuple[Asks, ...] = ()
    calendars_to_save: tuple[Calendar, ...] = ()
    teams_to_save: tuple[Team, ...] = ()
    """Also those without a change, of which only the mark of a change in Slack goes: the files say the same now."""
    services_to_save: tuple[Service, ...] = ()
    agreements_to_save: tuple[Agreement, ...] = ()
    objectives_to_save: tuple[Objective, ...] = ()
    """With new terms appended (their `since` is the instant of the plan), retired or restored; or as teams."""
    documents_to_save: tuple[OpensloDocument, ...] = ()
    exclusions_to_save: tuple[Exclusion, ...] = ()
    """Announced at the instant of the plan, or as before."""
    calendars_to_remove: tuple[str, ...] = ()
    teams_to_remove: tuple[str, ...] = ()
    services_to_remove: tuple[str, ...] = ()
    agreements_to_remove: tuple[str, ...] = ()
    exclusions_to_remove: tuple[str, ...] = ()
    documents_to_remove: tuple[tuple[str, str], ...] = ()
    """By kind of document and name."""
    overwrite: bool = False

    @property
    def empty(self) -> bool:
        """Whether files and store agree."""
        return not self.changes

    def refuse_undoing(self) -> None:
        """Raises `UndoesSlack` where carrying it out would undo what was changed in Slack, unless it may."""
        undoing = tuple(change for change in self.changes if change.undoes)
        if undoing and not self.overwrite:
            raise UndoesSlack(undoing)
