"""Definition files against a workspace: what they would change, and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.definitions.load import load
from domain.audit import FILES, Act, instant
from domain.audit_action import Action
from domain.definition import Kind, Problem
from domain.guarantee_change import guarantees_after, guarantees_before
from domain.plan import Change, Current, Plan, Verb
from domain.planning import plan
from messages.guarantee import guarantee_lines
from messages.plan import change_words
from storage.transaction import Transaction

NOTED = {
    Verb.CREATE: Action.CREATED,
    Verb.UPDATE: Action.CHANGED,
    Verb.RESTORE: Action.RESTORED,
    Verb.RETIRE: Action.RETIRED,
    Verb.REMOVE: Action.REMOVED,
}
"""What the audit trail calls it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the files and, where nothing keeps them from being applied, the plan."""

    problems: tuple[Problem, ...]
    plan: Plan | None
    guarantees: tuple[str, ...] = ()
    """What the plan makes of the promises that others stand on, a line each."""


def stored(tx: Transaction) -> Current:
    """All definitions of the workspace."""
    return Current(
        teams=tuple(tx.teams.all()),
        services=tuple(tx.services.all()),
        agreements=tuple(tx.agreements.all()),
        objectives=tuple(tx.objectives.with_retired()),
        calendars=tuple(tx.calendars.all()),
        exclusions=tuple(tx.exclusions.all()),
        documents=tuple(tx.openslo_documents.all()),
    )


def checked(
    tx: Transaction, paths: Sequence[Path], *, at: datetime, prune: bool = False, overwrite: bool = False
) -> Checked:
    """Read the files, and plan them against what is stored."""
    current = stored(tx)
    loaded = load(paths, current.known)
    if loaded.errors:
        return Checked(loaded.problems, None)
    planned = plan(loaded.definitions, current, at=at, prune=prune, overwrite=overwrite)
    return Checked(loaded.problems, planned, _guarantees(current, planned, at))


def _guarantees(current: Current, planned: Plan, at: datetime) -> tuple[str, ...]:
    if planned.empty:
        return ()
    names = sorted({one.name for one in (*current.objectives, *planned.objectives_to_save)})
    before, after = guarantees_before(current), guarantees_after(current, planned)
    return tuple(guarantee_lines(before, after, names, at=at))


def carry_out(tx: Transaction, planned: Plan, *, at: datetime) -> None:
    """Make the store say what the plan says, as done at `at`; counts anew where the way of counting changed.

    Raises a `Refusal` where that would undo what was changed in Slack, and the plan may not.
    """
    planned.refuse_undoing()
    if planned.empty:
        _drop_marks(tx, planned)
        return
    with tx.measurements.recounted():
        _save(tx, planned)
        _remove(tx, planned)
    tx.audit.note_all(_act(change, at) for change in planned.changes)


def _act(change: Change, at: datetime) -> Act:
    """An objective is called by its name alone, as in all of the audit trail."""
    subject = change.name if change.kind is Kind.OBJECTIVE else f"{change.kind}:{change.name}"
    facts: dict[str, Any] = {"words": change_words(change)}
    if change.version:
        facts["version"] = change.version
    if change.verb is not Verb.CREATE:
        facts["fields"] = [[one.field, one.before, one.after] for one in change.fields]
    if change.undoes:
        facts["undoes"] = [[one.field, one.by, instant(one.at)] for one in change.undoes]
    return Act(NOTED[change.verb], subject, FILES, at, facts)


def _drop_marks(tx: Transaction, planned: Plan) -> None:
    """Of what an empty plan saves only the mark of a change in Slack goes."""
    if planned.teams_to_save:
        tx.teams.save(planned.teams_to_save)
    if planned.objectives_to_save:
        tx.objectives.save(planned.objectives_to_save)


def _save(tx: Transaction, planned: Plan) -> None:
    tx.calendars.save(planned.calendars_to_save)
    tx.teams.save(planned.teams_to_save)
    tx.services.save(planned.services_to_save)
    tx.openslo_documents.save(planned.documents_to_save)
    tx.agreements.save(planned.agreements_to_save)
    tx.objectives.save(planned.objectives_to_save)
    tx.exclusions.save(planned.exclusions_to_save)


def _remove(tx: Transaction, planned: Plan) -> None:
    tx.exclusions.remove(planned.exclusions_to_remove)
    tx.agreements.remove(planned.agreements_to_remove)
    tx.openslo_documents.remove(planned.documents_to_remove)
    tx.services.remove(planned.services_to_remove)
    tx.teams.remove(planned.teams_to_remove)
    tx.calendars.remove(planned.calendars_to_remove)
