"""Functions that Dask carries to the workers whole, not by name.

So they can run where this package is missing, which is to be found out, and a scheduler needs none
of it.  Each has all that it uses inside.
"""

from __future__ import annotations

from collections.abc import Callable

from reports.build.cluster.delivery import Delivery


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
