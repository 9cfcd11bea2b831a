"""Sealing: the hot minutes of ended hours become packed hours."""

from jobs.job import Context, Job


def run(context: Context) -> None:
    """Seal what is old enough."""
    with context.store.transaction(context.workspace) as tx:
        tx.measurements.seal(at=context.at)


JOB = Job("seal", run)
