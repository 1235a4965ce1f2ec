"""A connection to a scheduler that has workers: another's, or one started here."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import active_children
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from reports.problems import Place, Problem, ReportError

LOCAL = "local"
TYPED = Place(Path("--cluster"))
ANSWER_S = 8.0  # a scheduler that is there answers in a tenth of a second
_JOINING_S = 8.0  # so long may the first worker take to join
_STARTING_S = 60.0  # and those that are started here
_LOGGERS = ("distributed", "distributed.client", "distributed.gc", "tornado", "asyncio")
_SILENT = logging.CRITICAL + 1
_SETTINGS = {
    "distributed.admin.large-graph-warning-threshold": "1GB",  # fonts and pictures are no mistake
    "distributed.worker.profile.enabled": False,  # nobody looks at it, and it takes time
}


@contextmanager
def joined(address: str, jobs: int) -> Iterator[Any]:
    """Dask's client of the scheduler at that address, or of a cluster started here.

    Raises ReportError if there is no scheduler, or no worker with it.
    """
    try:
        import dask.config
        import distributed
    except ImportError:
        what = "what builds on a cluster is not installed"
        raise ReportError(Problem(TYPED, what, "type: pip install 'kildefast[cluster]'")) from None
    library: Any = distributed  # most of it is untyped
    with ExitStack() as stack:
        stack.enter_context(_without_a_word())
        stack.enter_context(dask.config.set(_SETTINGS))
        if address == LOCAL:
            target = stack.enter_context(_started(library, jobs))
        else:
            _reach(address)
            _greet(library, address)
            target = address
        client: Any = library.Client(target, timeout=ANSWER_S, set_as_default=False)
        try:
            _await_workers(client, address, jobs)
            yield client
        finally:
            with suppress(TimeoutError, OSError):
                client.close(timeout=ANSWER_S)


def gone(address: str) -> Problem:
    """What to tell of a scheduler that was there."""
    what = f"the scheduler at {address} has ended, or can't be reached any more"
    return Problem(TYPED, what, "build again when it is back: what was made is kept")


def unmanned(address: str) -> Problem:
    """What to tell of a scheduler without a worker that can be given work."""
    what = f"no worker is connected to the scheduler at {address}"
    return Problem(TYPED, what, "start some on each machine: dask worker ADDRESS --nthreads 1")


def _reach(address: str) -> None:
    """Raise ReportError unless something listens there; Dask would try again for a while."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not (host and port and parts.scheme):
        what = f"'{address}' is no address of a scheduler"
        hint = f"write it as tcp://host:8786 or tls://host:8786; '{LOCAL}' starts one here"
        raise ReportError(Problem(TYPED, what, hint))
    try:
        socket.create_connection((host, port), ANSWER_S).close()
    except OSError as error:
        what = f"nothing answers at {address}: {(error.strerror or str(error)).lower()}"
        hint = "start one there with 'dask scheduler', and see that no firewall is between"
        raise ReportError(Problem(TYPED, what, hint)) from None


def _greet(library: Any, address: str) -> None:
    """Raise ReportError unless what listens there is a scheduler that takes us.

    Dask's client would wait for its first word for ever (distributed 2026.8).
    """
    arguments = library.Security().get_connection_args("client")
    if address.startswith("tls:") and not arguments["ssl_context"]:
        what = "Dask's settings name no certificates for tls"
        hint = "set ca-file, client.cert and client.key of distributed.comm.tls"
        raise ReportError(Problem(TYPED, what, hint))

    async def greeted() -> None:
        channel = await library.comm.connect(address, timeout=ANSWER_S, **arguments)
        channel.abort()

    try:
        asyncio.run(asyncio.wait_for(greeted(), ANSWER_S))
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing of ours has begun
        reason = str(error).rpartition("] ")[2].lower() or "it says nothing"
        what = f"what listens at {address} can't be talked to: {reason}"
        hint = "see that it is a Dask scheduler, and that the address says tcp or tls as it does"
        raise ReportError(Problem(TYPED, what, hint)) from None


def _await_workers(client: Any, address: str, jobs: int) -> None:
    try:
        if address == LOCAL:
            client.wait_for_workers(jobs, timeout=_STARTING_S)
        else:
            client.wait_for_workers(1, timeout=_JOINING_S)
    except TimeoutError:
        raise ReportError(unmanned(address)) from None
    except OSError:
        raise ReportError(gone(address)) from None


@contextmanager
def _started(library: Any, jobs: int) -> Iterator[Any]:
    """A cluster of this machine, on loopback, that only this process has the keys of.

    Without TLS any user of the machine could have it run code of theirs.
    """
    import dask.config

    cluster, before = None, set(active_children())
    with (
        tempfile.TemporaryDirectory(prefix="kildefast-", ignore_cleanup_errors=True) as scratch,
        dask.config.set({"temporary-directory": scratch}),
    ):
        try:
            with _interrupts_held_back():
                cluster = library.LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address=None,
                    memory_limit=0,
                    local_directory=scratch,
                    security=True,
                    silence_logs=_SILENT,
                )
            yield cluster
        finally:
            for process in set(active_children()) - before:
                process.kill()  # Dask would wait for what it is at
            if cluster:
                cluster.close(timeout=ANSWER_S)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Have Ctrl-C wait; processes that are started meanwhile never hear it: this one ends them."""
    ensure_running()  # or the first process would start it, which lets Ctrl-C in (Python 3.11)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _without_a_word() -> Iterator[None]:
    """Have Dask neither log nor warn: what matters of it is told as a problem."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(_SILENT)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)
