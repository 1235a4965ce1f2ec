"""What Dask carries to the workers whole, not by name, and what comes back.

So it can run where this package is missing, which is to be found out, and a scheduler needs none
of it.  Each function has all that it uses inside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.build.task import Made


@dataclass(frozen=True)
class Delivery:
    """What a worker made, its files in that folder of its own.

    `made` is None where the versions there are others than here.
    """

    worker: str
    folder: str
    made: Made | None


def introduction() -> Callable[[], dict[str, str] | None]:
    """A function that tells the versions of all that is on a worker; None without this package."""

    def introduce() -> dict[str, str] | None:
        try:
            from reports.build.cluster.worker import ready_versions
        except ImportError:
            return None
        return ready_versions()

    return introduce


def performance() -> Callable[..., Delivery | None]:
    """A function that performs a packed task on a worker; None without this package."""

    def perform(packed: bytes, wanted: dict[str, str], *contents: bytes) -> Delivery | None:
        try:
            from reports.build.cluster.worker import perform_packed
        except ImportError:
            return None
        return perform_packed(packed, wanted, contents)

    return perform
