"""All jobs, in the order in which a tick runs them: what one decides the next can say."""

import logging
from collections.abc import Sequence

from jobs import deliver, digest, seal
from jobs.job import Context, Job

JOBS = (seal.JOB, digest.JOB, deliver.JOB)

log = logging.getLogger(__name__)


def run_due(context: Context, jobs: Sequence[Job] = JOBS) -> list[str]:
    """Run what is due; the names of the jobs that failed, which never keep the others from running."""
    failed = []
    for job in jobs:
        try:
            job.run(context)
        except Exception:
            log.exception("job %s failed", job.name)
            failed.append(job.name)
    return failed
