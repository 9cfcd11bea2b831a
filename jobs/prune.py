"""Pruning: what was kept for as long as the settings say goes, a batch a tick."""

from datetime import date
from weakref import WeakKeyDictionary

from jobs.job import Context, Job
from storage.store import Store

LOOKED: WeakKeyDictionary[Store, dict[str, date]] = WeakKeyDictionary()
"""For each workspace of a store the day on which nothing more was to go: what may go changes with the day, in UTC."""


def run(context: Context) -> None:
    """Remove one batch, if there is one: the next tick removes the next."""
    at = min(context.at, context.clock.now())  # what a look ahead calls old is still needed
    looked, today = LOOKED.setdefault(context.store, {}), at.date()
    if looked.get(context.workspace) == today:
        return
    with context.store.read(context.workspace) as tx:
        anything = tx.retention.anything(context.keeping, at=at)
    if not anything:
        looked[context.workspace] = today
        return
    with context.store.transaction(context.workspace) as tx:
        tx.retention.prune(context.keeping, at=at)


JOB = Job("prune", run)
