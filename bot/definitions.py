"""Definition files against a workspace: what they would change, and changing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from connectors.definitions.load import load
from domain.definition import Problem
from domain.plan import Current, Plan, plan
from storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the files and, where nothing keeps them from being applied, the plan."""

    problems: tuple[Problem, ...]
    plan: Plan | None


def checked(tx: Transaction, paths: Sequence[Path], *, at: datetime, prune: bool) -> Checked:
    """Read the files, and plan them against what is stored."""
    current = Current(
        teams=tuple(tx.teams.all()),
        services=tuple(tx.services.all()),
        agreements=tuple(tx.agreements.all()),
        objectives=tuple(tx.objectives.with_retired()),
    )
    loaded = load(paths, current.known)
    if loaded.errors:
        return Checked(loaded.problems, None)
    return Checked(loaded.problems, plan(loaded.definitions, current, at=at, prune=prune))


def carry_out(tx: Transaction, planned: Plan) -> None:
    """Make the store say what the plan says; counts anew where the way of counting changed."""
    if planned.empty:
        return
    tx.teams.save(planned.teams_to_save)
    tx.services.save(planned.services_to_save)
    tx.agreements.save(planned.agreements_to_save)
    tx.measurements.count_anew(tx.objectives.save(planned.objectives_to_save))
    tx.agreements.remove(planned.agreements_to_remove)
    tx.services.remove(planned.services_to_remove)
    tx.teams.remove(planned.teams_to_remove)
