"""Tasks performed on a Dask cluster: what runs there are its workers, what is decided stays here.

A task's document goes along as JSON, and every file that it needs by its content.  Dask runs what
it is sent: who can reach its ports can run code on them, so its network must be a trusted one,
or TLS (`tls://`) must keep all others out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.build.crew import Crew


@contextmanager
def cluster_crew(address: str, jobs: int, folder: Path) -> Iterator[Crew]:
    """A crew of the cluster's workers; the files that tasks name are read below `folder`.

    `address` is the scheduler's, such as "tcp://scheduler:8786", or "local": then a cluster of
    `jobs` workers is started on this machine for the time being.  Raises ReportError if there is
    no such cluster, and for each version that is another one on a worker than here; and
    RuntimeError at the end, with tracebacks, if this program itself failed at tasks.
    """
    from reports.build.cluster.joining import joined  # with a library of its own
    from reports.build.cluster.members import ClusterCrew

    with joined(address, jobs) as client:
        crew = ClusterCrew(client, address, folder)
        try:
            yield crew
        finally:
            crew.stop()
    if crew.faults:
        raise RuntimeError("\n".join(crew.faults))
