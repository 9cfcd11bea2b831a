"""All jobs, in the order in which a tick runs them: what one decides the next can say."""

import logging
from collections.abc import Sequence

from domain.refusal import Unreachable
from jobs import (
    acknowledge,
    deliver,
    digest,
    dispute,
    forecast,
    handover,
    planned,
    prune,
    seal,
    usergroups,
    watch,
)
from jobs.job import Context, Job

DECIDING = (
    seal.JOB,
    watch.JOB,
    acknowledge.JOB,
    handover.JOB,
    dispute.JOB,
    digest.JOB,
    forecast.JOB,
    planned.JOB,
    prune.JOB,
)
SAYING = (usergroups.JOB, deliver.JOB)
"""These run beside the others: Slack's pace holds up no decision."""

JOBS = (*DECIDING, *SAYING)

log = logging.getLogger(__name__)


def run_due(context: Context, jobs: Sequence[Job] = JOBS) -> list[str]:
    """Run what is due; the names of the jobs that failed, which never keep the others from running.

    Only a database that is away does: one line says so, and the next tick tries again.
    """
    failed: list[str] = []
    for job in jobs:
        try:
            job.run(context)
        except Unreachable as away:
            log.error("job %s has to wait: %s", job.name, away)
            return [*failed, job.name]
        except Exception:
            log.exception("job %s failed", job.name)
            failed.append(job.name)
    return failed
