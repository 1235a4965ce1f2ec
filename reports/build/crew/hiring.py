"""Who writes: this process, processes beside it, or a cluster."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from reports.build.crew import Crew
from reports.build.crew.here import here

JOBS = "KILDEFAST_JOBS"  # how many workers there are where nobody says how many


def default_jobs() -> int:
    """How many tasks to perform at a time: what the environment says, else one a core."""
    told = os.environ.get(JOBS, "")
    if told.isdecimal() and int(told):
        return int(told)
    from reports.build.crew.cores import jobs_here

    return jobs_here()


def crew(jobs: int, cluster: str, folder: Path) -> AbstractContextManager[Crew]:
    """So many workers, at least one, for tasks whose assets lie below `folder`.

    One works in this process.  `cluster` is the address of a scheduler, "local" for one that is
    started here, or "".
    """
    if cluster:
        from reports.build.cluster import cluster_crew

        return cluster_crew(cluster, jobs, folder)
    if jobs == 1:
        return here(folder)
    from reports.build.crew.pool import local_crew

    return local_crew(jobs, folder)
