"""Disputes, and the record of each. Kept for ever."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from domain.audit_action import Action
from domain.dispute import Claim, Contested, Dispute, DisputeGround, DisputeStage, Joined
from domain.dispute_told import Entry
from domain.spans import Span
from storage.audit import AuditTrail
from storage.changes import minutes_from_json, spans_from_json
from storage.people import People
from storage.schema import DisputeEntryRow, DisputeRow, ObjectiveRow, table_of
from storage.versions import DefinitionsVersion

TABLE = table_of(DisputeRow)
ENTRY = table_of(DisputeEntryRow)
OBJECTIVE = table_of(ObjectiveRow)

AUDITED = {
    "raise": Action.DISPUTED,
    "join": Action.DISPUTE_JOINED,
    "agree": Action.DISPUTE_AGREED,
    "accept": Action.DISPUTE_AGREED,
    "contest": Action.DISPUTE_CONTESTED,
    "refuse": Action.DISPUTE_CONTESTED,
    "propose": Action.DISPUTE_PART_PROPOSED,
    "withdraw": Action.DISPUTE_WITHDRAWN,
    "unanswered": Action.ARBITER_NAMED,
    "reassign": Action.ARBITER_NAMED,
    "add": Action.DISPUTE_EVIDENCE,
    "rule": Action.RULED,
    "appeal": Action.APPEALED,
    "final": Action.RULING_FINAL,
}


class Disputes:
    """Those of one workspace. Whoever writes them holds the lock of the definitions (`tx.objectives.lock()`).

    What an open one claims decides what counts if it is upheld: written within `tx.measurements.recounted()`.
    """

    def __init__(
        self,
        connection: Connection,
        workspace_id: int,
        version: DefinitionsVersion,
        trail: AuditTrail | None = None,
    ) -> None:
        self._connection = connection
        self._workspace_id = workspace_id
        self._version = version
        self._trail = trail
        self._people = People(connection, workspace_id)
        self._here = TABLE.c.workspace_id == workspace_id

    def all(self) -> list[Dispute]:
        """All of them, oldest first."""
        return self._read()

    def alive(self) -> list[Dispute]:
        """Those that are not over: an outcome, or an appeal, may still come. Oldest first."""
        return self._read(TABLE.c.ended_at.is_(None))

    def of(self, objective: str) -> list[Dispute]:
        """All of an objective, oldest first."""
        return self._read(OBJECTIVE.c.name == objective)

    def numbered(self, number: int) -> Dispute | None:
        """D-`number`."""
        return next(iter(self._read(TABLE.c.number == number)), None)

    def add(self, raised: Dispute) -> Dispute:
        """Save a new one; as saved, with its number."""
        highest = self._connection.scalar(select(func.max(TABLE.c.number)).where(self._here))
        objective = (
            select(OBJECTIVE.c.id)
            .where(OBJECTIVE.c.workspace_id == self._workspace_id, OBJECTIVE.c.name == raised.objective)
            .scalar_subquery()
        )
        row = {**self._row(raised), "objective_id": objective, "number": (highest or 0) + 1}
        key = self._connection.scalar(insert(TABLE).values(row).returning(TABLE.c.id))
        self._version.raise_it()
        return self._read(TABLE.c.id == key)[0]

    def save(self, changed: Dispute) -> None:
        """Replace it, by its id."""
        row = self._row(changed)
        self._connection.execute(update(TABLE).where(self._here, TABLE.c.id == changed.id).values(row))
        self._version.raise_it()

    def note(
        self,
        one: Dispute,
        action: str,
        *,
        at: datetime,
        by: str | None = None,
        team: str | None = None,
        words: str = "",
    ) -> None:
        """Add a line to its record, and to the audit trail: what anybody did, or what an end by the clock decided."""
        row = {
            "workspace_id": self._workspace_id,
            "dispute_id": one.id,
            "at": at,
            "by": by and self._people.reference(by),
            "team": team,
            "action": action,
            "words": words,
        }
        self._connection.execute(insert(ENTRY).values(row))
        if self._trail and action in AUDITED:
            facts = {"dispute": one.number, "ground": one.ground.value, "against": one.counterpart}
            said = {name: text for name, text in (("team", team), ("words", words)) if text}
            self._trail.note(AUDITED[action], one.objective, by=by, at=at, **facts, **said)

    def record(self, one: Dispute) -> list[Entry]:
        """All that was done and said, oldest first."""
        query = select(ENTRY).where(ENTRY.c.dispute_id == one.id).order_by(ENTRY.c.id)
        named = self._people.named
        return [
            Entry(row.at, row.by and named(row.by), row.team, row.action, row.words)
            for row in self._connection.execute(query)
        ]

    def _read(self, *conditions: ColumnElement[bool]) -> list[Dispute]:
        query = (
            select(TABLE, OBJECTIVE.c.name.label("objective"))
            .join(OBJECTIVE, OBJECTIVE.c.id == TABLE.c.objective_id)
            .where(self._here, *conditions)
            .order_by(TABLE.c.number)
        )
        return [self._from_row(row) for row in self._connection.execute(query)]

    def _row(self, one: Dispute) -> dict[str, Any]:
        reference = self._people.reference
        return {
            "workspace_id": self._workspace_id,
            "number": one.number,
            "subject": one.ground.subject.value,
            "ground": one.ground.value,
            "version": one.version,
            "agreement": one.agreement,
            "owner": one.owner,
            "raiser": one.raiser,
            "counterpart": one.counterpart,
            "with_customer": one.with_customer,
            "new_owner": one.new_owner,
            "claim": one.contested.claim.value,
            **contested_to_row(one.contested),
            "words": one.words,
            "raised_by": reference(one.raised_by),
            "raised_at": one.raised_at,
            "stage": one.stage.value,
            "turn_since": one.turn_since,
            "due_at": one.due_at,
            "reminded": one.reminded,
            "unanswered": one.unanswered,
            "proposed_spans": spans_to_json(one.proposed.spans),
            "proposed_events": one.proposed.events,
            "arbiter": one.arbiter and reference(one.arbiter),
            "first_arbiter": one.first_arbiter and reference(one.first_arbiter),
            "appealed_by": one.appealed_by,
            "joined": [
                [each.team, reference(each.by), each.at.isoformat(), each.words] for each in one.joined
            ],
            "ended_at": one.ended_at,
        }

    def _from_row(self, row: Any) -> Dispute:
        named = self._people.named
        claim = Claim(row.claim)
        proposed = Contested(
            claim if row.proposed_spans else Claim.NOTHING,
            spans_from_json(row.proposed_spans),
            row.proposed_events,
        )
        return Dispute(
            id=row.id,
            number=row.number,
            objective=row.objective,
            ground=DisputeGround(row.ground),
            version=row.version,
            agreement=row.agreement,
            owner=row.owner,
            raiser=row.raiser,
            counterpart=row.counterpart,
            words=row.words,
            raised_by=named(row.raised_by),
            raised_at=row.raised_at,
            stage=DisputeStage(row.stage),
            turn_since=row.turn_since,
            due_at=row.due_at,
            contested=contested_from_row(row, claim),
            with_customer=row.with_customer,
            new_owner=row.new_owner,
            reminded=row.reminded,
            unanswered=row.unanswered,
            proposed=proposed,
            arbiter=row.arbiter and named(row.arbiter),
            first_arbiter=row.first_arbiter and named(row.first_arbiter),
            appealed_by=row.appealed_by,
            joined=tuple(
                Joined(team, named(by), datetime.fromisoformat(at), words)
                for team, by, at, words in row.joined
            ),
            ended_at=row.ended_at,
        )


def contested_to_row(contested: Contested) -> dict[str, Any]:
    """The columns that a dispute and a ruling share."""
    return {
        "spans": spans_to_json(contested.spans),
        "events": contested.events,
        "corrections": [list(one) for one in contested.corrections],
    }


def contested_from_row(row: Any, claim: Claim) -> Contested:
    """What `contested_to_row` wrote."""
    return Contested(claim, spans_from_json(row.spans), row.events, minutes_from_json(row.corrections))


def spans_to_json(spans: Sequence[Span]) -> list[list[int]]:
    """Minutes from and to."""
    return [[start, end] for start, end in spans]
