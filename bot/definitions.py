"""Definition files against a workspace: what they would change, and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.definitions.load import load
from domain.definition import Problem
from domain.plan import Current, Plan
from domain.planning import plan
from storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the files and, where nothing keeps them from being applied, the plan."""

    problems: tuple[Problem, ...]
    plan: Plan | None


def checked(
    tx: Transaction, paths: Sequence[Path], *, at: datetime, prune: bool = False, overwrite: bool = False
) -> Checked:
    """Read the files, and plan them against what is stored."""
    current = Current(
        teams=tuple(tx.teams.all()),
        services=tuple(tx.services.all()),
        agreements=tuple(tx.agreements.all()),
        objectives=tuple(tx.objectives.with_retired()),
        calendars=tuple(tx.calendars.all()),
        exclusions=tuple(tx.exclusions.all()),
    )
    loaded = load(paths, current.known)
    if loaded.errors:
        return Checked(loaded.problems, None)
    planned = plan(loaded.definitions, current, at=at, prune=prune, overwrite=overwrite)
    return Checked(loaded.problems, planned)


def carry_out(tx: Transaction, planned: Plan) -> None:
    """Make the store say what the plan says; counts anew where the way of counting changed.

    Raises a `Refusal` where that would undo what was changed in Slack, and the plan may not.
    """
    planned.refuse_undoing()
    if planned.empty:
        # Of such teams only the mark of a change in Slack goes.
        if planned.teams_to_save:
            tx.teams.save(planned.teams_to_save)
        return
    with tx.measurements.recounted():
        _save(tx, planned)
        _remove(tx, planned)


def _save(tx: Transaction, planned: Plan) -> None:
    tx.calendars.save(planned.calendars_to_save)
    tx.teams.save(planned.teams_to_save)
    tx.services.save(planned.services_to_save)
    tx.agreements.save(planned.agreements_to_save)
    tx.objectives.save(planned.objectives_to_save)
    tx.exclusions.save(planned.exclusions_to_save)


def _remove(tx: Transaction, planned: Plan) -> None:
    tx.exclusions.remove(planned.exclusions_to_remove)
    tx.agreements.remove(planned.agreements_to_remove)
    tx.services.remove(planned.services_to_remove)
    tx.teams.remove(planned.teams_to_remove)
    tx.calendars.remove(planned.calendars_to_remove)
